import { invalid, isArn, LOG_RETENTION_DAYS, parseArn, validatedInput } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import type { HardenedFunctionArgs } from "./args.ts";
import { DEFAULTS, FIXED, LIMITS } from "./defaults.ts";
import { TEAM_PATTERN } from "./tags.ts";

const COMPONENT = "HardenedFunction";

/** What the function is made of: defaults, then the caller's values, then what no option changes. */
export type Settings = ReturnType<typeof resolveSettings>;

/**
 * The settings with every value checked: what is plain at once, an Output before a resource receives it.
 *
 * @throws PalisadeError for the first plain value that is not allowed.
 */
export function resolveSettings(name: string, args: HardenedFunctionArgs) {
  return {
    ...FIXED,
    code: args.code,
    handler: validatedInput(args.handler ?? DEFAULTS.handler, (value) => checkHandler(name, value)),
    description: validatedInput(args.description, (value) => checkDescription(name, value)),
    memoryMegabytes: wholeNumber(name, "memoryMegabytes", args.memoryMegabytes ?? DEFAULTS.memoryMegabytes),
    timeoutSeconds: wholeNumber(name, "timeoutSeconds", args.timeoutSeconds ?? DEFAULTS.timeoutSeconds),
    reservedConcurrency: wholeNumber(name, "reservedConcurrency", args.reservedConcurrency),
    maximumRetryAttempts: wholeNumber(
      name,
      "maximumRetryAttempts",
      args.maximumRetryAttempts ?? DEFAULTS.maximumRetryAttempts,
    ),
    logRetentionDays: validatedInput(args.logRetentionDays ?? DEFAULTS.logRetentionDays, (value) =>
      checkRetention(name, value),
    ),
    kmsKeyArn: arnOf(name, "kmsKeyArn", args.kmsKeyArn, ["kms"]),
    permissionsBoundaryArn: arnOf(name, "permissionsBoundaryArn", args.permissionsBoundaryArn, ["iam"]),
    codeSigning: args.codeSigning,
    codeSigningConfigArn: codeSigningConfigOf(name, args),
    team: checkTeam(name, args),
    failureDestinationArn: arnOf(name, "failureDestinationArn", args.failureDestinationArn, [
      "sqs",
      "sns",
      "lambda",
      "events",
    ]),
    network: args.network,
  };
}

function codeSigningConfigOf(
  name: string,
  { codeSigning, codeSigningConfigArn }: HardenedFunctionArgs,
): pulumi.Input<string> | undefined {
  if (codeSigning !== undefined && codeSigningConfigArn !== undefined) {
    throw invalid({
      component: COMPONENT,
      name,
      property: "codeSigningConfigArn",
      receivedText: "given together with codeSigning, which has one",
      allowed: "one of the two",
      fix: "leave codeSigningConfigArn out",
    });
  }
  return arnOf(name, "codeSigningConfigArn", codeSigning?.codeSigningConfigArn ?? codeSigningConfigArn, ["lambda"]);
}

function checkTeam(name: string, { team: received, permissionsBoundaryArn }: HardenedFunctionArgs): string | undefined {
  if (received === undefined) return undefined;
  if (permissionsBoundaryArn === undefined) {
    throw invalid({
      component: COMPONENT,
      name,
      property: "permissionsBoundaryArn",
      receivedText: "not given, but the function is the team's, who may pass its role",
      allowed: "the ARN of the policy that bounds the role",
      fix: "give TeamAccess's functionBoundaryArn, or leave team out",
    });
  }
  if (typeof received === "string" && TEAM_PATTERN.test(received)) return received;
  throw invalid({
    component: COMPONENT,
    name,
    property: "team",
    received,
    allowed: "a lower-case letter, then at most 31 lower-case letters, digits and hyphens",
    fix: 'name the team as TeamAccess does, for example "orders"',
  });
}

type Ranged = keyof typeof LIMITS &
  ("memoryMegabytes" | "timeoutSeconds" | "reservedConcurrency" | "maximumRetryAttempts");

function wholeNumber(name: string, property: Ranged, value: pulumi.Input<number>): pulumi.Input<number>;
function wholeNumber(
  name: string,
  property: Ranged,
  value: pulumi.Input<number> | undefined,
): pulumi.Input<number> | undefined;
function wholeNumber(
  name: string,
  property: Ranged,
  value: pulumi.Input<number> | undefined,
): pulumi.Input<number> | undefined {
  const { minimum, maximum } = LIMITS[property];
  return validatedInput(value, (received) => {
    if (Number.isInteger(received) && received >= minimum && received <= maximum) return;
    throw invalid({
      component: COMPONENT,
      name,
      property,
      received,
      allowed: `a whole number from ${minimum} to ${maximum}`,
      fix: `set ${property} within that range or leave it out`,
    });
  });
}

function checkHandler(name: string, received: string): void {
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html: no whitespace, at most 128 characters.
  if (/^[^\s.][^\s]*\.[^\s.]+$/.test(received) && received.length <= 128) return;
  throw invalid({
    component: COMPONENT,
    name,
    property: "handler",
    received,
    allowed: "<file without extension>.<exported function>, at most 128 characters",
    fix: 'write it as in "index.handler"',
  });
}

function checkDescription(name: string, received: string): void {
  if (received.length <= LIMITS.descriptionCharacters) return;
  throw invalid({
    component: COMPONENT,
    name,
    property: "description",
    received,
    allowed: `at most ${LIMITS.descriptionCharacters} characters`,
    fix: "shorten it",
  });
}

function checkRetention(name: string, received: number): void {
  if (LOG_RETENTION_DAYS.includes(received)) return;
  throw invalid({
    component: COMPONENT,
    name,
    property: "logRetentionDays",
    received,
    allowed: `one of ${LOG_RETENTION_DAYS.join(", ")}`,
    fix: "take the next higher of them",
  });
}

function arnOf(
  name: string,
  property: string,
  value: pulumi.Input<string> | undefined,
  services: string[],
): pulumi.Input<string> | undefined {
  return validatedInput(value, (received) => {
    if (isArn(received) && services.includes(parseArn(received).service)) return;
    throw invalid({
      component: COMPONENT,
      name,
      property,
      received,
      allowed: `an ARN of ${services.join(", ")}`,
      fix: "give the resource's ARN, not its name or id",
    });
  });
}
