import { DeleteRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { functionOf } from "../stage.ts";
import type { Removal } from "./removal.ts";

const POLICY_NAME = "lab-everything";

/** The function's role with a further policy that allows everything, as the paper's weak stage has it. */
export const iamRole: Removal = {
  id: "iam:role",
  remove: async (stage, attack) => {
    const { roleName: RoleName } = functionOf(stage, attack.target);
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    await stage.clients.iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME, PolicyDocument: JSON.stringify(everything) }),
    );
    return async () => {
      await stage.clients.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME }));
    };
  },
};
