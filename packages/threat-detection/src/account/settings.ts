import { invalid, oneOf, type PropertyPlace, validatedInput, wholeNumber } from "@palisade/core";
import type { AccountSecurityArgs } from "./args.ts";
import { SecurityStandard } from "./args.ts";

const COMPONENT = "AccountSecurity";
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
const RESOURCE_TYPE = /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/;

/** @throws PalisadeError before any child is created, when an argument is not allowed. */
export function validateAccount(name: string, args: AccountSecurityArgs): void {
  const place = (property: string): PropertyPlace => ({ component: COMPONENT, name, property });
  validateRegions(place, args.regions ?? []);
  accountId(place("delegatedAdministrator"), args.delegatedAdministrator);
  const { accessAnalyzer, securityHub, configRecorder, macie } = args;
  form(place("accessAnalyzer.existingAnalyzerArn"), accessAnalyzer?.existingAnalyzerArn, "access-analyzer");
  form(place("securityHub.existingHubArn"), securityHub?.existingHubArn, "securityhub");
  if (accessAnalyzer?.unusedAccessDays !== undefined) {
    wholeNumber(place("accessAnalyzer.unusedAccessDays"), accessAnalyzer.unusedAccessDays, [1, 365]);
  }
  (securityHub?.standards ?? []).forEach((standard, index) => {
    oneOf(place(`securityHub.standards[${index}]`), standard, Object.values(SecurityStandard));
  });
  if (configRecorder !== undefined) validateRecorder(place, configRecorder);
  if (macie?.samplingPercent !== undefined) {
    wholeNumber(place("macie.samplingPercent"), macie.samplingPercent, [1, 100]);
  }
}

type Place = (property: string) => PropertyPlace;

/** @throws PalisadeError when a region is none, or is named twice. */
export function validateRegions(place: Place, regions: string[]): void {
  regions.forEach((region, index) => {
    if (REGION.test(region) && regions.indexOf(region) === index) return;
    throw invalid({
      ...place(`regions[${index}]`),
      received: region,
      allowed: "codes of regions such as eu-west-1, each once and without the provider's own",
      fix: "correct it, or remove it",
    });
  });
}

/** @throws PalisadeError when it is no account's id. */
export function accountId(place: PropertyPlace, id: AccountSecurityArgs["delegatedAdministrator"]): void {
  validatedInput(id, (text) => {
    if (/^\d{12}$/.test(text)) return;
    throw invalid({
      ...place,
      received: text,
      allowed: "an account's id, twelve digits",
      fix: "give the account's id",
    });
  });
}

function form(place: PropertyPlace, arn: AccountSecurityArgs["delegatedAdministrator"], service: string): void {
  validatedInput(arn, (text) => {
    if (new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]+:\\d{12}:\\S+$`).test(text)) return;
    const allowed = `an ARN of ${service}`;
    throw invalid({ ...place, received: text, allowed, fix: "give the ARN of the one that the account has" });
  });
}

function validateRecorder(place: Place, recorder: NonNullable<AccountSecurityArgs["configRecorder"]>): void {
  const { resourceTypes, everyType, expirationDays } = recorder;
  if (resourceTypes !== undefined && everyType === true) {
    throw invalid({
      ...place("configRecorder.resourceTypes"),
      received: resourceTypes,
      allowed: "nothing beside everyType",
      fix: "remove resourceTypes, or everyType",
    });
  }
  if (resourceTypes?.length === 0) {
    throw invalid({
      ...place("configRecorder.resourceTypes"),
      received: resourceTypes,
      allowed: "at least one type",
      fix: "remove it for the default types",
    });
  }
  (resourceTypes ?? []).forEach((type, index) => {
    if (RESOURCE_TYPE.test(type)) return;
    throw invalid({
      ...place(`configRecorder.resourceTypes[${index}]`),
      received: type,
      allowed: "a type of Config's, such as AWS::Lambda::Function",
      fix: "correct it",
    });
  });
  if (expirationDays !== undefined) wholeNumber(place("configRecorder.expirationDays"), expirationDays, [30, 3653]);
}
