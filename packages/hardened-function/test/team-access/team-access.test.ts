import { expectNamesPrefixed, expectPartitionSafe, type Recording, recordStack } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { TeamAccess, type TeamAccessArgs } from "../../src/index.ts";
import { record } from "../support.ts";

const ROOT = "arn:aws:iam::111122223333:root";
const teams = (args: Partial<TeamAccessArgs> = {}) =>
  recordStack(() => new TeamAccess("access", { teams: ["orders", "catalog"], trustedPrincipalArns: [ROOT], ...args }));

interface Statement {
  Sid: string;
  Effect: string;
  Action: string[];
  Resource: string[];
  Condition?: unknown;
}

function statements(recording: Recording<unknown>, name: string): Statement[] {
  return JSON.parse(String(recording.one("aws:iam/policy:Policy", `access-${name}`).inputs.policy)).Statement;
}

const byId = (list: Statement[], sid: string) => list.find(({ Sid }) => Sid === sid);
/** What IAM fills in with the tag of who makes the call. */
const TEAM = `$${"{aws:PrincipalTag/palisade:team}"}`;
const OWN = { "aws:ResourceTag/palisade:team": TEAM };
const FUNCTIONS = ["arn:aws:lambda:eu-central-1:111122223333:function:*"];
const WRITES = [
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "lambda:PublishVersion",
  "lambda:CreateAlias",
  "lambda:UpdateAlias",
  "lambda:PutFunctionConcurrency",
  "lambda:DeleteFunctionConcurrency",
  "lambda:PutFunctionEventInvokeConfig",
  "lambda:UpdateFunctionEventInvokeConfig",
  "lambda:InvokeFunction",
];

