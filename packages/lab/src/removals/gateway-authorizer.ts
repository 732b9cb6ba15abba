import { findMethod, patchMethod } from "./gateway-method.ts";
import type { Removal } from "./removal.ts";

/** The operation's method without an authorizer: everybody reaches the function. */
export const gatewayAuthorizer: Removal = {
  id: "gateway:authorizer",
  remove: async (stage, attack) => {
    const method = await findMethod(stage, attack.operation);
    const { authorizationType = "NONE", authorizerId = "" } = method.settings;
    if (authorizationType !== "CUSTOM") {
      throw new Error(
        `gateway:authorizer: the method of ${attack.operation} has authorization type ${authorizationType}`,
      );
    }
    await patchMethod(stage, method, [{ op: "replace", path: "/authorizationType", value: "NONE" }]);
    return () =>
      patchMethod(stage, method, [
        { op: "replace", path: "/authorizationType", value: authorizationType },
        { op: "replace", path: "/authorizerId", value: authorizerId },
      ]);
  },
};
