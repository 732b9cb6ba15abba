import {
  CreateIdentitySourceCommand,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  PutSchemaCommand,
  VerifiedPermissionsClient,
} from "@aws-sdk/client-verifiedpermissions";
import { CLIENT_ID, USER_POOL_ID } from "./world.ts";

/** A policy store with the stage's schema and policies and the pool as its identity source. @returns its id */
export async function storeOf(endpoint: string, schema: object, statements: readonly string[]): Promise<string> {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  const client = new VerifiedPermissionsClient({ endpoint, region: "eu-west-1", credentials, maxAttempts: 1 });
  const { policyStoreId } = await client.send(new CreatePolicyStoreCommand({ validationSettings: { mode: "STRICT" } }));
  await client.send(new PutSchemaCommand({ policyStoreId, definition: { cedarJson: JSON.stringify(schema) } }));
  for (const statement of statements) {
    await client.send(new CreatePolicyCommand({ policyStoreId, definition: { static: { statement } } }));
  }
  await client.send(
    new CreateIdentitySourceCommand({
      policyStoreId,
      principalEntityType: "Palisade::User",
      configuration: {
        cognitoUserPoolConfiguration: {
          userPoolArn: `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${USER_POOL_ID}`,
          clientIds: [CLIENT_ID],
          groupConfiguration: { groupEntityType: "Palisade::Role" },
        },
      },
    }),
  );
  client.destroy();
  return String(policyStoreId);
}