describe("TeamAccess", () => {
  it("makes a role for each team, with the team's tag, one policy and the boundary", async () => {
    const recording = await teams();
    const boundary = recording.one("aws:iam/policy:Policy", "access-developer-boundary").outputs.arn;

    expect(recording.count("aws:iam/role:Role")).toBe(2);
    expect(recording.one("aws:iam/role:Role", "access-orders").inputs).toEqual({
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: [ROOT] }, Action: "sts:AssumeRole" }],
      }),
      description: "Changes the functions of the team orders",
      maxSessionDuration: 3600,
      path: "/palisade/developers/",
      permissionsBoundary: boundary,
      tags: { "palisade:component": "TeamAccess", "palisade:name": "access", "palisade:team": "orders" },
    });
    expect(recording.one("aws:iam/role:Role", "access-catalog").inputs.tags).toMatchObject({
      "palisade:team": "catalog",
    });
    for (const attachment of recording.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")) {
      expect(attachment.inputs.policyArn).toBe(recording.one("aws:iam/policy:Policy", "access-developer").outputs.arn);
    }
    expectNamesPrefixed(recording, recording.one("palisade:index:TeamAccess"));
  });

  it("carries the reasons of its wildcards as tags of the policies", async () => {
    const recording = await teams();
    const lowered = (name: string) =>
      Object.keys(recording.one("aws:iam/policy:Policy", `access-${name}`).inputs.tags as object)
        .filter((key) => key.startsWith("palisade:lowered:"))
        .sort();

    const wild = ["Lists", "OwnFunctions", "PassOwnRoles"].map((sid) => `palisade:lowered:wildcard-${sid}`);
    expect(lowered("developer")).toEqual(wild);
    expect(lowered("developer-boundary")).toEqual(wild);
    expect(lowered("function-boundary")).toEqual(["palisade:lowered:wildcard-WhatFunctionsDo"]);
  });

  it("writes no partition or region down", async () => {
    const args = { teams: ["orders"], trustedPrincipalArns: ["arn:aws-cn:iam::111122223333:root"] };
    const place = { partition: "aws-cn", region: "cn-north-1" };

    expectPartitionSafe(await recordStack(() => new TeamAccess("access", args), { place }));
  });

  it("lets a team change and read its own functions only, told by the tag", async () => {
    const list = statements(await teams(), "developer");

    expect(list.map(({ Sid }) => Sid)).toEqual(["OwnFunctions", "Lists", "PassOwnRoles"]);
    expect(byId(list, "OwnFunctions")).toEqual({
      Sid: "OwnFunctions",
      Effect: "Allow",
      Action: expect.arrayContaining(WRITES),
      Resource: FUNCTIONS,
      Condition: { StringEquals: OWN },
    });
    expect(byId(list, "Lists")).toMatchObject({ Action: ["lambda:ListFunctions", "lambda:GetAccountSettings"] });
  });

  it("lets a team pass the roles of its own functions to Lambda, and no other", async () => {
    expect(byId(statements(await teams(), "developer"), "PassOwnRoles")).toEqual({
      Sid: "PassOwnRoles",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [`arn:aws:iam::111122223333:role/palisade/team/${TEAM}/*`],
      Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    });
  });

  it("lets a team upload code and read what was signed, below its own prefix, and sign nothing", async () => {
    const list = statements(await teams({ codeBucketArn: pulumi.output("arn:aws:s3:::code") }), "developer");

    expect(list.slice(3).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [["s3:PutObject"], [`arn:aws:s3:::code/unsigned/${TEAM}/*`]],
      [["s3:GetObject"], [`arn:aws:s3:::code/signed/${TEAM}/*`]],
    ]);
    expect(JSON.stringify(list)).not.toContain("signer:");
  });

  it("denies in the boundary what no further policy may allow", async () => {
    const recording = await teams();
    const list = statements(recording, "developer-boundary");
    const denied = list.filter(({ Effect }) => Effect === "Deny");

    expect(list.filter(({ Effect }) => Effect === "Allow")).toEqual(statements(recording, "developer"));
    expect(denied.map(({ Sid }) => Sid)).toEqual(["OtherTeams", "Tags", "Trust", "Identity"]);
    expect(byId(denied, "OtherTeams")).toEqual({
      Sid: "OtherTeams",
      Effect: "Deny",
      Action: expect.arrayContaining(WRITES),
      Resource: FUNCTIONS,
      Condition: { StringNotEquals: OWN },
    });
    expect(byId(denied, "Tags")).toEqual({
      Sid: "Tags",
      Effect: "Deny",
      Action: ["lambda:TagResource", "lambda:UntagResource", "tag:TagResources", "tag:UntagResources"],
      Resource: ["*"],
    });
    expect(byId(denied, "Trust")?.Action).toEqual([
      ...["lambda:CreateCodeSigningConfig", "lambda:UpdateCodeSigningConfig", "lambda:DeleteCodeSigningConfig"],
      ...["lambda:PutFunctionCodeSigningConfig", "lambda:DeleteFunctionCodeSigningConfig", "signer:*"],
      ...["lambda:AddPermission", "lambda:RemovePermission", "lambda:CreateFunctionUrlConfig"],
      ...["lambda:UpdateFunctionUrlConfig", "lambda:CreateFunction", "lambda:DeleteFunction"],
    ]);
    expect(byId(denied, "Identity")?.Action).toEqual([
      ...["iam:Add*", "iam:Attach*", "iam:Create*", "iam:Deactivate*", "iam:Delete*", "iam:Detach*", "iam:Enable*"],
      ...["iam:Put*", "iam:Remove*", "iam:Set*", "iam:Tag*", "iam:Untag*", "iam:Update*", "iam:Upload*"],
      ...["organizations:*", "account:*", "sts:TagSession", "sts:AssumeRole"],
    ]);
  });

  it("bounds functions to what functions do: no identity, no code, no guard is among it", async () => {
    const list = statements(await teams(), "function-boundary");

    expect(list).toHaveLength(1);
    expect(list[0]?.Action.filter((action) => action.includes("*"))).toEqual([]);
    expect(list[0]?.Effect).toBe("Allow");
    const actions = list[0]?.Action ?? [];
    expect(actions).toEqual(expect.arrayContaining(["logs:PutLogEvents", "rds-db:connect", "dynamodb:GetItem"]));
    expect(actions.filter((action) => /^(iam|sts|signer|organizations|account):/.test(action))).toEqual([]);
    expect(actions.filter((action) => action.startsWith("lambda:"))).toEqual(["lambda:InvokeFunction"]);
    expect(actions.filter((action) => action.startsWith("kms:"))).toEqual([
      ...["kms:Decrypt", "kms:GenerateDataKey", "kms:Encrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
      ...["kms:DescribeKey", "kms:CreateGrant"],
    ]);
  });

  it("takes the hours and tags that are given", async () => {
    const recording = await teams({ sessionHours: 4, teamTags: { "cost-center": "1" } });

    expect(recording.one("aws:iam/role:Role", "access-orders").inputs).toMatchObject({
      maxSessionDuration: 14400,
      tags: { "cost-center": "1" },
    });
  });

  it.each([
    [{ teams: [] }, 'TeamAccess "access": teams is []; allowed: at least one team; '],
    [
      { teams: ["orders", "orders"] },
      'TeamAccess "access": teams[1] is "orders"; allowed: a lower-case letter, then at most 31 lower-case letters, ' +
        'digits and hyphens, once in the list; to fix it, name the team as HardenedFunction\'s `team` does, for example "orders"',
    ],
    [{ teams: ["Orders"] }, 'TeamAccess "access": teams[0] is "Orders"; '],
    [{ teams: ["orders-"] }, 'TeamAccess "access": teams[0] is "orders-"; '],
    [{ trustedPrincipalArns: [] }, 'TeamAccess "access": trustedPrincipalArns is []; allowed: the ARN of at least one'],
    [
      { trustedPrincipalArns: ["*"] },
      'TeamAccess "access": trustedPrincipalArns[0] is "*"; allowed: the ARN of one principal of IAM, without a wildcard; ' +
        "to fix it, name the role, the user or the root of an account",
    ],
    [{ trustedPrincipalArns: [pulumi.output("arn:aws:iam::111122223333:role/*")] }, "trustedPrincipalArns[0] is "],
    [{ sessionHours: 13 }, 'TeamAccess "access": sessionHours is 13; allowed: a whole number from 1 to 12; '],
  ])("refuses %j", async (args, message) => {
    await expect(teams(args)).rejects.toThrow(message);
  });
});

