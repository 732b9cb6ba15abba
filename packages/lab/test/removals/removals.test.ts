import { describe, expect, it } from "vitest";
import { insertsOrders, noteColumn } from "../../src/removals/database-column.ts";
import { databaseGrants } from "../../src/removals/database-grants.ts";
import { removeFirewall } from "../../src/removals/edge-firewall.ts";
import { routeOf } from "../../src/removals/gateway-method.ts";
import { modulesByFunction, removeDefences, SETTINGS } from "../../src/removals/index.ts";
import { moduleOf, standInOf } from "../../src/removals/modules.ts";
import { type FakeAnswers, type FakeCommand, fakeStage } from "../fake-stage.ts";

const attack = { operation: "placeOrder", target: "orders" };
const resources = {
  items: [
    { id: "root", path: "/" },
    { id: "res1", path: "/orders" },
  ],
};

function gateway(method: object): FakeAnswers {
  return {
    command: ({ name }: FakeCommand) => {
      if (name === "GetResources") return resources;
      return name === "GetMethod" ? method : {};
    },
  };
}
const patches = (commands: readonly FakeCommand[]) =>
  commands.filter(({ name }) => name === "UpdateMethod").map(({ input }) => input.patchOperations);

describe("the gateway's defences", () => {
  it("lose the authorizer on the attacked method, deploy that, and get it back", async () => {
    const stage = fakeStage(gateway({ authorizationType: "CUSTOM", authorizerId: "auth1" }));
    const restore = await removeDefences(stage, attack, ["gateway:authorizer"]);
    expect(stage.commands.at(-2)?.input).toMatchObject({ restApiId: "api1", resourceId: "res1", httpMethod: "POST" });
    expect(stage.commands.at(-1)).toEqual({
      name: "CreateDeployment",
      input: { restApiId: "api1", stageName: "prod" },
    });
    await restore();
    expect(patches(stage.commands)).toEqual([
      [{ op: "replace", path: "/authorizationType", value: "NONE" }],
      [
        { op: "replace", path: "/authorizationType", value: "CUSTOM" },
        { op: "replace", path: "/authorizerId", value: "auth1" },
      ],
    ]);
  });

  it("lose the validator and get it back", async () => {
    const stage = fakeStage(gateway({ requestValidatorId: "val1" }));
    await (await removeDefences(stage, attack, ["gateway:model"]))();
    expect(patches(stage.commands)).toEqual([
      [{ op: "replace", path: "/requestValidatorId", value: "" }],
      [{ op: "replace", path: "/requestValidatorId", value: "val1" }],
    ]);
  });

  it.each([
    ["gateway:authorizer", gateway({}), "gateway:authorizer: the method of placeOrder has authorization type NONE"],
    ["gateway:model", gateway({}), "gateway:model: the method of placeOrder has no validator"],
    ["gateway:model", {}, "the API of prod has no resource /orders"],
  ] as const)("%s cannot be taken away where it is not", async (id, answers, sentence) => {
    await expect(removeDefences(fakeStage(answers), attack, [id])).rejects.toThrow(sentence);
  });

  it("find the method of an operation in the contract", () => {
    expect(routeOf("getReceipt")).toEqual({ path: "/orders/{orderId}/receipt", httpMethod: "GET" });
    expect(() => routeOf("fly")).toThrow("functions/openapi.yaml has no operation fly");
  });
});

describe("the whole firewall", () => {
  const ResourceArn = "arn:aws:apigateway:us-east-1::/restapis/api1/stages/prod";

  it("is taken from in front of the stage, and put back", async () => {
    const stage = fakeStage({ command: () => ({ WebACL: { ARN: "arn:acl" } }) });
    const restore = await removeFirewall(stage);
    expect(stage.commands.slice(1)).toEqual([{ name: "DisassociateWebACL", input: { ResourceArn } }]);
    expect(stage.reloads).toEqual([2]);
    await restore();
    expect(stage.commands.at(-1)).toEqual({ name: "AssociateWebACL", input: { ResourceArn, WebACLArn: "arn:acl" } });
    expect(stage.reloads).toEqual([2, 3]);
  });

  it("cannot be taken away where none is: a run without it would prove nothing", async () => {
    await expect(removeFirewall(fakeStage())).rejects.toThrow("no web ACL is associated with the stage of prod");
  });
});

