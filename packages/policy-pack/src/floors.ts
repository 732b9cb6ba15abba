import type { PolicyResource } from "./model.ts";
import { Reader } from "./reader.ts";
import { NotEvaluatedError } from "./unknown.ts";

/** The prefix of the tags with which Palisade's components name a floor that their owner lowered, and why. */
export const LOWERED_PREFIX = "palisade:lowered:";

/** The floors that a resource's tags say were lowered, with the reason of each. Tags that are not known yet name none. */
export function loweredFloors(resource: PolicyResource): Map<string, string> {
  try {
    const tags = new Reader(resource.props.tags, "tags").entries();
    return new Map(
      tags
        .filter(([key]) => key.startsWith(LOWERED_PREFIX))
        .map(([key, reason]) => [key.slice(LOWERED_PREFIX.length), String(reason.value ?? "")]),
    );
  } catch (error) {
    if (error instanceof NotEvaluatedError) return new Map();
    throw error;
  }
}

/** Whether a resource's tags say that a floor, or one of a pattern, was lowered. */
export function isLowered(resource: PolicyResource, floor: string | RegExp): boolean {
  const lowered = [...loweredFloors(resource).keys()];
  return lowered.some((each) => (typeof floor === "string" ? each === floor : floor.test(each)));
}