describe("a team's function", () => {
  const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/functions";

  it("carries the team's tag, and its role is at the team's path", async () => {
    const recording = await record({ team: "orders", permissionsBoundaryArn });

    expect(recording.one("aws:lambda/function:Function").inputs.tags).toMatchObject({ "palisade:team": "orders" });
    expect(recording.one("aws:cloudwatch/logGroup:LogGroup").inputs.tags).toMatchObject({ "palisade:team": "orders" });
    expect(recording.one("aws:iam/role:Role").inputs).toMatchObject({
      path: "/palisade/team/orders/",
      tags: { "palisade:team": "orders" },
    });
  });

  it("has a bounded role, since the team may pass it", async () => {
    await expect(record({ team: "orders" })).rejects.toThrow(
      'HardenedFunction "orders": permissionsBoundaryArn is not given, but the function is the team\'s, who may pass its role; ' +
        "allowed: the ARN of the policy that bounds the role; to fix it, give TeamAccess's functionBoundaryArn, or leave team out",
    );
    await expect(record({ team: "Orders", permissionsBoundaryArn })).rejects.toThrow(
      'HardenedFunction "orders": team is "Orders"; allowed: a lower-case letter, then at most 31 lower-case letters, digits and ' +
        'hyphens; to fix it, name the team as TeamAccess does, for example "orders"',
    );
  });

  it("is nobody's unless a team is named", async () => {
    const recording = await record();

    expect(recording.one("aws:iam/role:Role").inputs).not.toHaveProperty("path");
    expect(recording.one("aws:lambda/function:Function").inputs.tags).not.toHaveProperty("palisade:team");
  });
});
