import { validatedInput } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { type OriginSecretArgs, RuleAction } from "./args.ts";
import type { Checks } from "./checks.ts";
import { DEFAULTS } from "./defaults.ts";
import type { RuleDraft } from "./rule.ts";
import { anyOf, not, transformations } from "./statements.ts";

const MINIMUM_LENGTH = 32;
/** AWS WAF's longest text to look for. */
const MAXIMUM_LENGTH = 200;

/** The origin secret, checked, its values marked as secrets. */
export interface OriginSecret {
  headerName: string;
  value: pulumi.Output<string>;
  /** The value, and the one before it. */
  accepted: pulumi.Output<string>[];
}

/** @throws PalisadeError for a secret that could be guessed, or a header that clients send anyway. The value is never shown. */
export function originSecret(check: Checks, args: OriginSecretArgs | undefined): OriginSecret | undefined {
  if (args === undefined) return undefined;
  check.plain("originSecret", args);
  const headerName = check.text(
    "originSecret.headerName",
    args.headerName ?? DEFAULTS.originHeader,
    /^x-[a-z0-9-]{1,60}$/,
    "a header's name of lower-case letters, digits and hyphens that begins with x-",
  );
  const value = secretValue(check, "originSecret.value", args.value);
  const previous =
    args.previousValue === undefined ? [] : [secretValue(check, "originSecret.previousValue", args.previousValue)];
  return { headerName, value, accepted: [value, ...previous] };
}

function secretValue(check: Checks, property: string, value: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.secret(
    validatedInput<string>(value, (text) => {
      if (
        typeof text === "string" &&
        /^[\x21-\x7e]+$/.test(text) &&
        text.length >= MINIMUM_LENGTH &&
        text.length <= MAXIMUM_LENGTH
      ) {
        return;
      }
      check.fail({
        property,
        receivedText: "a value that is not shown",
        allowed: `${MINIMUM_LENGTH} to ${MAXIMUM_LENGTH} printable characters without spaces`,
        fix: "make one of 32 random bytes in hexadecimal, and keep it in the stack's secret configuration",
      });
    }),
  );
}

/** The first rule in front of a stage: a request that did not come through CloudFront is refused before anything else is asked. */
export function originSecretDraft({ headerName, accepted }: OriginSecret): RuleDraft {
  const known = anyOf(
    accepted.map((searchString) => ({
      byteMatchStatement: {
        positionalConstraint: "EXACTLY",
        searchString,
        fieldToMatch: { singleHeader: { name: headerName } },
        textTransformations: transformations([]),
      },
    })),
  );
  return {
    key: "origin-secret",
    phase: "origin-secret",
    action: RuleAction.Block,
    answer: "forbidden",
    statement: () => not(known),
  };
}
