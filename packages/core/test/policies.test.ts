import { rejection, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { allowDocument, denyDocument, type PolicyStatement } from "../src/index.ts";

const owner = { component: "HardenedFunction", name: "orders" };
const table = "arn:aws:dynamodb:eu-central-1:111122223333:table/orders";
const read: PolicyStatement = { actions: ["dynamodb:GetItem"], resources: [table] };

function failure(statement: Partial<PolicyStatement>): () => unknown {
  return () => allowDocument([{ ...read, ...statement }], owner);
}

describe("allowDocument", () => {
  it("holds exactly the statements, in their order", async () => {
    const json = await resolved(
      allowDocument(
        [
          { sid: "Read", actions: ["dynamodb:GetItem", "dynamodb:Query"], resources: [pulumi.output(table)] },
          {
            actions: ["kms:Decrypt"],
            resources: ["arn:aws:kms:eu-central-1:111122223333:key/1"],
            conditions: { StringEquals: { "kms:ViaService": ["dynamodb.eu-central-1.amazonaws.com"] } },
          },
        ],
        owner,
      ),
    );

    expect(json).toBe(
      '{"Version":"2012-10-17","Statement":[' +
        `{"Sid":"Read","Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:Query"],"Resource":["${table}"]},` +
        '{"Effect":"Allow","Action":["kms:Decrypt"],"Resource":["arn:aws:kms:eu-central-1:111122223333:key/1"],' +
        '"Condition":{"StringEquals":{"kms:ViaService":["dynamodb.eu-central-1.amazonaws.com"]}}}]}',
    );
  });

  it("resolves an Output in a condition", async () => {
    const conditions = { ArnLike: { "aws:SourceArn": pulumi.output("arn:aws:sqs:::q") } };

    const json = await resolved(allowDocument([{ ...read, conditions }], owner));

    expect(JSON.parse(json).Statement[0].Condition).toEqual({ ArnLike: { "aws:SourceArn": "arn:aws:sqs:::q" } });
  });

  it("refuses an empty list", () => {
    expect(() => allowDocument([], owner)).toThrow(
      'HardenedFunction "orders": statements is []; allowed: at least one statement; ' +
        "to fix it, name what is needed, or make no policy",
    );
  });

  it.each(["dynamodb:*", "dynamodb:Get*", "dynamodb:GetIte?"])("refuses the action %s without a reason", (action) => {
    expect(failure({ actions: ["dynamodb:PutItem", action] })).toThrow(
      `HardenedFunction "orders": statements[0].actions[1] is "${action}"; ` +
        "allowed: an action without * or ?, unless the statement has a wildcardReason; " +
        "to fix it, list the actions that the role needs, or say in wildcardReason why it cannot be done",
    );
  });

  it.each(["*", `${table}/*`, "arn:aws:dynamodb:*:111122223333:table/orders", `${table}?`])(
    "refuses the resource %s without a reason",
    (resource) => {
      expect(failure({ resources: [resource] })).toThrow(
        `HardenedFunction "orders": statements[0].resources[0] is "${resource}"; ` +
          "allowed: an ARN without * or ?, unless the statement has a wildcardReason; " +
          "to fix it, give the ARN of the resource itself, or say in wildcardReason why it cannot be done",
      );
    },
  );

  it("refuses a wildcard in an Output when it resolves", async () => {
    const error = await rejection(() => allowDocument([{ ...read, resources: [pulumi.output("*")] }], owner));

    expect(error.message).toBe(
      'HardenedFunction "orders": statements[0].resources[0] is "*"; ' +
        "allowed: an ARN without * or ?, unless the statement has a wildcardReason; " +
        "to fix it, give the ARN of the resource itself, or say in wildcardReason why it cannot be done",
    );
  });

  it("refuses a blank reason", () => {
    expect(failure({ resources: ["*"], wildcardReason: "  " })).toThrow("unless the statement has a wildcardReason");
  });

  it("accepts wildcards with a reason", async () => {
    const statement = { actions: ["dynamodb:Get*"], resources: [`${table}/*`], wildcardReason: "every index" };

    expect(JSON.parse(await resolved(allowDocument([statement], owner))).Statement).toEqual([
      { Effect: "Allow", Action: ["dynamodb:Get*"], Resource: [`${table}/*`] },
    ]);
  });

  it.each(["*", "*:*", "*:GetItem"])("refuses the action %s even with a reason", (action) => {
    expect(failure({ actions: [action], wildcardReason: "I am the administrator" })).toThrow(
      `HardenedFunction "orders": statements[0].actions[0] is "${action}"; allowed: actions of one named service; ` +
        "to fix it, list the actions that the role needs",
    );
  });

  it.each(["GetItem", "dynamodb:", "DynamoDB:GetItem", "dynamodb:Get Item", ""])(
    'refuses "%s", which is no action',
    (action) => {
      expect(failure({ actions: [action] })).toThrow(
        `HardenedFunction "orders": statements[0].actions[0] is "${action}"; allowed: <service>:<Action>; ` +
          'to fix it, write it as in "dynamodb:GetItem"',
      );
    },
  );

  it("refuses a resource that is no ARN", () => {
    expect(failure({ resources: ["orders"] })).toThrow(
      'HardenedFunction "orders": statements[0].resources[0] is "orders"; allowed: an ARN, or "*" with a reason; ' +
        "to fix it, give the resource's ARN",
    );
  });

  it("refuses empty lists of actions and resources", () => {
    expect(failure({ actions: [] })).toThrow(
      'HardenedFunction "orders": statements[0].actions is []; allowed: at least one action; ' +
        "to fix it, name the actions that the role needs",
    );
    expect(failure({ resources: [] })).toThrow("statements[0].resources is []; allowed: at least one resource");
    expect(failure({ resources: undefined as never })).toThrow("statements[0].resources is not set");
  });

  it("takes any number of statements without an id", async () => {
    const { sid: _sid, ...plain } = { sid: "", ...read };
    const { Statement } = JSON.parse(await resolved(allowDocument([plain, plain], owner)));
    expect(Statement).toHaveLength(2);
  });

  it("refuses an id that IAM would refuse, and a duplicate", () => {
    const sentence =
      "allowed: ASCII letters and digits, once in a policy; to fix it, rename the statement or leave its sid out";

    expect(failure({ sid: "read-orders" })).toThrow(`statements[0].sid is "read-orders"; ${sentence}`);
    expect(() =>
      allowDocument(
        [
          { ...read, sid: "A" },
          { ...read, sid: "A" },
        ],
        owner,
      ),
    ).toThrow(`statements[1].sid is "A"; ${sentence}`);
  });

  it.each([
    { title: "an empty operator", conditions: { StringEquals: {} }, shown: "{}" },
    { title: "an operator without keys", conditions: { StringEquals: "x" as never }, shown: '"x"' },
  ])("refuses $title", ({ conditions, shown }) => {
    expect(failure({ conditions })).toThrow(
      `HardenedFunction "orders": statements[0].conditions.StringEquals is ${shown}; ` +
        "allowed: an object of condition keys and their values; " +
        'to fix it, write it as in { StringEquals: { "aws:SourceAccount": accountId } }',
    );
  });

  it("names the property that holds the statements", () => {
    expect(() => allowDocument([], { ...owner, property: "extra" })).toThrow('"orders": extra is []');
  });
});

describe("denyDocument", () => {
  it("denies, also with a star and without a reason", async () => {
    const json = await resolved(denyDocument([{ actions: ["*"], resources: ["*"] }], owner));

    expect(JSON.parse(json).Statement).toEqual([{ Effect: "Deny", Action: ["*"], Resource: ["*"] }]);
  });
});
