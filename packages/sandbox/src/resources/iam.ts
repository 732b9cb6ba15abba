import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  ListPolicyVersionsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { handler, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, policyJson, tagList } from "./values.ts";

interface RoleInputs {
  name?: string;
  path?: string;
  description?: string;
  assumeRolePolicy: unknown;
  maxSessionDuration?: number;
  permissionsBoundary?: string;
  managedPolicyArns?: string[];
  inlinePolicies?: { name: string; policy: string }[];
  tags?: Record<string, string>;
}

const role = handler<RoleInputs>({
  replaceOnChanges: ["name", "namePrefix", "path", "inlinePolicies", "managedPolicyArns"],
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName();
    const { Role } = await clients.iam.send(
      new CreateRoleCommand({
        RoleName: name,
        Path: inputs.path,
        Description: inputs.description,
        AssumeRolePolicyDocument: policyJson(inputs.assumeRolePolicy),
        MaxSessionDuration: inputs.maxSessionDuration,
        PermissionsBoundary: inputs.permissionsBoundary,
        Tags: tagList(inputs.tags),
      }),
    );
    for (const arn of inputs.managedPolicyArns ?? []) {
      await clients.iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: arn }));
    }
    for (const { name: policyName, policy } of inputs.inlinePolicies ?? []) {
      await clients.iam.send(
        new PutRolePolicyCommand({ RoleName: name, PolicyName: policyName, PolicyDocument: policyJson(policy) }),
      );
    }
    return { id: name, outputs: { name, arn: Role?.Arn, uniqueId: Role?.RoleId, path: Role?.Path } };
  },
  async update(id, olds, news, { clients }) {
    await clients.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument: policyJson(news.assumeRolePolicy) }),
    );
    await clients.iam.send(
      new UpdateRoleCommand({
        RoleName: id,
        Description: news.description ?? "",
        MaxSessionDuration: news.maxSessionDuration,
      }),
    );
    const boundary = news.permissionsBoundary;
    if (boundary !== undefined) {
      await clients.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: id, PermissionsBoundary: boundary }));
    } else if (olds.permissionsBoundary !== undefined) {
      await clients.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: id }));
    }
    if (news.tags) await clients.iam.send(new TagRoleCommand({ RoleName: id, Tags: tagList(news.tags) }));
    return { id, outputs: { name: id, arn: olds.arn, uniqueId: olds.uniqueId, path: olds.path } };
  },
  async delete(id, olds, { clients }) {
    for (const arn of (olds.managedPolicyArns as string[] | undefined) ?? []) {
      await ignoreMissing(clients.iam.send(new DetachRolePolicyCommand({ RoleName: id, PolicyArn: arn })));
    }
    for (const { name } of (olds.inlinePolicies as { name: string }[] | undefined) ?? []) {
      await ignoreMissing(clients.iam.send(new DeleteRolePolicyCommand({ RoleName: id, PolicyName: name })));
    }
    await ignoreMissing(clients.iam.send(new DeleteRoleCommand({ RoleName: id })));
  },
});

interface RolePolicyInputs {
  name?: string;
  role: string;
  policy: unknown;
}

const rolePolicy = handler<RolePolicyInputs>({
  replaceOnChanges: ["name", "namePrefix", "role"],
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(128);
    await clients.iam.send(
      new PutRolePolicyCommand({ RoleName: inputs.role, PolicyName: name, PolicyDocument: policyJson(inputs.policy) }),
    );
    return { id: `${inputs.role}:${name}`, outputs: { name, policy: policyJson(inputs.policy) } };
  },
  async update(id, olds, news, { clients }) {
    const name = olds.name as string;
    await clients.iam.send(
      new PutRolePolicyCommand({ RoleName: news.role, PolicyName: name, PolicyDocument: policyJson(news.policy) }),
    );
    return { id, outputs: { name, policy: policyJson(news.policy) } };
  },
  async delete(_id, olds, { clients }) {
    await ignoreMissing(
      clients.iam.send(new DeleteRolePolicyCommand({ RoleName: olds.role as string, PolicyName: olds.name as string })),
    );
  },
});

const rolePolicyAttachment = handler<{ role: string; policyArn: string }>({
  replaceOnChanges: ["role", "policyArn"],
  async create(inputs, { clients, name }) {
    await clients.iam.send(new AttachRolePolicyCommand({ RoleName: inputs.role, PolicyArn: inputs.policyArn }));
    return { id: `${inputs.role}-${name}`, outputs: {} };
  },
  async delete(_id, olds, { clients }) {
    await ignoreMissing(
      clients.iam.send(
        new DetachRolePolicyCommand({ RoleName: olds.role as string, PolicyArn: olds.policyArn as string }),
      ),
    );
  },
});

interface PolicyInputs {
  name?: string;
  path?: string;
  description?: string;
  policy: unknown;
  tags?: Record<string, string>;
}

const policy = handler<PolicyInputs>({
  replaceOnChanges: ["name", "namePrefix", "path", "description"],
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(128);
    const { Policy } = await clients.iam.send(
      new CreatePolicyCommand({
        PolicyName: name,
        Path: inputs.path,
        Description: inputs.description,
        PolicyDocument: policyJson(inputs.policy),
        Tags: tagList(inputs.tags),
      }),
    );
    return {
      id: Policy?.Arn as string,
      outputs: { name, arn: Policy?.Arn, policyId: Policy?.PolicyId, policy: policyJson(inputs.policy) },
    };
  },
  async update(id, olds, news, { clients }) {
    // IAM keeps five versions of a policy: all but the default go, as the provider does when the limit is reached.
    const { Versions = [] } = await clients.iam.send(new ListPolicyVersionsCommand({ PolicyArn: id }));
    for (const { VersionId, IsDefaultVersion } of Versions) {
      if (!IsDefaultVersion) await clients.iam.send(new DeletePolicyVersionCommand({ PolicyArn: id, VersionId }));
    }
    await clients.iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: id, PolicyDocument: policyJson(news.policy), SetAsDefault: true }),
    );
    return {
      id,
      outputs: { name: olds.name, arn: id, policyId: olds.policyId, policy: policyJson(news.policy) },
    };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.iam.send(new DeletePolicyCommand({ PolicyArn: id })));
  },
});

/** IAM: roles and policies. With AUTH=true the emulator evaluates them on every call that a function makes. */
export const iam: ServiceHandlers = {
  types: {
    "aws:iam/role:Role": role,
    "aws:iam/rolePolicy:RolePolicy": rolePolicy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
    "aws:iam/policy:Policy": policy,
  },
};
