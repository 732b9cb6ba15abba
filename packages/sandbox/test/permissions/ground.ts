import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateIdentitySourceCommand,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  PutSchemaCommand,
  VerifiedPermissionsClient,
} from "@aws-sdk/client-verifiedpermissions";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";
import { startPermissions } from "../../src/permissions/index.ts";

export const USER_POOL_ID = "eu-west-1_AbCdEf123";
export const USER_POOL_ARN = `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${USER_POOL_ID}`;
export const CLIENT_ID = "client1";

/** Verified Permissions on loopback, a user pool that signs tokens with a key of its own, and AWS's own client. */
export async function startGround() {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "key-1", alg: "RS256", use: "sig" };
  const keys = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  keys.listen(0, "127.0.0.1");
  await once(keys, "listening");
  const permissions = await startPermissions({
    accountId: "123456789012",
    partition: "aws",
    jwksUrl: () => `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks.json`,
  });
  const client = new VerifiedPermissionsClient({
    endpoint: permissions.url,
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
  });
  return {
    permissions,
    client,
    /** A really signed access token of the groups, with some claims or headers of another kind. */
    async token(groups: string[], claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        sub: "alice",
        iss: `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`,
        client_id: CLIENT_ID,
        token_use: "access",
        scope: "aws.cognito.signin.user.admin",
        "cognito:groups": groups,
        iat: now,
        exp: now + 900,
        ...claims,
      })
        .setProtectedHeader({ alg: "RS256", kid: "key-1", ...header })
        .sign(privateKey);
    },
    /** A store with a schema, policies by their name, and the pool as its identity source. */
    async store(schema: object, policies: Readonly<Record<string, string>>) {
      const { policyStoreId } = await client.send(
        new CreatePolicyStoreCommand({ validationSettings: { mode: "STRICT" } }),
      );
      await client.send(new PutSchemaCommand({ policyStoreId, definition: { cedarJson: JSON.stringify(schema) } }));
      const ids = new Map<string, string>();
      for (const [name, statement] of Object.entries(policies)) {
        const definition = { static: { description: name, statement } };
        const { policyId } = await client.send(new CreatePolicyCommand({ policyStoreId, definition }));
        ids.set(name, String(policyId));
      }
      await client.send(
        new CreateIdentitySourceCommand({
          policyStoreId,
          principalEntityType: "Palisade::User",
          configuration: {
            cognitoUserPoolConfiguration: {
              userPoolArn: USER_POOL_ARN,
              clientIds: [CLIENT_ID],
              groupConfiguration: { groupEntityType: "Palisade::Role" },
            },
          },
        }),
      );
      return { policyStoreId: String(policyStoreId), ids };
    },
    async close() {
      client.destroy();
      keys.close();
      await permissions.close();
    },
  };
}

export type PermissionsGround = Awaited<ReturnType<typeof startGround>>;
