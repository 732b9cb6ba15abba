import type { AssociationConfig, CustomResponseBody, LoggingConfiguration, Rule } from "@aws-sdk/client-wafv2";
import type { Properties } from "./handler.ts";
import { pascalCase } from "./values.ts";

/** Names of the provider that the API spells otherwise than in Pascal case. */
const SPELLING: Readonly<Record<string, string>> = {
  arn: "ARN",
  asn: "ASN",
  asnLists: "AsnList",
  awsManagedRulesAcfpRuleSet: "AWSManagedRulesACFPRuleSet",
  awsManagedRulesAntiDdosRuleSet: "AWSManagedRulesAntiDDoSRuleSet",
  awsManagedRulesAtpRuleSet: "AWSManagedRulesATPRuleSet",
  awsManagedRulesBotControlRuleSet: "AWSManagedRulesBotControlRuleSet",
  cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled",
  forwardedIp: "ForwardedIP",
  forwardedIpConfig: "ForwardedIPConfig",
  httpMethod: "HTTPMethod",
  immunityTimeProperty: "ImmunityTimeProperty",
  ip: "IP",
  ipSetForwardedIpConfig: "IPSetForwardedIPConfig",
  ipSetReferenceStatement: "IPSetReferenceStatement",
  ja3Fingerprint: "JA3Fingerprint",
  ja4Fingerprint: "JA4Fingerprint",
};

/** Lists of the provider that hold one object, which the API has as the object itself. */
const ONE: Readonly<Record<string, string>> = { headerOrders: "headerOrder", matchPatterns: "matchPattern" };

/**
 * Rules of the provider (`rules` of `aws.wafv2.WebAcl` and `aws.wafv2.RuleGroup`) as the API's.
 *
 * @param json The provider's `ruleJson`, which is in the API's form already and stands for all rules.
 */
export function apiRules(rules: Properties[] | undefined, json: string | undefined): Rule[] {
  if (json !== undefined) return JSON.parse(json, (key, value) => (key === "SearchString" ? fromBase64(value) : value));
  return (rules ?? []).map((rule) => withBytes(pascalCase(unwrapped(rule), SPELLING)) as Rule);
}

function fromBase64(value: unknown): unknown {
  return typeof value === "string" ? new Uint8Array(Buffer.from(value, "base64")) : value;
}

/** Puts objects in place of the provider's lists of one. */
function unwrapped(value: unknown, name = ""): unknown {
  // Of a component, not of a list of headers to insert: a component's `headers` have a scope.
  if (name === "headers" && Array.isArray(value)) return unwrapped(value[0]);
  if (name in ONE && Array.isArray(value)) return unwrapped(value[0]);
  if (Array.isArray(value)) return value.map((item) => unwrapped(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if ((key === "addressFields" || key === "phoneNumberFields") && item) {
        const { identifiers } = item as { identifiers: string[] };
        return [key, identifiers.map((identifier) => ({ identifier }))];
      }
      return [ONE[key] ?? key, unwrapped(item, key)];
    }),
  );
}

/** Search strings as the bytes that the API takes. */
function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const bytes = key === "SearchString" && typeof item === "string";
      return [key, bytes ? new Uint8Array(Buffer.from(item, "utf8")) : withBytes(item)];
    }),
  );
}

/** @param bodies `customResponseBodies` of the provider: a list, where the API has a map. */
export function apiBodies(bodies: Properties[] | undefined): Record<string, CustomResponseBody> | undefined {
  if (bodies === undefined || bodies.length === 0) return undefined;
  return Object.fromEntries(
    bodies.map(({ key, content, contentType }) => [
      key as string,
      { Content: content, ContentType: contentType } as CustomResponseBody,
    ]),
  );
}

/** @param config `associationConfig` of the provider. */
export function apiAssociationConfig(
  config: { requestBodies?: Record<string, { defaultSizeInspectionLimit: string }>[] } | undefined,
): AssociationConfig | undefined {
  const bodies = config?.requestBodies?.flatMap((body) => Object.entries(body)) ?? [];
  if (bodies.length === 0) return undefined;
  const RequestBody = Object.fromEntries(
    bodies.map(([resource, { defaultSizeInspectionLimit }]) => [
      // `apiGateway` is API_GATEWAY.
      resource.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(),
      { DefaultSizeInspectionLimit: defaultSizeInspectionLimit },
    ]),
  );
  return { RequestBody } as AssociationConfig;
}

/** Inputs of `aws.wafv2.WebAclLoggingConfiguration`. */
export interface LoggingInputs {
  resourceArn: string;
  logDestinationConfigs: string[];
  loggingFilter?: Properties;
  redactedFields?: Properties[];
}

export function apiLogging(inputs: LoggingInputs): LoggingConfiguration {
  return {
    ResourceArn: inputs.resourceArn,
    LogDestinationConfigs: inputs.logDestinationConfigs,
    LoggingFilter: pascalCase(inputs.loggingFilter),
    RedactedFields: pascalCase(inputs.redactedFields),
  };
}
