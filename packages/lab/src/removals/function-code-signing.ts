import {
  DeleteFunctionCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  PutFunctionCodeSigningConfigCommand,
} from "@aws-sdk/client-lambda";
import { functionOf } from "../stage.ts";
import type { Removal } from "./removal.ts";

/** The function without its code signing configuration, so that Lambda takes any code for it. */
export const codeSigning: Removal = {
  id: "function:code-signing",
  remove: async (stage, attack) => {
    const { functionName: FunctionName } = functionOf(stage, attack.target);
    const { lambda } = stage.clients;
    const { CodeSigningConfigArn } = await lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }));
    if (!CodeSigningConfigArn) throw new Error(`function:code-signing: ${attack.target} takes any code as it is`);
    await lambda.send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName }));
    return async () => {
      await lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName, CodeSigningConfigArn }));
    };
  },
};
