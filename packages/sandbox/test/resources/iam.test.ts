import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulated, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 180_000);
afterAll(() => emulated.sandbox.close());

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
};

function policy(resource: string) {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: resource }],
  };
}

describe("aws:iam/role:Role", () => {
  test("is made, changed and deleted with its policies", async () => {
    const { iam } = emulated.sandbox.clients;
    const managed = await emulated.create("aws:iam/policy:Policy", { policy: policy("*") }, "managed");
    const role = await emulated.create("aws:iam/role:Role", {
      name: "role-1",
      path: "/app/",
      description: "first",
      assumeRolePolicy: TRUST,
      maxSessionDuration: 7200,
      managedPolicyArns: [managed.id],
      inlinePolicies: [{ name: "inline", policy: JSON.stringify(policy("*")) }],
      tags: { team: "a" },
    });
    expect(role.id).toBe("role-1");
    expect(role.outputs).toMatchObject({
      name: "role-1",
      arn: "arn:aws:iam::123456789012:role/app/role-1",
      path: "/app/",
    });
    const made = await iam.send(new GetRoleCommand({ RoleName: "role-1" }));
    expect(made.Role?.MaxSessionDuration).toBe(7200);
    expect(JSON.parse(decodeURIComponent(made.Role?.AssumeRolePolicyDocument ?? ""))).toEqual(TRUST);
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "role-1" }));
    expect(attached.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual([managed.id]);

    const updated = await role.update({ assumeRolePolicy: TRUST, description: "second", tags: { team: "b" } });
    expect(updated.outputs.arn).toBe(role.outputs.arn);
    const changed = await iam.send(new GetRoleCommand({ RoleName: "role-1" }));
    expect(changed.Role?.Description).toBe("second");
    expect(changed.Role?.Tags).toEqual([{ Key: "team", Value: "b" }]);

    await role.delete();
    expect(await outcome(iam.send(new GetRoleCommand({ RoleName: "role-1" })))).toBe("NoSuchEntityException");
    await role.delete();
  });

  test("keeps its name when its boundary comes, changes and goes", async () => {
    const { iam } = emulated.sandbox.clients;
    const [first, second] = [
      await emulated.create("aws:iam/policy:Policy", { policy: policy("a") }, "first-boundary"),
      await emulated.create("aws:iam/policy:Policy", { policy: policy("b") }, "second-boundary"),
    ];
    const boundary = async (name: string) =>
      (await iam.send(new GetRoleCommand({ RoleName: name }))).Role?.PermissionsBoundary?.PermissionsBoundaryArn;
    const role = await emulated.create("aws:iam/role:Role", { assumeRolePolicy: TRUST }, "bounded");
    for (const permissionsBoundary of [first.id, second.id]) {
      await role.update({ assumeRolePolicy: TRUST, permissionsBoundary });
      expect(await boundary(role.id)).toBe(permissionsBoundary);
    }
    const bounded = await emulated.create(
      "aws:iam/role:Role",
      { assumeRolePolicy: TRUST, permissionsBoundary: first.id },
      "freed",
    );
    await bounded.update({ assumeRolePolicy: TRUST });
    expect(await boundary(bounded.id)).toBeUndefined();
  });

  test("has a random name where it has none", async () => {
    const role = await emulated.create("aws:iam/role:Role", { assumeRolePolicy: JSON.stringify(TRUST) }, "orders-role");
    expect(role.id).toMatch(/^orders-role-[0-9a-f]{7}$/);
  });
});

test("aws:iam/rolePolicy:RolePolicy is put, replaced in place and deleted", async () => {
  const { iam } = emulated.sandbox.clients;
  const role = await emulated.create("aws:iam/role:Role", { assumeRolePolicy: TRUST });
  const inline = await emulated.create(
    "aws:iam/rolePolicy:RolePolicy",
    { role: role.id, policy: policy("a") },
    "inline",
  );
  const name = inline.outputs.name as string;
  const at = { RoleName: role.id, PolicyName: name };
  expect(inline.id).toBe(`${role.id}:${name}`);
  await inline.update({ role: role.id, policy: policy("b") });
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand(at));
  expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ""))).toEqual(policy("b"));
  await inline.delete();
  expect(await outcome(iam.send(new GetRolePolicyCommand(at)))).toBe("NoSuchEntityException");
});

test("aws:iam/policy:Policy keeps one old version, and its attachment comes and goes", async () => {
  const { iam } = emulated.sandbox.clients;
  const made = await emulated.create("aws:iam/policy:Policy", { name: "managed-1", policy: policy("a") });
  expect(made.id).toBe("arn:aws:iam::123456789012:policy/managed-1");
  // Six changes: IAM would refuse the sixth version.
  for (const resource of ["b", "c", "d", "e", "f", "g"]) await made.update({ policy: policy(resource) });
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: made.id }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: made.id, VersionId: Policy?.DefaultVersionId }),
  );
  expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ""))).toEqual(policy("g"));

  const role = await emulated.create("aws:iam/role:Role", { assumeRolePolicy: TRUST });
  const attachment = await emulated.create(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    { role: role.id, policyArn: made.id },
    "attached",
  );
  expect(attachment.id).toBe(`${role.id}-attached`);
  const list = () => iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role.id }));
  expect((await list()).AttachedPolicies).toHaveLength(1);
  await attachment.delete();
  expect((await list()).AttachedPolicies).toHaveLength(0);
  await made.delete();
  expect(await outcome(iam.send(new GetPolicyCommand({ PolicyArn: made.id })))).toBe("NoSuchEntityException");
});