describe("the policies about an order", () => {
  const asking = (variables?: object) => ({
    command: ({ name }: FakeCommand) => {
      if (name === "GetFunctionConfiguration") return { Environment: { Variables: variables } };
      return name === "CreatePolicy" ? { policyId: "p1" } : {};
    },
  });

  it("get one that permits the operation to everybody, in the store that the function asks, and lose it again", async () => {
    const stage = fakeStage(asking({ POLICY_STORE_ID: "PS1" }));
    const restore = await removeDefences(stage, { operation: "getOrder", target: "orders" }, ["permissions:order"]);
    const statement = 'permit (principal, action == Palisade::Action::"getOrder", resource is Palisade::Order);';
    expect(stage.commands).toEqual([
      { name: "GetFunctionConfiguration", input: { FunctionName: "orders-1" } },
      { name: "CreatePolicy", input: { policyStoreId: "PS1", definition: { static: { statement } } } },
    ]);
    await restore();
    expect(stage.commands.at(-1)).toEqual({ name: "DeletePolicy", input: { policyStoreId: "PS1", policyId: "p1" } });
  });

  it.each([[undefined], [{}], [{ POLICY_STORE_ID: "none" }]])(
    "cannot be widened where nobody asks them: %j",
    async (variables) => {
      await expect(removeDefences(fakeStage(asking(variables)), attack, ["permissions:order"])).rejects.toThrow(
        "permissions:order: orders of prod asks no policy store",
      );
    },
  );

  it("and the check of tokens are asked by the authorizer and by the functions on orders", () => {
    const ids = ["authorizer:token", "permissions:verified-token"] as const;
    expect([...modulesByFunction("partners", ids)]).toEqual([["authorizer", [...ids]]]);
    expect([...modulesByFunction("orders", ids)]).toEqual([
      ["authorizer", [...ids]],
      ["orders", ["permissions:verified-token"]],
    ]);
  });
});

describe("a rule of the firewall", () => {
  const rule = (Name: string) => ({ Name, Priority: 1 });
  const acl = (...names: string[]) => ({
    Name: "edge",
    Id: "id1",
    DefaultAction: { Allow: {} },
    VisibilityConfig: { MetricName: "m" },
    Rules: names.map(rule),
  });

  /** A web ACL that is what it was last updated to. */
  function firewall(names: string[]): { stage: ReturnType<typeof fakeStage>; rules: () => string[] } {
    let now: object = acl(...names);
    const stage = fakeStage({
      command: ({ name, input }) => {
        if (name === "UpdateWebACL") now = { ...now, Rules: input.Rules };
        return name === "GetWebACL"
          ? { WebACL: { AssociationConfig: { a: 1 }, CustomResponseBodies: { b: 2 } }, LockToken: "l1" }
          : { WebACL: now };
      },
    });
    return { stage, rules: () => (now as { Rules: { Name: string }[] }).Rules.map(({ Name }) => Name) };
  }

  it("is taken out of the deployed web ACL, which is read anew, and put back", async () => {
    const { stage, rules } = firewall(["size-limits", "rate-per-address", "rate-sign-in"]);
    const restore = await removeDefences(stage, attack, ["edge:rate-limit"]);
    expect(rules()).toEqual(["size-limits"]);
    expect(stage.commands[0]).toEqual({
      name: "GetWebACLForResource",
      input: { ResourceArn: "arn:aws:apigateway:us-east-1::/restapis/api1/stages/prod" },
    });
    expect(stage.commands.at(-1)).toMatchObject({
      name: "UpdateWebACL",
      input: {
        Name: "edge",
        Id: "id1",
        Scope: "REGIONAL",
        LockToken: "l1",
        AssociationConfig: { a: 1 },
        CustomResponseBodies: { b: 2 },
      },
    });
    expect(stage.reloads.length).toBe(1);
    await restore();
    expect(rules()).toEqual(["size-limits", "rate-per-address", "rate-sign-in"]);
    expect(stage.reloads.length).toBe(2);
  });

  it("goes and comes with others", async () => {
    const { stage, rules } = firewall(["size-limits", "sql-injection", "cross-site-scripting"]);
    const restore = await removeDefences(stage, attack, ["edge:body-size", "edge:script"]);
    expect(rules()).toEqual(["sql-injection"]);
    await restore();
    expect(rules().sort()).toEqual(["cross-site-scripting", "size-limits", "sql-injection"]);
  });

  it("cannot be taken away where it is not", async () => {
    await expect(removeDefences(firewall([]).stage, attack, ["edge:geo"])).rejects.toThrow(
      "edge:geo: the web ACL of prod has no such rule",
    );
    await expect(removeDefences(fakeStage(), attack, ["edge:geo"])).rejects.toThrow(
      "no web ACL is associated with the stage of prod",
    );
  });
});

