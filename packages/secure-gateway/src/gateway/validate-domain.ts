import { type LoweredFloor, validatedInput } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import type { SecureGatewayArgs } from "./args.ts";
import type { Checks } from "./checks.ts";
import { DEFAULTS, FIXED } from "./defaults.ts";
import { TlsPolicy } from "./domain-args.ts";

/** The addresses of the API, checked. */
export interface AddressSettings {
  /** Of the API and its domain, which AWS recommends to be the same. */
  securityPolicy: string;
  /** Undefined where the policy is one of AWS's older ones, which have none. */
  endpointAccessMode?: string;
  /** Whether the API's own address is off; undefined where nobody said so. */
  defaultEndpointDisabled: pulumi.Input<boolean> | undefined;
  /** What a custom domain has; undefined where there is none. */
  domain?: { name: pulumi.Input<string>; certificateArn: pulumi.Input<string>; basePath?: string };
  /** Floors of the API. */
  lowered: LoweredFloor[];
}

const MUTUAL_TLS_REASON = "AWS has none of its newer TLS policies for a domain with mutual TLS";
const DOMAIN_NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const CERTIFICATE_ARN = /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;
const TRUSTSTORE_URI = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+$/;
// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
const BASE_PATH = /^[A-Za-z0-9$._+!*'()~-]{1,300}$/;

/** Checks the custom domain and the API's own address. */
export function addressSettings(check: Checks, args: SecureGatewayArgs): AddressSettings {
  const { customDomain, privateAccess } = args;
  const reason = check.reason("allowDefaultEndpoint", args.allowDefaultEndpoint);
  if (customDomain === undefined && reason !== undefined) {
    check.fail({
      property: "allowDefaultEndpoint",
      received: reason,
      allowed: "nothing without a customDomain: the API then has no other address",
      fix: "remove it",
    });
  }
  if (customDomain !== undefined && privateAccess !== undefined) {
    check.fail({
      property: "customDomain",
      receivedText: "set beside privateAccess",
      allowed: "one of the two: a regional domain cannot be mapped to a private API",
      fix: "leave customDomain out; a private domain name is made with aws.apigateway.DomainName and its access association",
    });
  }
  return {
    ...tlsSettings(check, args),
    defaultEndpointDisabled: defaultEndpointDisabled(check, args, reason),
    domain: customDomain === undefined ? undefined : domainSettings(check, customDomain),
    lowered: [
      ...(reason === undefined ? [] : [{ floor: "default-endpoint", reason }]),
      ...(customDomain?.mutualTls === undefined ? [] : [{ floor: "tls-policy", reason: MUTUAL_TLS_REASON }]),
    ],
  };
}

/**
 * "You can't enable mutual TLS on a domain name that uses an enhanced security policy", and a handshake at a domain follows the API's policy:
 * with mutual TLS both have the best of the older ones.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
 */
function tlsSettings(
  check: Checks,
  { customDomain, tlsPolicy }: SecureGatewayArgs,
): Pick<AddressSettings, "securityPolicy" | "endpointAccessMode"> {
  if (customDomain?.mutualTls === undefined) {
    const securityPolicy = check.choice("tlsPolicy", tlsPolicy ?? DEFAULTS.tlsPolicy, Object.values(TlsPolicy));
    return { securityPolicy, endpointAccessMode: FIXED.endpointAccessMode };
  }
  if (tlsPolicy !== undefined) {
    check.fail({
      property: "tlsPolicy",
      received: tlsPolicy,
      allowed: "nothing beside customDomain.mutualTls: AWS has none of its newer policies for mutual TLS",
      fix: `remove it, and the API and its domain have ${FIXED.mutualTlsPolicy}, or remove customDomain.mutualTls`,
    });
  }
  return { securityPolicy: FIXED.mutualTlsPolicy };
}

function domainSettings(
  check: Checks,
  customDomain: NonNullable<SecureGatewayArgs["customDomain"]>,
): AddressSettings["domain"] {
  check.plain("customDomain", customDomain, "{ domainName, certificateArn, basePath, mutualTls, hostedZoneId }");
  const { domainName, certificateArn, basePath, mutualTls } = customDomain;
  if (mutualTls !== undefined) {
    check.plain("customDomain.mutualTls", mutualTls, "{ truststoreUri, truststoreVersion }");
    matching(check, "customDomain.mutualTls.truststoreUri", mutualTls.truststoreUri, {
      pattern: TRUSTSTORE_URI,
      allowed: "the address of a PEM file in S3, as s3://bucket/key",
      fix: "put the authorities' certificates there and set it",
    });
  }
  if (basePath !== undefined && !(typeof basePath === "string" && BASE_PATH.test(basePath))) {
    check.fail({
      property: "customDomain.basePath",
      received: basePath,
      allowed: "a literal path of one segment without slashes at its ends, at most 300 characters",
      fix: "write it so, as v1, or leave it out for the domain's root",
    });
  }
  return {
    name: matching(check, "customDomain.domainName", domainName, {
      pattern: DOMAIN_NAME,
      allowed: "a full domain name in lower case without a wildcard, as api.example.com",
      fix: "set it to the name of the certificate",
    }),
    certificateArn: matching(check, "customDomain.certificateArn", certificateArn, {
      pattern: CERTIFICATE_ARN,
      allowed: "the ARN of a certificate of ACM's, in the API's region",
      fix: "request a certificate there and set its ARN",
    }),
    basePath,
  };
}

/** A text that matches a pattern, checked as soon as it is known. */
function matching(
  check: Checks,
  property: string,
  value: pulumi.Input<string>,
  { pattern, ...words }: { pattern: RegExp; allowed: string; fix: string },
): pulumi.Input<string> {
  const test = (text: unknown) => {
    if (typeof text !== "string" || !pattern.test(text)) check.fail({ property, received: text, ...words });
  };
  if (value === undefined) test(value);
  return validatedInput<string>(value, test);
}

/** With a custom domain the API's own address is off, unless a reason says why it is not. */
function defaultEndpointDisabled(
  check: Checks,
  { customDomain, disableExecuteApiEndpoint: given }: SecureGatewayArgs,
  reason: string | undefined,
): pulumi.Input<boolean> | undefined {
  if (customDomain === undefined) return given;
  if (given === undefined) return reason === undefined;
  return validatedInput<boolean>(given, (disabled) => {
    if (!disabled && reason === undefined) {
      check.fail({
        property: "disableExecuteApiEndpoint",
        received: disabled,
        allowed:
          "true beside customDomain: at the API's own address the domain's TLS policy and mutual TLS do not hold",
        fix: "remove it, or say in allowDefaultEndpoint why that address stays open",
      });
    }
    if (disabled && reason !== undefined) {
      check.fail({
        property: "allowDefaultEndpoint",
        received: reason,
        allowed: "nothing where disableExecuteApiEndpoint is true",
        fix: "remove one of the two",
      });
    }
  });
}
