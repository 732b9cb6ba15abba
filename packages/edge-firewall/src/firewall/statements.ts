import type * as pulumi from "@pulumi/pulumi";
import { RequestComponent, TextTransformation } from "./args.ts";
import { FIXED } from "./defaults.ts";

/** A statement of a rule: what `aws.wafv2.WebAcl` takes, with every value plain but ARNs and secrets, so that its capacity can be computed. */
export interface Statement {
  byteMatchStatement?: Inspection & { positionalConstraint: string; searchString: pulumi.Input<string> };
  geoMatchStatement?: { countryCodes: string[]; forwardedIpConfig?: ForwardedIp };
  ipSetReferenceStatement?: {
    arn: pulumi.Input<string>;
    ipSetForwardedIpConfig?: ForwardedIp & { position: string };
  };
  regexMatchStatement?: Inspection & { regexString: string };
  regexPatternSetReferenceStatement?: Inspection & { arn: pulumi.Input<string> };
  sizeConstraintStatement?: Inspection & { comparisonOperator: string; size: number };
  sqliMatchStatement?: Inspection & { sensitivityLevel: string };
  xssMatchStatement?: Inspection;
  andStatement?: { statements: Statement[] };
  orStatement?: { statements: Statement[] };
  notStatement?: { statement: Statement };
  rateBasedStatement?: RateBased;
  managedRuleGroupStatement?: ManagedRuleGroup;
  ruleGroupReferenceStatement?: { arn: pulumi.Input<string>; ruleActionOverrides?: ActionOverride[] };
}

/** The component that a statement looks at, and what is done to it first. */
export interface Inspection {
  fieldToMatch: FieldToMatch;
  textTransformations: Transformation[];
}

/** One transformation; they are applied from the lowest priority on. */
export interface Transformation {
  priority: number;
  type: string;
}

/** Exactly one component. */
export interface FieldToMatch {
  queryString?: Everything;
  allQueryArguments?: Everything;
  uriPath?: Everything;
  method?: Everything;
  singleHeader?: { name: string };
  body?: { oversizeHandling: string };
  jsonBody?: {
    matchPattern: { all: Everything };
    matchScope: string;
    invalidFallbackBehavior: string;
    oversizeHandling: string;
  };
  headers?: {
    matchPattern: { all?: Everything; excludedHeaders?: string[] };
    matchScope: string;
    oversizeHandling: string;
  }[];
  cookies?: { matchPatterns: { all: Everything }[]; matchScope: string; oversizeHandling: string };
}

/** AWS's way to say "all of it": an object without members. */
export type Everything = Record<string, never>;

/** A header with the client's address. */
export interface ForwardedIp {
  headerName: string;
  fallbackBehavior: string;
}

/** A limit of requests. */
export interface RateBased {
  limit: number;
  evaluationWindowSec: number;
  aggregateKeyType: string;
  customKeys?: CustomKey[];
  forwardedIpConfig?: ForwardedIp;
  scopeDownStatement?: Statement;
}

/** One part of a combined key. */
export interface CustomKey {
  ip?: Everything;
  forwardedIp?: Everything;
  httpMethod?: Everything;
  header?: { name: string; textTransformations: Transformation[] };
  cookie?: { name: string; textTransformations: Transformation[] };
  queryArgument?: { name: string; textTransformations: Transformation[] };
  queryString?: { textTransformations: Transformation[] };
  uriPath?: { textTransformations: Transformation[] };
}

/** A rule group of AWS or of a seller. */
export interface ManagedRuleGroup {
  vendorName: string;
  name: string;
  version?: string;
  managedRuleGroupConfigs?: ManagedRuleGroupConfig[];
  ruleActionOverrides?: ActionOverride[];
  scopeDownStatement?: Statement;
}

/** What a rule group of AWS must be told. */
export interface ManagedRuleGroupConfig {
  awsManagedRulesBotControlRuleSet?: { inspectionLevel: string; enableMachineLearning?: boolean };
  awsManagedRulesAntiDdosRuleSet?: {
    sensitivityToBlock: string;
    clientSideActionConfig: {
      challenge: { usageOfAction: string; exemptUriRegularExpressions?: { regexString: string }[] };
    };
  };
  awsManagedRulesAtpRuleSet?: {
    loginPath: string;
    enableRegexInPath: boolean;
    requestInspection: { payloadType: string; usernameField: Field; passwordField: Field };
    responseInspection?: ResponseInspection;
  };
  awsManagedRulesAcfpRuleSet?: {
    creationPath: string;
    registrationPagePath: string;
    enableRegexInPath: boolean;
    requestInspection: {
      payloadType: string;
      usernameField?: Field;
      passwordField?: Field;
      emailField?: Field;
      phoneNumberFields?: { identifiers: string[] };
      addressFields?: { identifiers: string[] };
    };
    responseInspection?: ResponseInspection;
  };
}

/** Where a value is in a body. */
export interface Field {
  identifier: string;
}

/** How an answer tells success. */
export interface ResponseInspection {
  statusCode: { successCodes: number[]; failureCodes: number[] };
}

/** One rule of a group with another action. */
export interface ActionOverride {
  name: string;
  actionToUse: Record<string, Everything>;
}

/** Any of the statements; AWS refuses an OR of one. */
export function anyOf(statements: Statement[]): Statement {
  const [first] = statements;
  return first !== undefined && statements.length === 1 ? first : { orStatement: { statements } };
}

/** All of the statements; AWS refuses an AND of one. */
export function allOf(statements: Statement[]): Statement {
  const [first] = statements;
  return first !== undefined && statements.length === 1 ? first : { andStatement: { statements } };
}

/** The opposite of a statement. */
export function not(statement: Statement): Statement {
  return { notStatement: { statement } };
}

/** Transformations in their order; AWS wants at least one, which is NONE where there is nothing to do. */
export function transformations(types: readonly TextTransformation[]): Transformation[] {
  const list = types.length === 0 ? [TextTransformation.None] : types;
  return list.map((type, priority) => ({ priority, type }));
}

/** A component with its floors: what AWS WAF could not inspect whole matches. */
export function field(component: RequestComponent, headerName: string, excludedHeaders: string[]): FieldToMatch {
  const { oversizeHandling } = FIXED;
  switch (component) {
    case RequestComponent.QueryString:
      return { queryString: {} };
    case RequestComponent.QueryArguments:
      return { allQueryArguments: {} };
    case RequestComponent.UriPath:
      return { uriPath: {} };
    case RequestComponent.Method:
      return { method: {} };
    case RequestComponent.Header:
      return { singleHeader: { name: headerName.toLowerCase() } };
    case RequestComponent.Body:
      return { body: { oversizeHandling } };
    case RequestComponent.JsonBody:
      return {
        jsonBody: {
          matchPattern: { all: {} },
          matchScope: "ALL",
          invalidFallbackBehavior: FIXED.invalidJson,
          oversizeHandling,
        },
      };
    case RequestComponent.Headers: {
      const matchPattern = excludedHeaders.length === 0 ? { all: {} } : { excludedHeaders };
      return { headers: [{ matchPattern, matchScope: "VALUE", oversizeHandling }] };
    }
    case RequestComponent.Cookies:
      return { cookies: { matchPatterns: [{ all: {} }], matchScope: "ALL", oversizeHandling } };
  }
}