describe("the role", () => {
  const boundary = { Role: { PermissionsBoundary: { PermissionsBoundaryArn: "arn:boundary" } } };
  const everything = { RoleName: "orders-role", PolicyName: "lab-everything" };

  it("gets every right and loses its boundary, and back again", async () => {
    const stage = fakeStage({ command: ({ name }) => (name === "GetRole" ? boundary : {}) });
    const restore = await removeDefences(stage, attack, ["iam:role"]);
    expect(stage.commands.slice(1)).toEqual([
      { name: "DeleteRolePermissionsBoundary", input: { RoleName: "orders-role" } },
      { name: "PutRolePolicy", input: { ...everything, PolicyDocument: expect.stringContaining('"Action":"*"') } },
    ]);
    await restore();
    expect(stage.commands.slice(3)).toEqual([
      { name: "DeleteRolePolicy", input: everything },
      {
        name: "PutRolePermissionsBoundary",
        input: { RoleName: "orders-role", PermissionsBoundary: "arn:boundary" },
      },
    ]);
  });

  it("may have no boundary", async () => {
    const stage = fakeStage();
    await (await removeDefences(stage, attack, ["iam:role"]))();
    expect(stage.commands.map(({ name }) => name)).toEqual(["GetRole", "PutRolePolicy", "DeleteRolePolicy"]);
  });

  it("of the team is the one whose credentials are stolen", async () => {
    const teamRoleArns = { catalog: "arn:aws:iam::1:role/palisade/developers/catalog-1" };
    const stage = fakeStage({ outputs: { teamRoleArns } });
    await removeDefences(stage, attack, ["iam:team-access"]);
    expect(stage.commands.at(-1)).toMatchObject({ name: "PutRolePolicy", input: { RoleName: "catalog-1" } });
    await expect(removeDefences(fakeStage(), attack, ["iam:team-access"])).rejects.toThrow(
      "iam:team-access: prod has no role of the team catalog",
    );
  });
});

describe("code signing", () => {
  it("is taken from the function, and given back", async () => {
    const stage = fakeStage({
      command: ({ name }) => (name === "GetFunctionCodeSigningConfig" ? { CodeSigningConfigArn: "arn:csc" } : {}),
    });
    const restore = await removeDefences(stage, attack, ["function:code-signing"]);
    expect(stage.commands.at(-1)).toEqual({
      name: "DeleteFunctionCodeSigningConfig",
      input: { FunctionName: "orders-1" },
    });
    await restore();
    expect(stage.commands.at(-1)).toEqual({
      name: "PutFunctionCodeSigningConfig",
      input: { FunctionName: "orders-1", CodeSigningConfigArn: "arn:csc" },
    });
  });

  it("cannot be taken away where there is none", async () => {
    await expect(removeDefences(fakeStage(), attack, ["function:code-signing"])).rejects.toThrow(
      "function:code-signing: orders takes any code as it is",
    );
  });
});

describe("the permission to call", () => {
  it("loses its source, of the authorizer and of the function, where the gateway calls them, and gets it back", async () => {
    const stage = fakeStage({
      command: ({ name, input }) =>
        name === "ListAliases" && input.FunctionName === "orders-1" ? { Aliases: [{ Name: "live" }] } : {},
    });
    const restore = await removeDefences(stage, attack, ["iam:invoke-permission"]);
    const permissions = (name: string) => stage.commands.filter((one) => one.name === name).map(({ input }) => input);
    const open = {
      StatementId: "lab-any-api",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    };
    expect(permissions("AddPermission")).toEqual([
      { FunctionName: "auth-1", ...open },
      { FunctionName: "orders-1", Qualifier: "live", ...open },
    ]);
    await restore();
    expect(permissions("RemovePermission")).toEqual([
      { FunctionName: "auth-1", StatementId: "lab-any-api" },
      { FunctionName: "orders-1", Qualifier: "live", StatementId: "lab-any-api" },
    ]);
  });
});

