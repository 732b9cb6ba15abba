import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import {
  BatchIsAuthorizedCommand,
  GetIdentitySourceCommand,
  GetPolicyCommand,
  GetPolicyStoreCommand,
  GetSchemaCommand,
  IsAuthorizedCommand,
  VerifiedPermissionsClient,
} from "@aws-sdk/client-verifiedpermissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDenied } from "../../src/logs.ts";
import { type Emulated, type Made, outcome, startEmulated } from "../helpers/emulated.ts";

const STORE = "aws:verifiedpermissions/policyStore:PolicyStore";
const SCHEMA = "aws:verifiedpermissions/schema:Schema";
const POLICY = "aws:verifiedpermissions/policy:Policy";
const SOURCE = "aws:verifiedpermissions/identitySource:IdentitySource";
const USER_POOL_ARN = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEf123";

const schema = (...actions: string[]) =>
  JSON.stringify({
    Shop: {
      entityTypes: { User: {}, Box: {} },
      actions: Object.fromEntries(
        actions.map((action) => [action, { appliesTo: { principalTypes: ["User"], resourceTypes: ["Box"] } }]),
      ),
    },
  });
const statement = 'permit (principal, action == Shop::Action::"look", resource);';

let emulated: Emulated;
let store: Made;
let client: VerifiedPermissionsClient;

beforeAll(async () => {
  emulated = await startEmulated();
  client = emulated.sandbox.clients.verifiedPermissions;
  store = await emulated.create(STORE, {
    validationSettings: { mode: "STRICT" },
    deletionProtection: "ENABLED",
    tags: { team: "orders" },
  });
}, 180_000);
afterAll(() => emulated.sandbox.close());

describe("the resources", () => {
  test("a store is made, changed, and deleted once its protection is lifted", async () => {
    expect(store.outputs).toEqual({
      policyStoreId: store.id,
      arn: `arn:aws:verifiedpermissions::123456789012:policy-store/${store.id}`,
    });
    const other = await emulated.create(STORE, {
      validationSettings: { mode: "OFF" },
      deletionProtection: "ENABLED",
      description: "one",
      tags: { a: "1", b: "2" },
    });
    expect(await outcome(other.delete())).toBe("InvalidStateException");
    await other.update({ validationSettings: { mode: "STRICT" }, description: "two", tags: { b: "3" } });
    const read = () => client.send(new GetPolicyStoreCommand({ policyStoreId: other.id, tags: true }));
    expect(await read()).toMatchObject({
      validationSettings: { mode: "STRICT" },
      deletionProtection: "DISABLED",
      description: "two",
      tags: { b: "3" },
    });
    await other.update({ validationSettings: { mode: "STRICT" } });
    await other.delete();
    expect(await outcome(read())).toBe("ResourceNotFoundException");
    await other.delete();
  });

  test("a schema is put, changed and emptied", async () => {
    const other = await emulated.create(STORE, { validationSettings: { mode: "STRICT" } });
    const made = await emulated.create(SCHEMA, { policyStoreId: other.id, definition: { value: schema("look") } });
    expect([made.id, made.outputs]).toEqual([other.id, { namespaces: ["Shop"] }]);
    const read = async () => (await client.send(new GetSchemaCommand({ policyStoreId: other.id }))).schema;
    expect(await read()).toBe(schema("look"));
    await made.update({ policyStoreId: other.id, definition: { value: schema("look", "take") } });
    expect(await read()).toBe(schema("look", "take"));
    await made.delete();
    expect(await read()).toBe("{}");
    await other.delete();
    await made.delete();
  });

  test("a policy is made where it fits the schema, and deleted", async () => {
    const policyStoreId = store.id;
    await emulated.create(SCHEMA, { policyStoreId, definition: { value: schema("look", "take") } });
    const made = await emulated.create(POLICY, {
      policyStoreId,
      definition: { static: { statement, description: "look.cedar" } },
    });
    const { policyId } = made.outputs as { policyId: string };
    expect(made.id).toBe(`${policyId},${policyStoreId}`);
    const read = () => client.send(new GetPolicyCommand({ policyStoreId, policyId }));
    expect((await read()).definition).toEqual({ static: { statement, description: "look.cedar" } });
    const wrong = { policyStoreId, definition: { static: { statement: statement.replace("look", "leave") } } };
    expect(await outcome(emulated.create(POLICY, wrong))).toBe("ValidationException");
    await made.delete();
    expect(await outcome(read())).toBe("ResourceNotFoundException");
    await made.delete();
    await expect(emulated.create(POLICY, { policyStoreId, definition: {} })).rejects.toThrow(
      "thing is no static policy; the sandbox has no other",
    );
  });

  test("an identity source is made, changed and deleted", async () => {
    const policyStoreId = store.id;
    const pool = (clientIds: string[]) => ({
      policyStoreId,
      principalEntityType: "Shop::User",
      configuration: {
        cognitoUserPoolConfiguration: {
          userPoolArn: USER_POOL_ARN,
          clientIds,
          groupConfiguration: { groupEntityType: "Shop::Role" },
        },
      },
    });
    const made = await emulated.create(SOURCE, pool(["a"]));
    const identitySourceId = made.id.split(":")[1];
    expect(made.id).toBe(`${policyStoreId}:${identitySourceId}`);
    const read = () => client.send(new GetIdentitySourceCommand({ policyStoreId, identitySourceId }));
    expect((await read()).configuration).toEqual(pool(["a"]).configuration);
    await made.update(pool(["a", "b"]));
    expect((await read()).configuration).toEqual(pool(["a", "b"]).configuration);
    await made.delete();
    expect(await outcome(read())).toBe("ResourceNotFoundException");
    await made.delete();
    await expect(emulated.create(SOURCE, { policyStoreId, configuration: {} })).rejects.toThrow(
      "thing is no Cognito user pool; the sandbox has no other identity source",
    );
  });
});

