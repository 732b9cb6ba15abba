import { findMethod, patchMethod } from "./gateway-method.ts";
import type { Removal } from "./removal.ts";

/** The operation's method without a request validator: bodies that are not the model's reach the function. */
export const gatewayModel: Removal = {
  id: "gateway:model",
  remove: async (stage, attack) => {
    const method = await findMethod(stage, attack.operation);
    const { requestValidatorId } = method.settings;
    if (!requestValidatorId) throw new Error(`gateway:model: the method of ${attack.operation} has no validator`);
    await patchMethod(stage, method, [{ op: "replace", path: "/requestValidatorId", value: "" }]);
    return () =>
      patchMethod(stage, method, [{ op: "replace", path: "/requestValidatorId", value: requestValidatorId }]);
  },
};