const connectsAs = (DATABASE_USER?: string) => ({
  command: () => ({ Environment: { Variables: { DATABASE_USER } } }),
});

describe("the database", () => {
  it("gives the function's user everything, and takes it back", async () => {
    const stage = fakeStage(connectsAs("orders"));
    await (await databaseGrants.remove(stage, attack))();
    expect(stage.statements).toEqual([
      "GRANT ALL PRIVILEGES ON `palisade`.* TO 'orders'@'%'",
      "REVOKE ALL PRIVILEGES ON `palisade`.* FROM 'orders'@'%'",
    ]);
  });

  it("takes tokens of any age, and minds it again", async () => {
    const stage = fakeStage();
    const restore = await removeDefences(stage, attack, ["database:token-age"]);
    expect(stage.statements).toEqual(["judge the age of tokens: false"]);
    await restore();
    expect(stage.statements.at(-1)).toBe("judge the age of tokens: true");
  });

  it("gives nothing to a process that is connected already", async () => {
    const stage = fakeStage(connectsAs("orders"));
    await expect(removeDefences(stage, attack, ["database:grants"])).rejects.toThrow(
      "database:grants can only be removed along with a module of orders, whose process starts anew",
    );
    expect(stage.statements).toEqual([]);
  });

  it.each([[{}], [{ Environment: { Variables: { DATABASE_USER: "o'r" } } }]])(
    "needs to know the user, which %j does not tell",
    async (configuration) => {
      const stage = fakeStage({ command: () => configuration });
      await expect(databaseGrants.remove(stage, attack)).rejects.toThrow(
        "database:grants: orders has no DATABASE_USER",
      );
      await expect(removeDefences(stage, attack, ["database:column"])).rejects.toThrow(
        "database:column: orders has no DATABASE_USER",
      );
    },
  );

  it.each(["orders", "order_import"])(
    "widens the note's column for %s, and narrows it when what is too long is gone",
    async (user) => {
      const stage = fakeStage(connectsAs(user));
      await (await removeDefences(stage, attack, ["database:column"]))();
      expect(stage.statements).toEqual([
        "ALTER TABLE orders MODIFY note LONGTEXT",
        "DELETE FROM orders WHERE CHAR_LENGTH(note) > 500",
        "ALTER TABLE orders MODIFY note VARCHAR(500)",
      ]);
    },
  );

  it("widens nothing for a function that writes no order", async () => {
    const stage = fakeStage(connectsAs("catalog"));
    await expect(removeDefences(stage, attack, ["database:column"])).rejects.toThrow(
      "database:column: orders writes no order, so that orders.note is not what it meets",
    );
    expect(stage.statements).toEqual([]);
    expect(insertsOrders("nobody")).toBe(false);
  });

  it("takes the column from the schema, whatever stands in it", () => {
    expect(noteColumn()).toEqual({ definition: "VARCHAR(500)", length: 500 });
    const table = "CREATE TABLE orders (\n id CHAR(36),\n note VARCHAR(80) NOT NULL DEFAULT '',\n total INT)";
    expect(noteColumn([{ statements: [table] }])).toEqual({
      definition: "VARCHAR(80) NOT NULL DEFAULT ''",
      length: 80,
    });
    expect(() => noteColumn([{ statements: ["CREATE TABLE orders (note LONGTEXT)"] }])).toThrow(
      "database:column: the schema gives orders.note no length",
    );
  });
});

