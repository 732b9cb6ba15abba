import { validatedInput } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import type { SecureGatewayArgs } from "./args.ts";
import type { Checks } from "./checks.ts";
import type { PrivateAccessArgs } from "./private-args.ts";

/** Who may call the API at all, checked. */
export interface AccessSettings {
  /** The resource policy, as JSON; undefined where there is none. */
  policyJson: pulumi.Input<string> | undefined;
  isPrivate: boolean;
  /** The endpoints at which a private API gets a name of its own. */
  vpcEndpointIds: pulumi.Input<string>[];
}

/** Checks `privateAccess` and `resourcePolicyJson`, of which there can be one. */
export function accessSettings(check: Checks, args: SecureGatewayArgs): AccessSettings {
  const { privateAccess, resourcePolicyJson } = args;
  if (privateAccess === undefined) {
    return { policyJson: evaluable(check, resourcePolicyJson), isPrivate: false, vpcEndpointIds: [] };
  }
  if (resourcePolicyJson !== undefined) {
    check.fail({
      property: "resourcePolicyJson",
      receivedText: "set beside privateAccess",
      allowed: "one of the two: privateAccess is the resource policy of a private API",
      fix: "remove one",
    });
  }
  check.plain("privateAccess", privateAccess, "{ vpcEndpointIds, vpcIds }");
  const vpcEndpointIds = ids(check, "vpcEndpointIds", privateAccess, /^vpce-[0-9a-f]{8,17}$/);
  const vpcIds = ids(check, "vpcIds", privateAccess, /^vpc-[0-9a-f]{8,17}$/);
  if (vpcEndpointIds.length + vpcIds.length === 0) {
    check.fail({
      property: "privateAccess",
      receivedText: "without vpcEndpointIds and vpcIds",
      allowed: "at least one of them: AWS deploys no private API whose policy names nobody",
      fix: "name the VPC endpoints or the VPCs of the callers",
    });
  }
  return { policyJson: privatePolicy(vpcEndpointIds, vpcIds), isPrivate: true, vpcEndpointIds };
}

function ids(
  check: Checks,
  key: keyof PrivateAccessArgs,
  privateAccess: PrivateAccessArgs,
  pattern: RegExp,
): pulumi.Input<string>[] {
  const list = privateAccess[key];
  if (list === undefined) return [];
  const property = `privateAccess.${key}`;
  if (!Array.isArray(list) || list.length === 0) {
    return check.fail({
      property,
      received: list,
      allowed: "a literal list of at least one id: an empty one in the policy would refuse nobody, or everybody",
      fix: "name the ids, or leave it out",
    });
  }
  return list.map((id, index) =>
    validatedInput<string>(id, (text) => {
      if (typeof text === "string" && pattern.test(text)) return;
      check.fail({
        property: `${property}[${index}]`,
        received: text,
        allowed: `an id as ${key === "vpcIds" ? "vpc-0123456789abcdef0" : "vpce-0123456789abcdef0"}`,
        fix: "set it to one",
      });
    }),
  );
}

/**
 * Everybody may call, and whoever does not come from there is refused: an explicit refusal is final, whatever an authorizer says.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
function privatePolicy(vpcEndpointIds: pulumi.Input<string>[], vpcIds: pulumi.Input<string>[]): pulumi.Output<string> {
  // The short form of the resource is this API: its ARN is not known before it is made.
  const invoke = { Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
  const refusal = (sid: string, key: string, values: pulumi.Input<string>[]) =>
    values.length === 0
      ? []
      : [{ Sid: sid, Effect: "Deny", ...invoke, Condition: { StringNotEquals: { [key]: values } } }];
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Callers", Effect: "Allow", ...invoke },
      ...refusal("OtherEndpoints", "aws:SourceVpce", vpcEndpointIds),
      ...refusal("OtherNetworks", "aws:SourceVpc", vpcIds),
    ],
  });
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
const ONLY_OF_IAM =
  /"(aws:(?:Principal(?:Account|Arn|OrgID|OrgPaths|Tag\/[^"]*|Type)|TokenIssueTime|MultiFactorAuth(?:Present|Age)|userid|username))"/i;

/** A policy whose every condition can hold for a caller that no signature of IAM's came with. */
function evaluable(check: Checks, json: pulumi.Input<string> | undefined): pulumi.Input<string> | undefined {
  return validatedInput<string>(json, (text) => {
    const key = ONLY_OF_IAM.exec(text)?.[1];
    if (key === undefined) return;
    check.fail({
      property: "resourcePolicyJson",
      receivedText: `a policy with ${key}, which only requests that IAM authorizes have`,
      allowed:
        "keys of every request: aws:SourceIp, aws:SourceVpc, aws:SourceVpce, aws:SecureTransport, aws:CurrentTime",
      fix: "name the networks of the callers; an organization's are its VPC endpoints, in privateAccess",
    });
  });
}
