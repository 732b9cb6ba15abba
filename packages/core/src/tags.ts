import type * as pulumi from "@pulumi/pulumi";
import { invalid } from "./errors.ts";
import type { LoweredFloor, PolicyStatement } from "./shapes.ts";

/** The prefix of every tag that Palisade sets. A team cannot set tags under it. */
export const TAG_PREFIX = "palisade:";
/** The prefix of the tags that name a lowered floor; the policy pack reports each. */
export const LOWERED_PREFIX = `${TAG_PREFIX}lowered:`;

// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices
const MAXIMUM_KEY_LENGTH = 128;
const MAXIMUM_VALUE_LENGTH = 256;
const REFUSED_CHARACTERS = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;

/** The tags of a component's resources. */
export interface TagRequest {
  /** The component's class. It becomes the tag `palisade:component`. */
  component: string;
  /** The component's logical name. It becomes the tag `palisade:name`. */
  name: string;
  /** The team's own tags. Default: none. */
  teamTags?: Record<string, pulumi.Input<string>>;
  /** Floors that were lowered; each becomes a tag `palisade:lowered:<floor>` that holds the reason. Default: none. */
  lowered?: LoweredFloor[];
}

/**
 * The team's tags, ours, and one for each floor that was lowered.
 *
 * @throws PalisadeError when a team tag uses the prefix `palisade:` or `aws:`, or a lowered floor has no reason.
 */
export function resourceTags(request: TagRequest): Record<string, pulumi.Input<string>> {
  const { component, name } = request;
  const tags: Record<string, pulumi.Input<string>> = {};
  for (const [key, value] of Object.entries(request.teamTags ?? {})) {
    const lower = key.toLowerCase();
    if (key === "" || key.length > MAXIMUM_KEY_LENGTH || lower.startsWith("aws:") || lower.startsWith(TAG_PREFIX)) {
      throw invalid({
        component,
        name,
        property: `teamTags[${JSON.stringify(key)}]`,
        receivedText: "a key that is not the team's to set",
        allowed: `keys of 1 to ${MAXIMUM_KEY_LENGTH} characters that do not begin with "aws:" or "${TAG_PREFIX}"`,
        fix: "rename the tag",
      });
    }
    tags[key] = value;
  }
  tags[`${TAG_PREFIX}component`] = tagValue(component);
  tags[`${TAG_PREFIX}name`] = tagValue(name);
  for (const { floor, reason } of request.lowered ?? []) {
    tags[`${LOWERED_PREFIX}${floor}`.slice(0, MAXIMUM_KEY_LENGTH)] = tagValue(
      requireReason({ component, name, property: floor, reason }),
    );
  }
  return tags;
}

/** Text made fit for a tag's value: each refused character becomes a space, runs of spaces one, cut at 256 characters. */
export function tagValue(text: string): string {
  return text.replace(REFUSED_CHARACTERS, " ").replace(/\s+/g, " ").trim().slice(0, MAXIMUM_VALUE_LENGTH);
}

/** A reason to be checked: whose it is and where it was given. */
export interface ReasonRequest {
  /** The component's class. */
  component: string;
  /** The component's logical name. */
  name: string;
  /** The path of the property that needs the reason. */
  property: string;
  /** The reason as it was given. */
  reason: string | undefined;
}

const MINIMUM_REASON_LENGTH = 10;

/**
 * The reason, trimmed.
 *
 * @throws PalisadeError when it has fewer than ten characters that a tag can hold: a reason of nothing is no reason.
 */
export function requireReason(request: ReasonRequest): string {
  // Not a literal, it is no text yet: an Output reaches here from a program that is not type-checked.
  const reason = typeof request.reason === "string" ? request.reason.trim() : "";
  if (tagValue(reason).length < MINIMUM_REASON_LENGTH) {
    throw invalid({
      component: request.component,
      name: request.name,
      property: request.property,
      received: request.reason,
      allowed: `a written reason of at least ${MINIMUM_REASON_LENGTH} characters`,
      fix: "say why the floor is lowered here; it becomes a tag that the policy pack reports",
    });
  }
  return reason;
}

/**
 * The lowered floors of statements that may have a wildcard: `wildcard-<sid, else position>`, with the statement's reason. A
 * component puts them on the role, so that a reviewer finds every wildcard of an account by its tag.
 */
export function wildcardFloors(statements: PolicyStatement[]): LoweredFloor[] {
  return statements.flatMap(({ sid, wildcardReason }, index) =>
    wildcardReason === undefined ? [] : [{ floor: `wildcard-${sid ?? index}`, reason: wildcardReason }],
  );
}
