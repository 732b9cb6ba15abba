import { recordStack } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { gatewaySettings } from "../../src/gateway/validate.ts";
import { SecureGateway, type SecureGatewayArgs } from "../../src/index.ts";
import { functionRef, sentenceOf, set, smallArgs, smallDocument } from "../fixtures.ts";

/** Arguments as JavaScript may give them, past the type checker. */
const refuse = (more: Record<string, unknown>) =>
  sentenceOf(() => gatewaySettings("api", smallArgs(more as Partial<SecureGatewayArgs>)));

const { functions } = smallArgs();
const shape =
  "allowed: a function: functionName, functionArn, invokeArn, and the qualifier where there is an alias; " +
  "to fix it, pass a HardenedFunction, or the three strings of a function that exists";
const literal = "to fix it, pass a literal: its presence decides what exists";
const both = "to fix it, set both rateLimit and burstLimit: one alone leaves the other without a limit";

describe("an argument that is not allowed", () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      "a document that is an Output",
      { apiDocument: pulumi.output({}) },
      'SecureGateway "api": apiDocument is an Output; allowed: JSON',
    ],
    [
      "functions that are an Output",
      { functions: pulumi.output({}) },
      'SecureGateway "api": functions is an Output; allowed: a literal record of functions by operationId; to fix it, pass a literal: its keys decide which permissions exist',
    ],
    [
      "no function for an operation",
      { functions: { replacePet: functionRef("pets") } },
      'SecureGateway "api": functions is without a function for the operation getStatus; allowed: a function for each of replacePet, getStatus; to fix it, add getStatus, or remove the operation from apiDocument',
    ],
    [
      "a function for no operation",
      { functions: { ...functions, getstatus: functionRef("status") } },
      'SecureGateway "api": functions["getstatus"] is for an operation that apiDocument does not have; allowed: replacePet, getStatus; to fix it, correct the operationId, or add the operation to apiDocument',
    ],
    [
      "a function under a prototype's key",
      {
        functions: JSON.parse(
          `{"__proto__":{}, "replacePet":{"functionName":"a","functionArn":"a","invokeArn":"a"}, "getStatus":{"functionName":"a","functionArn":"a","invokeArn":"a"}}`,
        ),
      },
      'functions["__proto__"] is for an operation that apiDocument does not have',
    ],
    [
      "a function that is a name",
      { functions: { ...functions, getStatus: "status" } },
      `functions.getStatus is without functionName, functionArn, invokeArn; ${shape}`,
    ],
    [
      "a function without an ARN",
      { functions: { ...functions, getStatus: { functionName: "a", invokeArn: "b" } } },
      `functions.getStatus is without functionArn; ${shape}`,
    ],
    [
      "a function that is null",
      { functions: { ...functions, getStatus: null } },
      "functions.getStatus is without functionName, functionArn, invokeArn",
    ],
    [
      "an authorizer that is an Output",
      { authorizer: pulumi.output({}) },
      `authorizer is an Output; allowed: a literal { function, resultTtlSeconds, permittedElsewhere }; ${literal}`,
    ],
    [
      "no authorizer",
      { authorizer: undefined },
      "authorizer is not set; allowed: a literal { function, resultTtlSeconds, permittedElsewhere }",
    ],
    [
      "an authorizer without a function",
      { authorizer: {} },
      `authorizer.function is without functionName, functionArn, invokeArn; ${shape}`,
    ],
    [
      "an authorizer kept for too long",
      { authorizer: { function: functionRef("a"), resultTtlSeconds: 3601 } },
      "authorizer.resultTtlSeconds is 3601; allowed: a whole number from 0 to 3600; to fix it, set authorizer.resultTtlSeconds to one",
    ],
    [
      "an authorizer kept for a negative time",
      { authorizer: { function: functionRef("a"), resultTtlSeconds: -1 } },
      "authorizer.resultTtlSeconds is -1; allowed: a whole number from 0 to 3600",
    ],
    [
      "an authorizer whose permission depends on a value",
      { authorizer: { function: functionRef("a"), permittedElsewhere: "yes" as unknown as boolean } },
      'authorizer.permittedElsewhere is "yes"; allowed: true, false; to fix it, set authorizer.permittedElsewhere to one of them',
    ],
    [
      "a firewall that is an Output",
      { firewall: pulumi.output(undefined) },
      `firewall is an Output; allowed: a literal { webAclArn }; ${literal}`,
    ],
    [
      "a log group that is an Output",
      { existingAccessLogGroup: pulumi.output({}) },
      `existingAccessLogGroup is an Output; allowed: a literal { logGroupArn, logGroupName }; ${literal}`,
    ],
    [
      "a usage plan that is an Output",
      { usagePlan: pulumi.output({}) },
      `usagePlan is an Output; allowed: a literal { quotaLimit, quotaPeriod, throttling, operationThrottling }; ${literal}`,
    ],
    [
      "a quota of nothing",
      { usagePlan: { quotaLimit: 0 } },
      "usagePlan.quotaLimit is 0; allowed: a whole number from 1 to 2147483647; to fix it, set usagePlan.quotaLimit to one",
    ],
    [
      "a quota's period that is none",
      { usagePlan: { quotaPeriod: "YEAR" } },
      'usagePlan.quotaPeriod is "YEAR"; allowed: DAY, WEEK, MONTH; to fix it, set usagePlan.quotaPeriod to one of them',
    ],
    [
      "a usage plan's rate alone",
      { usagePlan: { throttling: { rateLimit: 1 } } },
      `usagePlan.throttling.burstLimit is not set; allowed: a whole number of requests, at least 0; ${both}`,
    ],
    [
      "a stage's name with a slash",
      { stageName: "a/b" },
      'stageName is "a/b"; allowed: a literal of letters, digits, `-` and `_`, at most 128 characters; to fix it, set stageName to one',
    ],
    [
      "a stage's name that is an Output",
      { stageName: pulumi.output("v1") },
      "stageName is an Output; allowed: a literal of letters",
    ],
    [
      "a timeout beyond API Gateway's",
      { integrationTimeoutMilliseconds: 29_001 },
      "integrationTimeoutMilliseconds is 29001; allowed: a whole number from 50 to 29000",
    ],
    [
      "a timeout below API Gateway's",
      { integrationTimeoutMilliseconds: 49 },
      "integrationTimeoutMilliseconds is 49; allowed: a whole number from 50 to 29000",
    ],
    [
      "a timeout that is text",
      { integrationTimeoutMilliseconds: "50" },
      'integrationTimeoutMilliseconds is "50"; allowed',
    ],
    [
      "a burst alone",
      { throttling: { burstLimit: 1 } },
      `throttling.rateLimit is not set; allowed: a number of requests a second, at least 0; ${both}`,
    ],
    [
      "a rate below nothing",
      { throttling: { rateLimit: -1, burstLimit: 1 } },
      "throttling.rateLimit is -1; allowed: a number of requests a second, at least 0",
    ],
    [
      "a rate without end",
      { throttling: { rateLimit: Number.POSITIVE_INFINITY, burstLimit: 1 } },
      "throttling.rateLimit is null; allowed",
    ],
    [
      "half a request",
      { throttling: { rateLimit: 1, burstLimit: 1.5 } },
      "throttling.burstLimit is 1.5; allowed: a whole number of requests, at least 0",
    ],
    ["a burst below nothing", { throttling: { rateLimit: 1, burstLimit: -1 } }, "throttling.burstLimit is -1; allowed"],
    ["throttling that is a number", { throttling: 5 }, "throttling is 5; allowed: a literal { rateLimit, burstLimit }"],
    [
      "throttling of no operation",
      { operationThrottling: { signIn: { rateLimit: 1, burstLimit: 1 } } },
      'operationThrottling["signIn"] is for an operation that apiDocument does not have; allowed: replacePet, getStatus',
    ],
    [
      "throttling of an operation by half",
      { operationThrottling: { getStatus: { rateLimit: 1 } } },
      "operationThrottling.getStatus.burstLimit is not set",
    ],
    [
      "throttling of operations that is an Output",
      { operationThrottling: pulumi.output({}) },
      "operationThrottling is an Output; allowed: a literal record of throttlings by operationId",
    ],
    [
      "an execution log that is off",
      { executionLogLevel: "OFF" },
      'executionLogLevel is "OFF"; allowed: ERROR, INFO; to fix it, set executionLogLevel to one of them',
    ],
    [
      "a retention that CloudWatch does not have",
      { logRetentionDays: 31 },
      "logRetentionDays is 31; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; to fix it, set logRetentionDays to one of them",
    ],
    ["a retention for ever", { logRetentionDays: 0 }, "logRetentionDays is 0; allowed: 1, 3,"],
    [
      "every type as binary",
      { binaryMediaTypes: ["image/png", "*/*"] },
      'binaryMediaTypes[1] is "*/*"; allowed: a media type `type/subtype` without wildcards; to fix it, name each media type: with a wildcard JSON bodies reach no model',
    ],
  ])("%s", (_title, more, sentence) => {
    expect(refuse(more)).toContain(sentence);
  });

  test("is refused as a tag before anything is created", async () => {
    const recording = await recordStack(() =>
      sentenceOf(() => new SecureGateway("api", smallArgs({ teamTags: { "palisade:lowered:x": "y" } }))),
    );
    expect(recording.result).toContain(
      'SecureGateway "api": teamTags["palisade:lowered:x"] is a key that is not the team\'s to set',
    );
    expect(recording.types()).toEqual({ "palisade:index:SecureGateway": 1 });
  });

  test("is refused as an Output too, when it is known", async () => {
    const build = () => new SecureGateway("api", smallArgs({ logRetentionDays: pulumi.output(31) }));
    await expect(recordStack(build)).rejects.toThrow('SecureGateway "api": logRetentionDays is 31; allowed: 1, 3, 5,');
  });

  test("in the document is named from the gateway on", () => {
    const place = ["paths", "/status", "get", "x-palisade-unauthenticated"];
    expect(refuse({ apiDocument: set(smallDocument(), place, "short") })).toBe(
      'SecureGateway "api": apiDocument.paths["/status"].get.x-palisade-unauthenticated is "short"; ' +
        "allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; " +
        "it becomes a tag that the policy pack reports",
    );
  });

  test.each([[-1], [10_485_761], [0.5]])("%s bytes of compression, given at once or as an Output", async (bytes) => {
    const sentence =
      `SecureGateway "api": minimumCompressionBytes is ${bytes}; allowed: a whole number from 0 to 10485760; ` +
      "to fix it, set minimumCompressionBytes to one, or leave it out for no compression";
    const build = (minimumCompressionBytes: pulumi.Input<number>) =>
      new SecureGateway("api", smallArgs({ minimumCompressionBytes }));
    const atOnce = await recordStack(() => sentenceOf(() => build(bytes)));
    expect(atOnce.result).toBe(sentence);
    expect(atOnce.types()).toEqual({ "palisade:index:SecureGateway": 1 });
    await expect(recordStack(() => build(pulumi.output(bytes)))).rejects.toThrow(sentence);
  });
});

describe("boundaries that are allowed", () => {
  test.each<[string, Partial<SecureGatewayArgs>]>([
    ["no cache of the authorizer's answers", { authorizer: { function: functionRef("a"), resultTtlSeconds: 0 } }],
    ["an hour of it", { authorizer: { function: functionRef("a"), resultTtlSeconds: 3600 } }],
    ["the shortest timeout", { integrationTimeoutMilliseconds: 50 }],
    ["no request at all", { throttling: { rateLimit: 0, burstLimit: 0 } }],
    ["a quota of one", { usagePlan: { quotaLimit: 1 } }],
    [
      "functions whose strings are Outputs",
      {
        functions: {
          ...functions,
          getStatus: {
            functionName: pulumi.output("a"),
            functionArn: pulumi.output("b"),
            invokeArn: pulumi.output("c"),
          },
        },
      },
    ],
  ])("%s", (_title, more) => {
    expect(refuse(more)).toBe("no error");
  });

  test("a function that is a component, not a plain record", () => {
    class Component {
      readonly functionName = "a";
      readonly functionArn = "b";
      readonly invokeArn = "c";
    }
    expect(refuse({ functions: { ...functions, getStatus: new Component() } })).toBe("no error");
  });
});
