import type { MockPlace } from "./place.ts";

/** Answers one provider function: from its inputs to its result. */
export type InvokeMock = (inputs: Record<string, unknown>) => Record<string, unknown>;

/** The provider functions that every component may call. A test adds or replaces some with `invokes`; any other token throws. */
export function defaultInvokes(place: MockPlace): Record<string, InvokeMock> {
  const dnsSuffix = place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return {
    "aws:index/getRegion:getRegion": () => ({
      id: place.region,
      name: place.region,
      region: place.region,
      description: "mocked",
      endpoint: `ec2.${place.region}.${dnsSuffix}`,
    }),
    "aws:index/getPartition:getPartition": () => ({
      id: place.partition,
      partition: place.partition,
      dnsSuffix,
      reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
    }),
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({
      id: place.accountId,
      accountId: place.accountId,
      arn: `arn:${place.partition}:iam::${place.accountId}:user/tester`,
      userId: "AIDAEXAMPLE",
    }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
      id: place.region,
      names: ["a", "b", "c"].map((zone) => `${place.region}${zone}`),
      zoneIds: ["az1", "az2", "az3"],
    }),
  };
}
