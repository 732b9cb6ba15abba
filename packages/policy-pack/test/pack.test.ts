import type { PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as pulumiProxy from "@pulumi/policy/proxy.js";
import { expect, test } from "vitest";
import { startPack } from "../src/index.ts";
import { policiesOf } from "../src/pack.ts";
import { isPolicyHost } from "../src/policy-host.ts";
import { RULES } from "../src/registry.ts";
import { snapshot } from "../src/snapshot.ts";
import { UNKNOWN } from "../src/unknown.ts";

/** What Pulumi's server hands to a policy in a preview, and the value that it keeps for what is not known. */
const { unknownCheckingProxy, unknownStringValue } = pulumiProxy as unknown as {
  unknownCheckingProxy(value: unknown): Record<string, unknown>;
  unknownStringValue: string;
};
const policies = policiesOf(RULES, { "lambda-tracing": "advisory" });
const policyNamed = (name: string) => policies.find((each) => each.name === name);

class NotApplicable extends Error {}

function validate(name: string, type: string, props: Record<string, unknown>) {
  const said: string[] = [];
  const args = {
    type,
    name: "r",
    urn: "urn:r",
    props: unknownCheckingProxy(props),
    notApplicable: (reason: string) => {
      throw new NotApplicable(reason);
    },
  };
  const { validateResource } = policyNamed(name) as ResourceValidationPolicy;
  let thrown: unknown;
  try {
    (validateResource as (args: unknown, report: (message: string) => void) => void)(args, (message) =>
      said.push(message),
    );
  } catch (error) {
    thrown = error;
  }
  return { said, thrown: thrown as Error | undefined };
}

test("a policy has all that Pulumi shows of it", () => {
  expect(policyNamed("lambda-tracing")).toMatchObject({
    enforcementLevel: "advisory",
    severity: "low",
    description: "A function must be traced",
    remediationSteps: "Set tracingConfig.mode to Active",
    framework: { name: "AWS", reference: "Lambda.7" },
    tags: ["AWS: Lambda.7", "OWASP Serverless 2018: SAS-10"],
  });
  expect(policyNamed("lambda-tagged")?.enforcementLevel).toBe("mandatory");
  expect(policies.map(({ name }) => name)).toEqual([...RULES.map(({ name }) => name), "suppression-unused"]);
  const bare = { ...(RULES[0] as (typeof RULES)[number]), references: [] };
  expect(policiesOf([bare], {})[0]).not.toHaveProperty("framework");
});

test("a resource's violation is reported, a pass is silent, another type does not apply", () => {
  const lambda = "aws:lambda/function:Function";
  expect(validate("lambda-tracing", lambda, {}).said).toEqual([
    "r: it is not traced; set tracingConfig.mode to Active",
  ]);
  expect(validate("lambda-tracing", lambda, { tracingConfig: { mode: "Active" } })).toEqual({
    said: [],
    thrown: undefined,
  });
  const other = validate("lambda-tracing", "aws:sns/topic:Topic", {});
  expect([other.said, other.thrown]).toEqual([[], new NotApplicable(`the rule looks at ${lambda}`)]);
  const skipped = validate("lambda-network-zones", lambda, {});
  expect(skipped.thrown).toEqual(new NotApplicable("it is in no network"));
});

test("what is unknown is told as Pulumi tells it, beside what is found", () => {
  const variables = { A_PASSWORD: "hunter2", B_PASSWORD: unknownStringValue };
  const { said, thrown } = validate("lambda-environment-secrets", "aws:lambda/function:Function", {
    environment: { variables },
  });
  expect(said).toEqual(["r: the environment holds A_PASSWORD in plain text; keep it in Secrets Manager"]);
  expect(thrown?.constructor.name).toBe("UnknownValueError");
  expect(thrown?.message).toBe("not evaluated: r: environment.variables.B_PASSWORD: is not known before deployment");
});

test("a rule of the stack follows the properties' dependencies, and names the resource", () => {
  const stage = {
    type: "aws:apigateway/stage:Stage",
    name: "stage",
    urn: "urn:stage",
    props: { id: "i" },
    propertyDependencies: {},
  };
  const run = (others: unknown[]) => {
    const said: [string, string | undefined][] = [];
    const { validateStack } = policyNamed("apigateway-stage-web-acl") as StackValidationPolicy;
    const resources = [stage, ...others] as unknown as PolicyResource[];
    const args = { resources } as Parameters<typeof validateStack>[0];
    let thrown: unknown;
    try {
      validateStack(args, (message, urn) => said.push([message, urn]));
    } catch (error) {
      thrown = error;
    }
    return { said, thrown };
  };
  const association = (propertyDependencies: object) => ({
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    name: "association",
    urn: "urn:association",
    props: unknownCheckingProxy({ resourceArn: unknownStringValue }),
    propertyDependencies,
  });
  expect(run([]).said).toEqual([
    ["stage: no web ACL stands in front of it; add aws.wafv2.WebAclAssociation", "urn:stage"],
  ]);
  expect(run([association({ resourceArn: [stage] })])).toEqual({ said: [], thrown: undefined });
  expect(String(run([association({})]).thrown)).toContain(
    "not evaluated: stage: resourceArn of a web ACL's association: is not known before deployment",
  );
});

test("a snapshot keeps what is known, at every depth, and every other error", () => {
  const given = unknownCheckingProxy({ a: [1, unknownStringValue, { b: unknownStringValue, c: null }], d: "x" });
  expect(snapshot(given)).toEqual({ a: [1, UNKNOWN, { b: UNKNOWN, c: null }], d: "x" });
  const broken = Object.defineProperty({}, "a", {
    enumerable: true,
    get: () => {
      throw new TypeError("a defect");
    },
  });
  expect(() => snapshot(broken)).toThrow("a defect");
});

test.each([
  [["node", "/x/@pulumi/pulumi/cmd/run-policy-pack"], true],
  [["node", "C:\\x\\cmd\\run-policy-pack\\index.js"], true],
  [["node", "/x/vitest.mjs"], false],
  [["node"], false],
])("only Pulumi's own host starts the pack: %j", (argv, expected) => {
  expect(isPolicyHost(argv)).toBe(expected);
});

test("another profile is refused before anything starts", () => {
  expect(() => startPack("staging")).toThrow('PALISADE_POLICY_PROFILE: received "staging"; allowed: dev, prod');
});
