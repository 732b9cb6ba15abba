import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetGroupCommand,
  GetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulated, type Made, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
let pool: Made;
beforeAll(async () => {
  emulated = await startEmulated();
  pool = await emulated.create("aws:cognito/userPool:UserPool", POOL, "users");
}, 180_000);
afterAll(() => emulated.sandbox.close());

const POOL = {
  userPoolTier: "ESSENTIALS",
  adminCreateUserConfig: { allowAdminCreateUserOnly: true },
  passwordPolicy: { minimumLength: 15, requireSymbols: true, requireUppercase: true, requireNumbers: true },
  mfaConfiguration: "OPTIONAL",
  softwareTokenMfaConfiguration: { enabled: true },
  usernameConfiguration: { caseSensitive: false },
  autoVerifiedAttributes: ["email"],
  schemas: [{ name: "company", attributeDataType: "String", mutable: true }],
  tags: { team: "a" },
};

test("a user pool has its policy, its second factor and its own attribute", async () => {
  const { cognito } = emulated.sandbox.clients;
  const UserPoolId = pool.id;
  expect(pool.outputs).toMatchObject({
    arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${UserPoolId}`,
    endpoint: `cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`,
  });
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool?.Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 15, RequireSymbols: true });
  expect(UserPool?.AdminCreateUserConfig?.AllowAdminCreateUserOnly).toBe(true);
  expect(UserPool?.SchemaAttributes?.map(({ Name }) => Name)).toContain("custom:company");
  const mfa = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  expect(mfa).toMatchObject({ MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } });
});

test("a client signs a user in with the flow that it allows, and with no other", async () => {
  const { cognito } = emulated.sandbox.clients;
  const client = await emulated.create("aws:cognito/userPoolClient:UserPoolClient", {
    userPoolId: pool.id,
    explicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    generateSecret: false,
    accessTokenValidity: 10,
    tokenValidityUnits: { accessToken: "minutes" },
    enableTokenRevocation: true,
  });
  const at = { UserPoolId: pool.id, Username: "ann" };
  const Password = "Correct-horse-9-battery";
  await cognito.send(new AdminCreateUserCommand({ ...at, MessageAction: "SUPPRESS", TemporaryPassword: Password }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...at, Password, Permanent: true }));
  const signIn = (AuthFlow: "ADMIN_USER_PASSWORD_AUTH" | "USER_PASSWORD_AUTH") =>
    cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool.id,
        ClientId: client.id,
        AuthFlow,
        AuthParameters: { USERNAME: "ann", PASSWORD: Password },
      }),
    );
  const { AuthenticationResult } = await signIn("ADMIN_USER_PASSWORD_AUTH");
  const [, claims = ""] = AuthenticationResult?.AccessToken?.split(".") ?? [];
  const { exp, iat, client_id } = JSON.parse(Buffer.from(claims, "base64url").toString());
  expect([exp - iat, client_id]).toEqual([600, client.id]);
  expect(await outcome(signIn("USER_PASSWORD_AUTH"))).not.toBe("ok");

  await client.update({ userPoolId: pool.id, callbackUrls: ["https://example.com"], name: "renamed" });
  const read = () => cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: pool.id, ClientId: client.id }));
  expect((await read()).UserPoolClient).toMatchObject({ CallbackURLs: ["https://example.com"], ClientName: "renamed" });
  await client.delete();
  expect(await outcome(read())).toBe("ResourceNotFoundException");
});

test("a group, a resource server and a domain come, change and go", async () => {
  const { cognito } = emulated.sandbox.clients;
  const group = await emulated.create("aws:cognito/userGroup:UserGroup", {
    userPoolId: pool.id,
    name: "partner",
    description: "Partners",
  });
  expect(group.id).toBe(`${pool.id}/partner`);
  const readGroup = () => cognito.send(new GetGroupCommand({ UserPoolId: pool.id, GroupName: "partner" }));
  expect((await readGroup()).Group?.Description).toBe("Partners");
  await group.delete();
  expect(await outcome(readGroup())).toBe("ResourceNotFoundException");

  const scopes = (...names: string[]) => names.map((scopeName) => ({ scopeName, scopeDescription: scopeName }));
  const server = await emulated.create("aws:cognito/resourceServer:ResourceServer", {
    userPoolId: pool.id,
    identifier: "orders",
    scopes: scopes("read"),
  });
  expect(server.outputs.scopeIdentifiers).toEqual(["orders/read"]);
  const changed = await server.update({ userPoolId: pool.id, identifier: "orders", scopes: scopes("read", "write") });
  expect(changed.outputs.scopeIdentifiers).toEqual(["orders/read", "orders/write"]);
  const readServer = () =>
    cognito.send(new DescribeResourceServerCommand({ UserPoolId: pool.id, Identifier: "orders" }));
  expect((await readServer()).ResourceServer?.Scopes).toHaveLength(2);
  await server.delete();
  expect(await outcome(readServer())).toBe("ResourceNotFoundException");

  const domain = await emulated.create("aws:cognito/userPoolDomain:UserPoolDomain", {
    userPoolId: pool.id,
    domain: "palisade-test",
  });
  const readDomain = async () =>
    (await cognito.send(new DescribeUserPoolDomainCommand({ Domain: "palisade-test" }))).DomainDescription?.UserPoolId;
  expect(await readDomain()).toBe(pool.id);
  await domain.delete();
  expect(await readDomain()).toBeUndefined();
});

test("a pool changes in place and is deleted", async () => {
  const { cognito } = emulated.sandbox.clients;
  const other = await emulated.create("aws:cognito/userPool:UserPool", { name: "other" });
  const UserPoolId = other.id;
  const updated = await other.update({ name: "other", mfaConfiguration: "OFF", passwordPolicy: { minimumLength: 20 } });
  expect(updated.outputs.arn).toBe(other.outputs.arn);
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool?.Policies?.PasswordPolicy?.MinimumLength).toBe(20);
  await other.delete();
  expect(await outcome(cognito.send(new DescribeUserPoolCommand({ UserPoolId })))).toBe("ResourceNotFoundException");
});
