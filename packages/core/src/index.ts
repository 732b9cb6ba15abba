export { type ArnParts, arnIn, databaseUserArn, isArn, lambdaInvokeArn, parseArn, restApiStageArn } from "./arns.ts";
export { LOG_RETENTION_DAYS, oneOf, type PropertyPlace, wholeNumber } from "./checks.ts";
export { type InvalidProperty, invalid, PalisadeError, show } from "./errors.ts";
export { childName, NAME_RULES, type NameRule, physicalName, stackPrefix } from "./names.ts";
export { isPlainObject } from "./plain-object.ts";
export { allowDocument, denyDocument, type PolicyOwner } from "./policies.ts";
export { denyPlainHttp, keyOfAccount, type ResourceStatement } from "./resource-policies.ts";
export type {
  AwsPlace,
  ExistingLogGroup,
  FunctionRef,
  LoweredFloor,
  NetworkPlacement,
  PolicyStatement,
} from "./shapes.ts";
export {
  LOWERED_PREFIX,
  type ReasonRequest,
  requireReason,
  resourceTags,
  TAG_PREFIX,
  type TagRequest,
  tagValue,
  wildcardFloors,
} from "./tags.ts";
export { type TrustRequest, trustDocument } from "./trust.ts";
export { isDeeplyPlain, validatedInput } from "./validated-input.ts";
export { isWildcard } from "./wildcards.ts";
