import {
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { functionOf, type RunningStage } from "../stage.ts";
import type { Removal, Restore } from "./removal.ts";

const POLICY_NAME = "lab-everything";

/** The function's role with a further policy that allows everything, as the paper's weak stage has it, and without its boundary. */
export const iamRole: Removal = {
  id: "iam:role",
  remove: (stage, attack) => unbound(stage, functionOf(stage, attack.target).roleName),
};

/** Lets a role do everything: a policy that says so, and no boundary. */
export async function unbound(stage: RunningStage, RoleName: string): Promise<Restore> {
  const { iam } = stage.clients;
  const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const PermissionsBoundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  if (PermissionsBoundary) await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME, PolicyDocument: JSON.stringify(everything) }),
  );
  return async () => {
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME }));
    if (PermissionsBoundary) await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
  };
}