describe("who may ask", () => {
  const question = {
    principal: { entityType: "Shop::User", entityId: "1" },
    action: { actionType: "Shop::Action", actionId: "look" },
    resource: { entityType: "Shop::Box", entityId: "1" },
  };

  /** A client with the credentials of a role that has a policy, or none. */
  async function asRole(RoleName: string, policy?: object): Promise<VerifiedPermissionsClient> {
    const { iam, sts } = emulated.sandbox.clients;
    const trust = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    const document = (statement_: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement_] });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
    if (policy) {
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument: document(policy) }));
    }
    const RoleArn = `arn:aws:iam::123456789012:role/${RoleName}`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "s" }));
    return clientWith({
      accessKeyId: String(Credentials?.AccessKeyId),
      secretAccessKey: String(Credentials?.SecretAccessKey),
      sessionToken: String(Credentials?.SessionToken),
    });
  }

  function clientWith(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
    const endpoint = emulated.sandbox.permissions.url;
    return new VerifiedPermissionsClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  }

  test("a role without the permission is refused, and CloudTrail knows it", async () => {
    const asking = await asRole("nothing");
    const refused = await asking
      .send(new IsAuthorizedCommand({ policyStoreId: store.id, ...question }))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        "arn:aws:sts::123456789012:assumed-role/nothing/s is not authorized to perform: verifiedpermissions:IsAuthorized",
      ),
    });
    const denied = await readDenied(emulated.sandbox.clients, 0);
    expect(denied.map(({ action }) => action)).toContain("verifiedpermissions:IsAuthorized");
  });

  test("a role may ask the store that its policy names, in a batch too, and no other", async () => {
    const asking = await asRole("asker", {
      Effect: "Allow",
      Action: "verifiedpermissions:IsAuthorized",
      Resource: store.outputs.arn,
    });
    const ask = (policyStoreId: string) => asking.send(new IsAuthorizedCommand({ policyStoreId, ...question }));
    expect((await ask(store.id)).decision).toBe("DENY");
    const { results } = await asking.send(
      new BatchIsAuthorizedCommand({ policyStoreId: store.id, requests: [question] }),
    );
    expect(results?.map(({ decision }) => decision)).toEqual(["DENY"]);
    expect(await outcome(ask("another"))).toBe("AccessDeniedException");
    // Asking is all that it may do.
    expect(await outcome(asking.send(new GetSchemaCommand({ policyStoreId: store.id })))).toBe("AccessDeniedException");
  });

  test("a signature that is wrong, and a key that is nobody's, are refused", async () => {
    const { config } = await asRole("forger", { Effect: "Allow", Action: "*", Resource: "*" });
    const credentials = await config.credentials();
    for (const wrong of [
      { ...credentials, secretAccessKey: "wrong" },
      { ...credentials, sessionToken: "wrong" },
      { accessKeyId: "AKIANOBODY0000000000", secretAccessKey: "x" },
    ]) {
      const asked = clientWith(wrong).send(new IsAuthorizedCommand({ policyStoreId: store.id, ...question }));
      expect(await outcome(asked)).toMatch(/Signature|Token|UnrecognizedClient/);
    }
  });
});
