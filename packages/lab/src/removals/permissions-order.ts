import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { CreatePolicyCommand, DeletePolicyCommand } from "@aws-sdk/client-verifiedpermissions";
import { functionOf } from "../stage.ts";
import type { Removal } from "./removal.ts";

/** The store's policies with one more, which permits the attack's operation on every order to everybody. */
export const permissionsOrder: Removal = {
  id: "permissions:order",
  remove: async (stage, attack) => {
    const { verifiedPermissions, lambda } = stage.clients;
    const { functionName: FunctionName } = functionOf(stage, attack.target);
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const policyStoreId = Environment?.Variables?.POLICY_STORE_ID;
    if (policyStoreId === undefined || policyStoreId === "none") {
      throw new Error(`permissions:order: ${attack.target} of ${stage.stage} asks no policy store`);
    }
    const statement = `permit (principal, action == Palisade::Action::"${attack.operation}", resource is Palisade::Order);`;
    const { policyId } = await verifiedPermissions.send(
      new CreatePolicyCommand({ policyStoreId, definition: { static: { statement } } }),
    );
    return async () => {
      await verifiedPermissions.send(new DeletePolicyCommand({ policyStoreId, policyId }));
    };
  },
};
