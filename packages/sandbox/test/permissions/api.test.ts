import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  BatchIsAuthorizedCommand,
  BatchIsAuthorizedWithTokenCommand,
  CreateIdentitySourceCommand,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  DeleteIdentitySourceCommand,
  DeletePolicyCommand,
  DeletePolicyStoreCommand,
  GetIdentitySourceCommand,
  GetPolicyCommand,
  GetPolicyStoreCommand,
  GetSchemaCommand,
  IsAuthorizedCommand,
  type IsAuthorizedCommandInput,
  IsAuthorizedWithTokenCommand,
  ListIdentitySourcesCommand,
  ListPoliciesCommand,
  ListPolicyStoresCommand,
  PutSchemaCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateIdentitySourceCommand,
  UpdatePolicyCommand,
  UpdatePolicyStoreCommand,
} from "@aws-sdk/client-verifiedpermissions";
import type { JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPermissions } from "../../src/permissions/index.ts";
import { CLIENT_ID, type PermissionsGround, startGround, USER_POOL_ARN, USER_POOL_ID } from "./ground.ts";

const record = (attributes: object) => ({ type: "Record", attributes });
const SCHEMA = {
  Palisade: {
    entityTypes: {
      User: { memberOfTypes: ["Role"], shape: record({}) },
      Role: {},
      Box: {
        shape: record({
          owner: { type: "Entity", name: "Role" },
          open: { type: "Boolean" },
          size: { type: "Long" },
          names: { type: "Set", element: { type: "String" } },
          place: record({ city: { type: "String" } }),
          address: { type: "Extension", name: "ipaddr" },
          weight: { type: "Extension", name: "decimal" },
        }),
      },
    },
    actions: {
      look: {
        appliesTo: {
          principalTypes: ["User"],
          resourceTypes: ["Box"],
          context: record({
            token: { required: false, ...record({ scope: { type: "Set", element: { type: "String" } } }) },
            hour: { type: "Long", required: false },
          }),
        },
      },
      take: { appliesTo: { principalTypes: ["User"], resourceTypes: ["Box"], context: record({}) } },
    },
  },
};
const POLICIES = {
  owners: `permit (principal in Palisade::Role::"${USER_POOL_ID}|keeper", action, resource is Palisade::Box)
    when { principal in resource.owner && resource.open && resource.size < 10 && resource.names.contains("red") &&
      resource.place.city == "Linz" && resource.address.isLoopback() && resource.weight.lessThan(decimal("2.5")) };`,
  scope: `permit (principal, action == Palisade::Action::"look", resource)
    when { context has token && context.token has scope && context.token.scope.contains("boxes/look") };`,
  night: `forbid (principal, action == Palisade::Action::"look", resource) when { context has hour && context.hour < 6 };`,
};
const KEEPERS = { entityType: "Palisade::Role", entityId: `${USER_POOL_ID}|keeper` };
const box = { entityType: "Palisade::Box", entityId: "1" };
const boxEntity = {
  identifier: box,
  attributes: {
    owner: { entityIdentifier: KEEPERS },
    open: { boolean: true },
    size: { long: 9 },
    names: { set: [{ string: "red" }] },
    place: { record: { city: { string: "Linz" } } },
    address: { ipaddr: "127.0.0.1" },
    weight: { decimal: "2.4" },
  },
};
const entities = { entityList: [boxEntity] };
const look = { actionType: "Palisade::Action", actionId: "look" };
const alice = { entityType: "Palisade::User", entityId: `${USER_POOL_ID}|alice` };
const aliceEntity = { identifier: alice, parents: [KEEPERS] };

let ground: PermissionsGround;
let policyStoreId: string;
let ids: Map<string, string>;

beforeAll(async () => {
  ground = await startGround();
  ({ policyStoreId, ids } = await ground.store(SCHEMA, POLICIES));
});

afterAll(() => ground.close());

const ask = (more: Partial<IsAuthorizedCommandInput> = {}) =>
  ground.client.send(
    new IsAuthorizedCommand({
      policyStoreId,
      principal: alice,
      action: look,
      resource: box,
      entities: { entityList: [boxEntity, aliceEntity] },
      ...more,
    }),
  );