describe("modules", () => {
  it("are where their ids say", () => {
    expect(moduleOf("function:search-term")).toBe("shared/defences/search-term.ts");
    expect(moduleOf("authorizer:token")).toBe("authorizer/defences/token.ts");
    expect(moduleOf("permissions:verified-token")).toBe("shared/permissions.ts");
    expect(moduleOf("permissions:order")).toBeUndefined();
    expect(moduleOf("iam:role")).toBeUndefined();
    expect(standInOf("authorizer:token")).toMatch(/packages\/lab\/src\/stand-ins\/token\.ts$/);
  });

  it("are replaced together, in the function that they are in", () => {
    const ids = ["authorizer:token", "gateway:model", "function:principal", "function:group-check"] as const;
    expect([...modulesByFunction("orders", ids)]).toEqual([
      ["authorizer", ["authorizer:token"]],
      ["orders", ["function:principal", "function:group-check"]],
    ]);
  });
});

describe("what cannot be removed", () => {
  it("puts back what was removed before it", async () => {
    const stage = fakeStage(connectsAs("orders"));
    await expect(removeDefences(stage, attack, ["database:column", "database:grants"])).rejects.toThrow(
      "database:grants can only be removed along with a module of orders",
    );
    expect(stage.statements.at(-1)).toBe("ALTER TABLE orders MODIFY note VARCHAR(500)");
  });

  it("is told when the lab knows no way", async () => {
    const unknown = "edge:moat" as "iam:role";
    await expect(removeDefences(fakeStage(), attack, [unknown])).rejects.toThrow(
      "the lab has no way to remove edge:moat",
    );
  });

  it("is none of the settings", () => {
    expect(SETTINGS.map(({ id }) => id)).toEqual([
      "edge:ip-deny",
      "edge:geo",
      "edge:body-size",
      "edge:rate-limit",
      "edge:sql-injection",
      "edge:script",
      "edge:patterns",
      "gateway:default-endpoint",
      "gateway:authorizer",
      "gateway:model",
      "gateway:response-cache",
      "iam:invoke-permission",
      "iam:team-access",
      "function:code-signing",
      "iam:role",
      "permissions:order",
      "database:token-age",
      "database:grants",
      "database:column",
    ]);
  });
});

describe("the API's own address", () => {
  const api = { restApiId: "api1" };
  const value = (off: boolean) => [{ op: "replace", path: "/disableExecuteApiEndpoint", value: String(off) }];

  it("is opened and closed again, each time with a deployment that is read anew", async () => {
    const stage = fakeStage({
      command: ({ name }) => (name === "GetRestApi" ? { disableExecuteApiEndpoint: true } : {}),
    });
    const restore = await removeDefences(stage, attack, ["gateway:default-endpoint"]);
    const change = (off: boolean) => [
      { name: "UpdateRestApi", input: { ...api, patchOperations: value(off) } },
      { name: "CreateDeployment", input: { ...api, stageName: "prod" } },
    ];
    expect(stage.commands).toEqual([{ name: "GetRestApi", input: api }, ...change(false)]);
    expect(stage.reloads).toEqual([3]);
    await restore();
    expect(stage.commands.slice(3)).toEqual(change(true));
    expect(stage.reloads).toEqual([3, 5]);
  });

  it("cannot be opened where it is open", async () => {
    await expect(removeDefences(fakeStage(), attack, ["gateway:default-endpoint"])).rejects.toThrow(
      "gateway:default-endpoint: the own address of prod's API is not off",
    );
  });
});

describe("the response cache", () => {
  it("keeps the operation's answers for everybody, and then nothing again", async () => {
    const stage = fakeStage();
    const restore = await removeDefences(stage, { ...attack, operation: "getPartner" }, ["gateway:response-cache"]);
    const changes = () => {
      const { patchOperations } = stage.commands.at(-1)?.input ?? { patchOperations: [] };
      return (patchOperations as { path: string; value: string }[]).map(({ path, value }) => [path, value]);
    };
    expect(changes()).toEqual([
      ["/cacheClusterEnabled", "true"],
      ["/cacheClusterSize", "0.5"],
      ["/~1partners~1me/GET/caching/ttlInSeconds", "300"],
      ["/~1partners~1me/GET/caching/requireAuthorizationForCacheControl", "false"],
      ["/~1partners~1me/GET/caching/enabled", "true"],
    ]);
    await restore();
    expect(changes()).toEqual([
      ["/~1partners~1me/GET/caching/enabled", "false"],
      ["/~1partners~1me/GET/caching/requireAuthorizationForCacheControl", "true"],
      ["/cacheClusterEnabled", "false"],
    ]);
    expect([stage.reloads, stage.flushes]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});
