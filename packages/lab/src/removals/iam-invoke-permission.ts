import {
  AddPermissionCommand,
  type LambdaClient,
  ListAliasesCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { functionOf } from "../stage.ts";
import type { Removal } from "./removal.ts";

const STATEMENT = "lab-any-api";

/** The authorizer and the attack's function let every API call them, of whichever account: a permission without a source. */
export const iamInvokePermission: Removal = {
  id: "iam:invoke-permission",
  remove: async (stage, attack) => {
    const { lambda } = stage.clients;
    const permitted: { FunctionName: string; Qualifier?: string }[] = [];
    for (const target of ["authorizer", attack.target]) {
      const place = await calledPlace(lambda, functionOf(stage, target).functionName);
      await lambda.send(
        new AddPermissionCommand({
          ...place,
          StatementId: STATEMENT,
          Action: "lambda:InvokeFunction",
          Principal: "apigateway.amazonaws.com",
        }),
      );
      permitted.push(place);
    }
    return async () => {
      for (const place of permitted) {
        await lambda.send(new RemovePermissionCommand({ ...place, StatementId: STATEMENT }));
      }
    };
  },
};

/** What API Gateway calls: the function's alias, where it has one. */
async function calledPlace(lambda: LambdaClient, FunctionName: string) {
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const Qualifier = Aliases[0]?.Name;
  return { FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }) };
}
