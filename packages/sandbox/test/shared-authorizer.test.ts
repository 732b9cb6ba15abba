/** examples/shared-authorizer on the emulator: an API in the account that owns the authorizer, and one in another account and region. */
import { rm } from "node:fs/promises";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { bundle } from "@palisade/functions/bundle";
import { knownApis, SharedAuthorizer } from "@palisade/secure-gateway";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { awsClients } from "../src/clients.ts";
import { readRecords, type Sandbox, startSandbox } from "../src/index.ts";
import { provision } from "../src/provision.ts";

const TENANT = { region: "eu-central-1", accountId: "444455556666", partition: "aws" };

let sandbox: Sandbox;
let ground: Parameters<typeof provision>[0];
let tenantGround: Parameters<typeof provision>[0];
let owner: Record<string, string>;
let tenant: Record<string, string>;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  const { identity, clients, emulatorUrl, directory } = sandbox;
  const startDatabase = () => Promise.reject(new Error("no database here"));
  ground = { identity, clients, emulatorUrl, directory, startDatabase, onDatabase: () => {} };
  const foreign = { accessKeyId: TENANT.accountId, secretAccessKey: TENANT.accountId };
  tenantGround = {
    ...ground,
    identity: TENANT,
    clients: awsClients({ endpoint: emulatorUrl, region: TENANT.region, ...foreign }),
  };
  const authorizerCode = await bundle("authorizer", { outDir: directory });
  owner = await up(ground, "owner", {
    authorizerCode,
    jwksUri: `${emulatorUrl}/{userPoolId}/.well-known/jwks.json`,
  });
  tenant = await up(tenantGround, "tenant", {
    authorizerName: String(owner.authorizerName),
    authorizerArn: String(owner.authorizerArn),
    authorizerInvokeArn: String(owner.authorizerInvokeArn),
  });
  token = await signIn();
}, 60_000);

afterAll(async () => {
  tenantGround.clients.destroy();
  await sandbox.close();
  await rm(sandbox.directory, { recursive: true, force: true });
});

async function up(
  place: typeof ground,
  stack: string,
  values: Record<string, string>,
): Promise<Record<string, string>> {
  const { default: program } = await import("../../../examples/shared-authorizer/index.ts");
  const config = Object.fromEntries(Object.entries(values).map(([key, value]) => [`palisade:${key}`, value]));
  const { outputs } = await provision(place, { stage: stack, program: program as () => Promise<object>, config });
  return outputs as Record<string, string>;
}

async function signIn(): Promise<string> {
  const { cognito } = sandbox.clients;
  const of = { UserPoolId: owner.userPoolId, Username: "ann@example.com" };
  const password = "Lab-only-Passw0rd!-not-for-AWS";
  await cognito.send(new AdminCreateUserCommand({ ...of, MessageAction: "SUPPRESS", TemporaryPassword: password }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...of, Password: password, Permanent: true }));
  await cognito.send(new AdminAddUserToGroupCommand({ ...of, GroupName: "reader" }));
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: of.UserPoolId,
      ClientId: owner.clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: of.Username, PASSWORD: password },
    }),
  );
  return String(AuthenticationResult?.AccessToken);
}

async function call({ restApiId, stageName }: Record<string, string>, method = "GET") {
  const response = await fetch(`${sandbox.emulatorUrl}/_aws/execute-api/${restApiId}/${stageName}/notes`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, error: response.headers.get("x-amzn-errortype"), body: await response.text() };
}

const aliasOf = (arn: string) => arn.split(":")[7];

/** What the owner's third step changes in the authorizer. */
async function setKnownApis(value: string): Promise<void> {
  const { lambda } = sandbox.clients;
  const FunctionName = owner.authorizerName;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, KNOWN_APIS: value };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  const Name = aliasOf(String(owner.authorizerArn));
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion }));
}

test("the owner's API is answered, the tenant's is refused by Lambda, then by the authorizer, and answered once both know it", async () => {
  expect(await call(owner)).toMatchObject({ status: 200, body: expect.stringContaining('"account":"123456789012"') });
  expect(tenant.apiArn).toBe(`arn:aws:execute-api:eu-central-1:444455556666:${tenant.restApiId}`);

  expect(await call(tenant)).toMatchObject({ status: 500, error: "AuthorizerConfigurationException" });

  const function_ = {
    functionName: String(owner.authorizerName),
    functionArn: String(owner.authorizerArn),
    invokeArn: String(owner.authorizerInvokeArn),
    qualifier: aliasOf(String(owner.authorizerArn)),
  };
  const share = async () => {
    new SharedAuthorizer("shared", { function: function_, apiArns: [String(tenant.apiArn)] });
    return {};
  };
  await provision(ground, { stage: "owner", program: share });
  expect(await call(tenant)).toMatchObject({ status: 401, error: "UnauthorizedException" });
  const { LoggingConfig } = await sandbox.clients.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: owner.authorizerName }),
  );
  await vi.waitFor(async () => {
    const records = await readRecords(sandbox.clients, String(LoggingConfig?.LogGroup));
    expect(records.filter(({ defence }) => defence === "known-api")).toHaveLength(1);
  });

  await setKnownApis(knownApis([String(tenant.apiArn)]));
  expect(await call(tenant)).toMatchObject({ status: 200, body: expect.stringContaining('"account":"444455556666"') });
  // Who may do what is the same in both, and is kept for each by itself.
  for (const api of [owner, tenant]) {
    expect(await call(api, "DELETE")).toMatchObject({ status: 403, error: "AccessDeniedException" });
  }
  // An API of that account that nobody named stays out, whatever the first may.
  const other = await up(tenantGround, "tenant-2", {
    authorizerName: String(owner.authorizerName),
    authorizerArn: String(owner.authorizerArn),
    authorizerInvokeArn: String(owner.authorizerInvokeArn),
  });
  expect(await call(other)).toMatchObject({ status: 500, error: "AuthorizerConfigurationException" });
}, 30_000);
