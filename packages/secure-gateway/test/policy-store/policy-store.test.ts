import { PalisadeError } from "@palisade/core";
import { expectNamesPrefixed, expectPartitionSafe, recordStack, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { cedarSchema, PolicyStore, type PolicyStoreArgs, UserPool } from "../../src/index.ts";
import { set, smallDocument } from "../fixtures.ts";
import { API_DOCUMENT, POLICIES, USER_POOL } from "./support.ts";

const STORE = "aws:verifiedpermissions/policyStore:PolicyStore";
const SCHEMA = "aws:verifiedpermissions/schema:Schema";
const POLICY = "aws:verifiedpermissions/policy:Policy";
const SOURCE = "aws:verifiedpermissions/identitySource:IdentitySource";

const args = (more: Partial<PolicyStoreArgs> = {}): PolicyStoreArgs => ({
  apiDocument: API_DOCUMENT,
  policies: POLICIES,
  userPool: USER_POOL,
  ...more,
});
const record = (more: Partial<PolicyStoreArgs> = {}) => recordStack(() => new PolicyStore("permissions", args(more)));

describe("a policy store", () => {
  test("has these resources and no others", async () => {
    expect((await record()).types()).toEqual({
      [STORE]: 1,
      [SCHEMA]: 1,
      [POLICY]: 2,
      [SOURCE]: 1,
      "palisade:index:PolicyStore": 1,
    });
  });

  test("validates strictly, and is protected from deletion", async () => {
    expect((await record()).one(STORE, "permissions-store").inputs).toEqual({
      validationSettings: { mode: "STRICT" },
      deletionProtection: "ENABLED",
      tags: { "palisade:component": "PolicyStore", "palisade:name": "permissions" },
    });
  });

  test("has the schema of the OpenAPI document", async () => {
    const recording = await record();
    const { policyStoreId, definition } = recording.one(SCHEMA, "permissions-schema").inputs as {
      policyStoreId: string;
      definition: { value: string };
    };
    expect(policyStoreId).toBe(resolvedId(recording));
    expect(JSON.parse(definition.value)).toEqual(cedarSchema(API_DOCUMENT));
  });

  test("has each file as a static policy for the pool's own groups", async () => {
    const recording = await record();
    expect(recording.all(POLICY).map(({ name, inputs }) => [name, inputs])).toEqual(
      Object.entries(POLICIES).map(([file, text]) => [
        `permissions-policy-${file.replace(".cedar", "")}`,
        {
          policyStoreId: resolvedId(recording),
          definition: { static: { description: file, statement: text.replaceAll("{userPool}", "cn-north-1_Example") } },
        },
      ]),
    );
    expect(JSON.stringify(recording.all(POLICY).map(({ inputs }) => inputs))).not.toContain("{userPool}");
  });

  test("takes tokens of the pool and its clients, whose groups are roles", async () => {
    const recording = await record();
    expect(recording.one(SOURCE, "permissions-identity-source").inputs).toEqual({
      policyStoreId: resolvedId(recording),
      principalEntityType: "Palisade::User",
      configuration: {
        cognitoUserPoolConfiguration: {
          userPoolArn: USER_POOL.userPoolArn,
          clientIds: ["partners", "page"],
          groupConfiguration: { groupEntityType: "Palisade::Role" },
        },
      },
    });
  });

  test("a UserPool fits", async () => {
    const recording = await recordStack(() => {
      const userPool = new UserPool("users");
      return new PolicyStore("permissions", args({ userPool }));
    });
    const { configuration } = recording.one(SOURCE).inputs as {
      configuration: { cognitoUserPoolConfiguration: { userPoolArn: string } };
    };
    expect(configuration.cognitoUserPoolConfiguration.userPoolArn).toMatch(/^arn:/);
  });

  test("may be deleted with a reason only, which becomes a tag", async () => {
    await expect(record({ allowDeletion: "short" })).rejects.toThrow(
      'PolicyStore "permissions": allowDeletion is "short"; allowed: a written reason of at least 10 characters; to fix it, ' +
        "say why the floor is lowered here; it becomes a tag that the policy pack reports",
    );
    const { inputs } = (await record({ allowDeletion: "dev is made anew at will" })).one(STORE);
    expect(inputs).toMatchObject({
      deletionProtection: "DISABLED",
      tags: { "palisade:lowered:deletion-protection": "dev is made anew at will" },
    });
  });

  test("says by a tag that nobody asks about resources, and why", async () => {
    const { inputs } = (await record({ allowUnaskedResources: "the endpoint is too dear here" })).one(STORE);
    expect(inputs).toMatchObject({
      deletionProtection: "ENABLED",
      tags: { "palisade:lowered:resource-permissions": "the endpoint is too dear here" },
    });
  });

  test("has the team's tags, a namespace of its own, and names under its own", async () => {
    const policies = Object.fromEntries(
      Object.entries(POLICIES).map(([file, text]) => [file, text.replaceAll("Palisade::", "Shop::")]),
    );
    const recording = await record({ teamTags: { team: "orders" }, namespace: "Shop", policies });
    expect(recording.one(STORE).inputs).toMatchObject({ tags: { team: "orders" } });
    expect(recording.one(SOURCE).inputs).toMatchObject({ principalEntityType: "Shop::User" });
    expectNamesPrefixed(recording, recording.one("palisade:index:PolicyStore"));
    expectPartitionSafe(recording);
  });

  test("gives its id and ARN, and a statement for those who ask", async () => {
    let store: PolicyStore | undefined;
    const recording = await recordStack(() => {
      store = new PolicyStore("permissions", args());
      return store;
    });
    const { policyStoreId, policyStoreArn, statement } = store as PolicyStore;
    expect(await resolved(policyStoreId)).toBe(resolvedId(recording));
    expect(await resolved(pulumi.output((store as PolicyStore).statement()))).toEqual({
      sid: "AskPolicyStore",
      actions: ["verifiedpermissions:IsAuthorizedWithToken"],
      resources: [await resolved(policyStoreArn)],
    });
    expect(statement.call(store, "IsAuthorized", "GetPolicy").actions).toEqual([
      "verifiedpermissions:IsAuthorized",
      "verifiedpermissions:GetPolicy",
    ]);
  });
});

function resolvedId(recording: Awaited<ReturnType<typeof record>>): unknown {
  return recording.one(STORE).outputs.policyStoreId;
}

describe("the schema", () => {
  test("has an action for each protected operation, on the API and on the resource that it names", () => {
    expect(cedarSchema(API_DOCUMENT)).toEqual({
      Palisade: {
        entityTypes: {
          User: { memberOfTypes: ["Role"], shape: { type: "Record", attributes: {} } },
          Role: { memberOfTypes: [], shape: { type: "Record", attributes: {} } },
          Api: { memberOfTypes: [], shape: { type: "Record", attributes: {} } },
          Owner: {
            memberOfTypes: [],
            shape: {
              type: "Record",
              attributes: {
                keepers: { type: "Entity", name: "Role", required: true },
                age: { type: "Long", required: true },
              },
            },
          },
          Pet: {
            memberOfTypes: [],
            shape: {
              type: "Record",
              attributes: {
                owner: { type: "Entity", name: "Owner", required: true },
                tame: { type: "Boolean", required: true },
                kind: { type: "String", required: true },
              },
            },
          },
        },
        actions: {
          replacePet: {
            appliesTo: {
              principalTypes: ["User"],
              resourceTypes: ["Api", "Pet"],
              context: { type: "Record", attributes: {} },
            },
          },
        },
      },
    });
  });

  test("of a document without resources has the API alone", () => {
    const { Palisade } = cedarSchema(smallDocument());
    expect(Object.keys(Palisade?.entityTypes ?? {})).toEqual(["User", "Role", "Api"]);
    expect(Palisade?.actions.replacePet?.appliesTo?.resourceTypes).toEqual(["Api"]);
  });

  test.each<[string, (string | number)[], unknown, string]>([
    [
      "a type of a lower-case name",
      ["x-palisade-resources", "pet"],
      {},
      'OpenAPI document "Pets": x-palisade-resources.pet is an entity type named "pet"; allowed: letters and digits, the first an ' +
        "upper-case letter, and none of User, Role, Api, String, Long, Boolean, Bool, Set, Record, Entity; to fix it, rename the type",
    ],
    [
      "a type that every schema has",
      ["x-palisade-resources", "User"],
      {},
      'OpenAPI document "Pets": x-palisade-resources.User is an entity type named "User"; allowed: letters and digits, the first an ' +
        "upper-case letter, and none of User, Role, Api, String, Long, Boolean, Bool, Set, Record, Entity; to fix it, rename the type",
    ],
    [
      "an attribute of an unknown type",
      ["x-palisade-resources", "Pet", "kind"],
      "string",
      'OpenAPI document "Pets": x-palisade-resources.Pet.kind is "string"; allowed: String, Long, Boolean, Role, User, Owner, Pet; to fix ' +
        "it, name one of these types",
    ],
    [
      "a resource that is none",
      ["paths", "/pets/{petId}", "put", "x-palisade-resource"],
      "Cat",
      'OpenAPI document "Pets": paths["/pets/{petId}"].put.x-palisade-resource is "Cat"; allowed: an entity type of ' +
        "x-palisade-resources: Owner, Pet; to fix it, name one of these types, or add it",
    ],
    [
      "resources that are no record",
      ["x-palisade-resources"],
      ["Pet"],
      'OpenAPI document "Pets": x-palisade-resources is ["Pet"]; allowed: a plain object of the parsed document; to fix it, pass the ' +
        "document parsed, and as a literal, not as an Output or as text",
    ],
  ])("refuses %s", (_what, place, value, sentence) => {
    expect(() => cedarSchema(set(API_DOCUMENT, place, value))).toThrow(new PalisadeError(sentence));
  });

  test("names a document without a title", () => {
    const document = set(set(smallDocument(), ["info", "title"], undefined), ["x-palisade-resources"], 1);
    expect(() => cedarSchema(document)).toThrow('OpenAPI document "without a title": x-palisade-resources is 1;');
    const bare = set(smallDocument(), ["paths", "/pets/{petId}", "put", "x-palisade-resource"], "Cat");
    expect(() => cedarSchema(bare)).toThrow("allowed: an entity type of x-palisade-resources: there is none;");
  });
});