const askWithToken = (accessToken: string, more: object = {}) =>
  ground.client.send(
    new IsAuthorizedWithTokenCommand({ policyStoreId, accessToken, action: look, resource: box, entities, ...more }),
  );
const nameOf = (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: Error) => error.name,
  );
const messageOf = (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe("IsAuthorized", () => {
  test("decides by the principal's entity, and names the policies that decided", async () => {
    const { decision, determiningPolicies, errors } = await ask();
    expect({ decision, determiningPolicies, errors }).toEqual({
      decision: "ALLOW",
      determiningPolicies: [{ policyId: ids.get("owners") }],
      errors: [],
    });
    expect((await ask({ entities })).decision).toBe("DENY");
  });

  test.each(["open", "size", "names", "place", "address", "weight"])("reads the attribute %s", async (attribute) => {
    const other = {
      open: { boolean: false },
      size: { long: 10 },
      names: { set: [] },
      place: { record: { city: { string: "Graz" } } },
      address: { ipaddr: "10.0.0.1" },
      weight: { decimal: "2.5" },
    }[attribute];
    const changed = { ...boxEntity, attributes: { ...boxEntity.attributes, [attribute]: other } };
    expect((await ask({ entities: { entityList: [changed as typeof boxEntity, aliceEntity] } })).decision).toBe("DENY");
  });

  test("reads entities and context in Cedar's own JSON", async () => {
    const cedarJson = JSON.stringify([
      { uid: { type: "Palisade::User", id: alice.entityId }, attrs: {}, parents: [] },
      {
        uid: { type: "Palisade::Box", id: "1" },
        attrs: {
          owner: { __entity: { type: "Palisade::Role", id: "x" } },
          open: true,
          size: 1,
          names: [],
          place: { city: "Linz" },
          address: { __extn: { fn: "ip", arg: "127.0.0.1" } },
          weight: { __extn: { fn: "decimal", arg: "1.0" } },
        },
        parents: [],
      },
    ]);
    const context = { cedarJson: '{"token":{"scope":["boxes/look"]}}' };
    const answer = await ask({ entities: { cedarJson }, context });
    expect([answer.decision, answer.determiningPolicies]).toEqual(["ALLOW", [{ policyId: ids.get("scope") }]]);
    expect(await messageOf(ask({ context: { cedarJson: "{" } }))).toBe(
      "ValidationException: context.cedarJson is not JSON",
    );
  });

  test("a forbid goes before every permit", async () => {
    const answer = await ask({ context: { contextMap: { hour: { long: 5 } } } });
    expect([answer.decision, answer.determiningPolicies]).toEqual(["DENY", [{ policyId: ids.get("night") }]]);
  });

  test.each<[string, Partial<IsAuthorizedCommandInput>, string]>([
    ["no principal", { principal: undefined }, "principal must have an entityType and an entityId"],
    ["no action", { action: undefined }, "must have an actionType and an actionId"],
    ["no resource", { resource: undefined }, "resource must have an entityType and an entityId"],
    [
      "an entity without a name",
      { entities: { entityList: [{ identifier: undefined }] } },
      "entities.entityList[0].identifier must have an entityType and an entityId",
    ],
    [
      "a value of no type",
      { context: { contextMap: { hour: {} as never } } },
      "context.contextMap.hour has no value that is known",
    ],
    [
      "a value of two types",
      { context: { contextMap: { hour: { long: 1, string: "x" } as never } } },
      "context.contextMap.hour must have one member",
    ],
  ])("refuses %s", async (_what, more, message) => {
    expect(await messageOf(ask(more))).toBe(`ValidationException: ${message}`);
  });

  test("refuses what does not fit the schema, as a store in STRICT mode does", async () => {
    const text = await messageOf(ask({ context: { contextMap: { minute: { long: 1 } } } }));
    expect(text).toMatch(/^ValidationException: .*context/);
    expect(await nameOf(ask({ action: { ...look, actionId: "leave" } }))).toBe("ValidationException");
    const { open: _open, ...attributes } = boxEntity.attributes;
    expect(await nameOf(ask({ entities: { entityList: [{ ...boxEntity, attributes }] } }))).toBe("ValidationException");
  });
});

describe("IsAuthorizedWithToken", () => {
  test("takes the principal and its groups from the token", async () => {
    const answer = await askWithToken(await ground.token(["keeper"]));
    expect([answer.decision, answer.principal]).toEqual(["ALLOW", alice]);
    expect((await askWithToken(await ground.token(["visitor"]))).decision).toBe("DENY");
    expect((await askWithToken(await ground.token([], { "cognito:groups": undefined }))).decision).toBe("DENY");
  });

  test("gives an access token's claims that the schema has to the context", async () => {
    const answer = await askWithToken(await ground.token([], { scope: "openid boxes/look" }));
    expect([answer.decision, answer.determiningPolicies]).toEqual(["ALLOW", [{ policyId: ids.get("scope") }]]);
  });

  test("takes nobody's word for users and groups", async () => {
    const token = await ground.token(["visitor"]);
    for (const entity of [aliceEntity, { identifier: KEEPERS }]) {
      expect(await messageOf(askWithToken(token, { entities: { entityList: [boxEntity, entity] } }))).toBe(
        `ValidationException: must not hold an entity of the type ${entity.identifier.entityType}, which the identity source says`,
      );
    }
  });

  const hour = Math.floor(Date.now() / 1000) - 3600;
  test.each<[string, JWTPayload, object]>([
    ["ended", { exp: hour }, {}],
    ["of another pool", { iss: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other" }, {}],
    ["of another client", { client_id: "client2" }, {}],
    ["for identity", { token_use: "id", aud: CLIENT_ID }, {}],
    ["without an end", { exp: undefined }, {}],
    ["of an unknown key", {}, { kid: "key-2" }],
  ])("refuses a token %s", async (_what, claims, header) => {
    const text = await messageOf(askWithToken(await ground.token(["keeper"], claims, header)));
    expect(text).toMatch(/^ValidationException: The token is not valid: /);
  });

  test("refuses a token that somebody changed, and one without a signature", async () => {
    const [head = "", body = "", signature = ""] = (await ground.token(["visitor"])).split(".");
    const claims = { ...JSON.parse(Buffer.from(body, "base64url").toString()), "cognito:groups": ["keeper"] };
    const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const token of [`${head}.${forged}.${signature}`, `${none}.${forged}.`, "a.b.c", "nonsense"]) {
      expect(await messageOf(askWithToken(token))).toMatch(/^ValidationException: The token is not valid: /);
    }
  });

  test("takes an identity token under its own name only", async () => {
    const identityToken = await ground.token(["keeper"], { token_use: "id", aud: CLIENT_ID });
    expect((await askWithToken("", { accessToken: undefined, identityToken })).decision).toBe("ALLOW");
    expect(await nameOf(askWithToken("", { accessToken: undefined, identityToken: await ground.token([]) }))).toBe(
      "ValidationException",
    );
    expect(await nameOf(askWithToken(identityToken, { identityToken }))).toBe("ValidationException");
    expect(await nameOf(askWithToken("", { accessToken: undefined }))).toBe("ValidationException");
  });
});

describe("a batch", () => {
  const batch = (accessToken: string, requests: object[]) =>
    ground.client.send(
      new BatchIsAuthorizedWithTokenCommand({ policyStoreId, accessToken, entities, requests: requests as [] }),
    );

  test("is answered in its order, each answer with its request", async () => {
    const requests = [
      { action: { ...look, actionId: "take" }, resource: box },
      { action: look, resource: box },
    ];
    const { results, principal } = await batch(await ground.token([], { scope: "boxes/look" }), requests);
    expect(principal).toEqual(alice);
    expect(results?.map(({ request, decision }) => [request, decision])).toEqual([
      [requests[0], "DENY"],
      [requests[1], "ALLOW"],
    ]);
  });

  test("has 1 to 30 requests", async () => {
    const token = await ground.token(["keeper"]);
    const request = { action: look, resource: box };
    expect((await batch(token, Array(30).fill(request))).results).toHaveLength(30);
    for (const count of [0, 31]) {
      expect(await messageOf(batch(token, Array(count).fill(request)))).toBe(
        "ValidationException: must have between 1 and 30 items",
      );
    }
  });

  test("without a token has one principal or one resource", async () => {
    const send = (requests: object[]) =>
      ground.client.send(
        new BatchIsAuthorizedCommand({
          policyStoreId,
          entities: { entityList: [boxEntity, aliceEntity] },
          requests: requests as [],
        }),
      );
    const request = { principal: alice, action: look, resource: box };
    const { results } = await send([request, { ...request, principal: { ...alice, entityId: "bob" } }]);
    expect(results?.map(({ decision }) => decision)).toEqual(["ALLOW", "DENY"]);
    const other = { principal: { ...alice, entityId: "bob" }, action: look, resource: { ...box, entityId: "2" } };
    expect(await nameOf(send([request, other]))).toBe("ValidationException");
  });
});

describe("a store", () => {
  test("is made, described, changed, tagged and deleted", async () => {
    const send = ground.client.send.bind(ground.client);
    const made = await send(
      new CreatePolicyStoreCommand({
        validationSettings: { mode: "STRICT" },
        deletionProtection: "ENABLED",
        description: "one",
        tags: { a: "1" },
      }),
    );
    const id = made.policyStoreId;
    expect(made.arn).toBe(`arn:aws:verifiedpermissions::123456789012:policy-store/${id}`);
    expect(made.createdDate).toBeInstanceOf(Date);
    await send(new TagResourceCommand({ resourceArn: made.arn, tags: { b: "2" } }));
    await send(new UntagResourceCommand({ resourceArn: made.arn, tagKeys: ["a"] }));
    const read = await send(new GetPolicyStoreCommand({ policyStoreId: id, tags: true }));
    expect(read).toMatchObject({
      validationSettings: { mode: "STRICT" },
      deletionProtection: "ENABLED",
      description: "one",
      tags: { b: "2" },
    });
    const { policyStores } = await send(new ListPolicyStoresCommand({}));
    expect(policyStores?.map(({ policyStoreId }) => policyStoreId)).toContain(id);
    expect(await messageOf(send(new DeletePolicyStoreCommand({ policyStoreId: id })))).toBe(
      "InvalidStateException: The policy store can't be deleted: its deletion protection is enabled.",
    );
    await send(
      new UpdatePolicyStoreCommand({
        policyStoreId: id,
        validationSettings: { mode: "OFF" },
        deletionProtection: "DISABLED",
        description: "two",
      }),
    );
    expect(await send(new GetPolicyStoreCommand({ policyStoreId: id }))).toMatchObject({
      validationSettings: { mode: "OFF" },
      description: "two",
    });
    await send(new DeletePolicyStoreCommand({ policyStoreId: id }));
    // It is gone, and its deletion can be repeated.
    await send(new DeletePolicyStoreCommand({ policyStoreId: id }));
    const gone = await send(new GetPolicyStoreCommand({ policyStoreId: id })).catch((error) => error);
    expect(gone).toMatchObject({
      name: "ResourceNotFoundException",
      resourceId: id,
      resourceType: "POLICY_STORE",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("refuses another validation mode", async () => {
    const validationSettings = { mode: "SOFT" as "OFF" };
    expect(await nameOf(ground.client.send(new CreatePolicyStoreCommand({ validationSettings })))).toBe(
      "ValidationException",
    );
  });

  test("decides by its policies as they are now", async () => {
    const send = ground.client.send.bind(ground.client);
    const { policyStoreId: id } = await ground.store(SCHEMA, {});
    const decided = async () => (await ask({ policyStoreId: id })).decision;
    expect(await decided()).toBe("DENY");
    const statement = "permit (principal, action, resource);";
    const { policyId } = await send(
      new CreatePolicyCommand({ policyStoreId: id, definition: { static: { statement } } }),
    );
    expect(await decided()).toBe("ALLOW");
    const other = 'permit (principal, action == Palisade::Action::"take", resource);';
    await send(new UpdatePolicyCommand({ policyStoreId: id, policyId, definition: { static: { statement: other } } }));
    expect(await decided()).toBe("DENY");
    const read = await send(new GetPolicyCommand({ policyStoreId: id, policyId }));
    expect(read).toMatchObject({ policyType: "STATIC", definition: { static: { statement: other } } });
    const { policies } = await send(new ListPoliciesCommand({ policyStoreId: id }));
    expect(policies?.map((policy) => policy.policyId)).toEqual([policyId]);
    await send(new DeletePolicyCommand({ policyStoreId: id, policyId }));
    expect(await nameOf(send(new GetPolicyCommand({ policyStoreId: id, policyId })))).toBe("ResourceNotFoundException");
  });

  test("in STRICT mode takes only policies that fit its schema, one at a time", async () => {
    const create = (id: string, statement: string) =>
      ground.client.send(new CreatePolicyCommand({ policyStoreId: id, definition: { static: { statement } } }));
    expect(
      await messageOf(create(policyStoreId, 'permit (principal, action == Palisade::Action::"lok", resource);')),
    ).toMatch(/^ValidationException: .*unrecognized action/);
    expect(await nameOf(create(policyStoreId, "permit (principal"))).toBe("ValidationException");
    expect(await nameOf(create(policyStoreId, ""))).toBe("ValidationException");
    const two = "permit (principal, action, resource); forbid (principal, action, resource);";
    expect(await messageOf(create(policyStoreId, two))).toBe(
      "ValidationException: a static policy must have exactly one policy statement",
    );
    const empty = await ground.client.send(new CreatePolicyStoreCommand({ validationSettings: { mode: "STRICT" } }));
    expect(await messageOf(create(String(empty.policyStoreId), "permit (principal, action, resource);"))).toBe(
      "ValidationException: a policy store in STRICT mode needs a schema before its policies",
    );
    const off = await ground.client.send(new CreatePolicyStoreCommand({ validationSettings: { mode: "OFF" } }));
    expect(
      await nameOf(create(String(off.policyStoreId), 'permit (principal, action == X::Action::"y", resource);')),
    ).toBe("ok");
    expect(await nameOf(create(String(off.policyStoreId), " "))).toBe("ValidationException");
    // What OFF lets in, the engine must still be able to read.
    await create(String(off.policyStoreId), "nonsense");
    expect(await nameOf(ask({ policyStoreId: String(off.policyStoreId) }))).toBe("ValidationException");
  });

  test("keeps its schema, and refuses what is none", async () => {
    const send = ground.client.send.bind(ground.client);
    const { schema, namespaces } = await send(new GetSchemaCommand({ policyStoreId }));
    expect([JSON.parse(String(schema)), namespaces]).toEqual([SCHEMA, ["Palisade"]]);
    for (const cedarJson of ["{", '{"Palisade":{"entityTypes":{}}}', ""]) {
      expect(await nameOf(send(new PutSchemaCommand({ policyStoreId, definition: { cedarJson } })))).toBe(
        "ValidationException",
      );
    }
    const empty = await send(new CreatePolicyStoreCommand({ validationSettings: { mode: "STRICT" } }));
    expect(await nameOf(send(new GetSchemaCommand({ policyStoreId: empty.policyStoreId })))).toBe(
      "ResourceNotFoundException",
    );
  });

  test("has one identity source, which can be changed, and without it takes no token", async () => {
    const send = ground.client.send.bind(ground.client);
    const { policyStoreId: id } = await ground.store(SCHEMA, POLICIES);
    const { identitySources = [] } = await send(new ListIdentitySourcesCommand({ policyStoreId: id }));
    const identitySourceId = identitySources[0]?.identitySourceId;
    const read = await send(new GetIdentitySourceCommand({ policyStoreId: id, identitySourceId }));
    const configuration = {
      cognitoUserPoolConfiguration: {
        userPoolArn: USER_POOL_ARN,
        clientIds: [CLIENT_ID],
        groupConfiguration: { groupEntityType: "Palisade::Role" },
      },
    };
    expect([read.principalEntityType, read.configuration]).toEqual(["Palisade::User", configuration]);
    expect(await nameOf(send(new CreateIdentitySourceCommand({ policyStoreId: id, configuration })))).toBe(
      "ServiceQuotaExceededException",
    );
    const withoutGroups = { cognitoUserPoolConfiguration: { userPoolArn: USER_POOL_ARN } };
    await send(
      new UpdateIdentitySourceCommand({ policyStoreId: id, identitySourceId, updateConfiguration: withoutGroups }),
    );
    // Without the mapping of groups nobody is in one.
    const token = await ground.token(["keeper"], { client_id: "any" });
    expect((await askWithToken(token, { policyStoreId: id })).decision).toBe("DENY");
    expect((await send(new GetIdentitySourceCommand({ policyStoreId: id, identitySourceId }))).configuration).toEqual({
      cognitoUserPoolConfiguration: { userPoolArn: USER_POOL_ARN, clientIds: [] },
    });
    await send(new DeleteIdentitySourceCommand({ policyStoreId: id, identitySourceId }));
    expect((await send(new ListIdentitySourcesCommand({ policyStoreId: id }))).identitySources).toEqual([]);
    expect(await nameOf(send(new GetIdentitySourceCommand({ policyStoreId: id, identitySourceId })))).toBe(
      "ResourceNotFoundException",
    );
    expect(await messageOf(askWithToken(token, { policyStoreId: id }))).toBe(
      "ValidationException: the policy store has no identity source",
    );
    const elsewhere = { cognitoUserPoolConfiguration: { userPoolArn: "arn:aws:s3:::x" } };
    expect(await nameOf(send(new CreateIdentitySourceCommand({ policyStoreId: id, configuration: elsewhere })))).toBe(
      "ValidationException",
    );
    await send(new CreateIdentitySourceCommand({ policyStoreId: id, configuration: withoutGroups }));
    const again = await send(new ListIdentitySourcesCommand({ policyStoreId: id }));
    // Without a type of its own a principal has one that no schema can have (user guide, "Creating identity sources").
    expect(again.identitySources?.map((source) => source.principalEntityType)).toEqual(["AWS::Cognito"]);
  });
});

describe("a policy that cannot be evaluated", () => {
  test("is left out, and said", async () => {
    const { policyStoreId: id } = await ground.client.send(
      new CreatePolicyStoreCommand({ validationSettings: { mode: "OFF" } }),
    );
    const statement = "permit (principal, action, resource) when { resource.open };";
    await ground.client.send(new CreatePolicyCommand({ policyStoreId: id, definition: { static: { statement } } }));
    const answer = await ask({ policyStoreId: id, entities: { entityList: [{ identifier: box }] } });
    expect([answer.decision, answer.errors]).toEqual(["DENY", [{ errorDescription: expect.stringContaining("open") }]]);
  });

  test("reads tags, in either form of Cedar's JSON", async () => {
    const { policyStoreId: id } = await ground.client.send(
      new CreatePolicyStoreCommand({ validationSettings: { mode: "OFF" } }),
    );
    const statement =
      'permit (principal, action, resource) when { resource.hasTag("open") && resource.getTag("open") };';
    await ground.client.send(new CreatePolicyCommand({ policyStoreId: id, definition: { static: { statement } } }));
    const tagged = { entityList: [{ identifier: box, tags: { open: { boolean: true } } }] };
    expect((await ask({ policyStoreId: id, entities: tagged as never })).decision).toBe("ALLOW");
    const uid = { __entity: { type: "Palisade::User", id: "bob" } };
    const cedarJson = JSON.stringify([{ uid, attrs: {}, parents: [] }]);
    expect(await nameOf(askWithToken(await ground.token([]), { entities: { cedarJson } }))).toBe("ValidationException");
  });
});

describe("who may ask is the emulator's to say", () => {
  const asked = async (emulator: Parameters<typeof createServer>[1] | undefined) => {
    const server = createServer(emulator ?? (() => {})).listen(0, "127.0.0.1");
    await once(server, "listening");
    const emulatorUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (emulator === undefined) server.close();
    const permissions = await startPermissions({
      accountId: "1",
      partition: "aws",
      emulatorUrl: () => emulatorUrl,
    });
    try {
      const headers = { "x-amz-target": "VerifiedPermissions.ListPolicyStores", authorization: "AWS4-HMAC-SHA256 x" };
      const response = await fetch(permissions.url, { method: "POST", headers, body: '{"a":1}' });
      return [response.status, await response.text()];
    } finally {
      await permissions.close();
      server.closeAllConnections();
      server.close();
    }
  };

  test("is sent there as it was signed, and answered here when it passes", async () => {
    const requests: unknown[] = [];
    const passing = await asked((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const { authorization, host, "x-amz-target": target } = request.headers;
        requests.push([request.method, request.url, body, authorization, target, host]);
        response.end("{}");
      });
    });
    expect(passing).toEqual([200, '{"policyStores":[]}']);
    expect(requests).toEqual([
      [
        "POST",
        "/",
        '{"a":1}',
        "AWS4-HMAC-SHA256 x",
        "VerifiedPermissions.ListPolicyStores",
        expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      ],
    ]);
  });

  test("is refused in the emulator's words, and when it does not answer", async () => {
    const denied = '{"__type":"AccessDeniedException","message":"no"}';
    expect(await asked((_request, response) => void response.writeHead(400).end(denied))).toEqual([400, denied]);
    expect(await asked(undefined)).toEqual([
      500,
      '{"__type":"com.amazonaws.verifiedpermissions#InternalServerException","message":"Internal error"}',
    ]);
  });
});

describe("the wire", () => {
  const post = async (target: string, body: string) => {
    const response = await fetch(ground.permissions.url, { method: "POST", headers: { "x-amz-target": target }, body });
    return [response.status, JSON.parse(await response.text())];
  };

  test.each([
    ["VerifiedPermissions.Nonsense", "{}", "UnknownOperationException"],
    ["VerifiedPermissions.constructor", "{}", "UnknownOperationException"],
    ["DynamoDB_20120810.GetItem", "{}", "UnknownOperationException"],
    ["VerifiedPermissions.IsAuthorized", "{", "SerializationException"],
    ["VerifiedPermissions.IsAuthorized", "{}", "ValidationException"],
    ["VerifiedPermissions.CreatePolicy", "{}", "ValidationException"],
  ])("%s with %s is %s", async (target, body, name) => {
    const [status, { __type }] = await post(target, body);
    expect([status, __type]).toEqual([400, `com.amazonaws.verifiedpermissions#${name}`]);
  });

  test("what is left out stays as it is, and what is needed is missed", async () => {
    const body = JSON.stringify({ policyStoreId });
    expect((await post("VerifiedPermissions.UpdatePolicyStore", body))[0]).toBe(200);
    expect(await ground.client.send(new GetPolicyStoreCommand({ policyStoreId }))).toMatchObject({
      validationSettings: { mode: "STRICT" },
      deletionProtection: "DISABLED",
    });
    const { policyStoreId: id } = await ground.client.send(
      new CreatePolicyStoreCommand({ validationSettings: { mode: "OFF" } }),
    );
    const [status, { fieldList }] = await post(
      "VerifiedPermissions.CreateIdentitySource",
      JSON.stringify({ policyStoreId: id }),
    );
    const path = "configuration.cognitoUserPoolConfiguration.userPoolArn";
    expect([status, fieldList]).toEqual([400, [{ path, message: "must be the ARN of a user pool" }]]);
  });

  test("a request has at most 1 MB", async () => {
    const [status, { message }] = await post("VerifiedPermissions.IsAuthorized", "x".repeat(1024 * 1024 + 1));
    expect([status, message]).toEqual([400, "The request is too large."]);
  });

  test("a question can be made to go wrong, and the management of stores not", async () => {
    const before = ground.permissions.asked();
    const faults = [
      ["throttled", "ThrottlingException"],
      ["error", "InternalServerException"],
      ["malformed", "SyntaxError"],
    ] as const;
    for (const [fault, name] of faults) {
      ground.permissions.fail(fault);
      expect(await nameOf(ask())).toBe(name);
      expect(await nameOf(ground.client.send(new GetPolicyStoreCommand({ policyStoreId })))).toBe("ok");
    }
    ground.permissions.fail("other-answer");
    expect((await ask()).decision).toBe("MAYBE");
    ground.permissions.fail("slow");
    await expect(
      fetch(ground.permissions.url, {
        method: "POST",
        headers: { "x-amz-target": "VerifiedPermissions.IsAuthorized" },
        body: "{}",
        signal: AbortSignal.timeout(300),
      }),
    ).rejects.toThrow("aborted due to timeout");
    ground.permissions.fail(undefined);
    expect((await ask()).decision).toBe("ALLOW");
    expect(ground.permissions.asked() - before).toBe(6);
  });
});
