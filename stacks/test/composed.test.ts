import { loadOpenApi } from "@palisade/functions/openapi";
import { POLICY_FOLDER } from "@palisade/functions/policies";
import { type DatabaseUser, databaseUsers } from "@palisade/functions/schema";
import { operationsOf, readPolicies } from "@palisade/secure-gateway";
import { expectPartitionSafe, type Recording, resolved } from "@palisade/testing";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { FUNCTIONS, TEAMS } from "../functions.ts";
import type { ResolvedStageOutputs, StageOutputs } from "../outputs.ts";
import { parseStatements, recordStage } from "./support.ts";

// The bundles themselves are tested in functions/test: here only which of them goes where counts.
vi.mock("@palisade/functions/bundle", async (original) => {
  const { functionNames } = await original<typeof import("@palisade/functions/bundle")>();
  const path = `${import.meta.dirname}/support.ts`;
  return {
    functionNames,
    bundle: async (name: string) => `${path}#${name}`,
    bundleDetails: async (name: string) => ({ path: `${path}#${name}`, sha256: `hash-of-${name}` }),
  };
});

/** Every function of a stage, as docs/architecture.md lists them. */
const ALL = [...Object.keys(FUNCTIONS), "authorizer", "migrations"].sort();

describe.each(["dev", "prod"])("%s", (stage) => {
  let recording: Recording<StageOutputs>;
  let outputs: ResolvedStageOutputs;

  beforeAll(async () => {
    recording = await recordStage(stage);
    outputs = (await resolved(recording.result)) as ResolvedStageOutputs;
  });

  test("is made of these resources", async () => {
    await expect(`${JSON.stringify(recording.types(), undefined, 2)}\n`).toMatchFileSnapshot(
      `resources.${stage}.golden.json`,
    );
  });

  test("deploys every function of the workspace once, from its own bundle", async () => {
    const { functionNames } = await import("@palisade/functions/bundle");
    // What deals with findings and their search belongs to the account, not to a stage.
    const ofTheAccount = ["finding-notifier", "finding-response", "ocsf", "siem-setup", "threat-simulator"];
    expect(functionNames().filter((name) => !ofTheAccount.includes(name))).toEqual(ALL);
    expect(
      recording
        .all("palisade:index:HardenedFunction")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(ALL);
    expect(Object.keys(outputs.functions).sort()).toEqual(ALL);
    for (const key of ALL) {
      expect(outputs.functions[key]).toEqual({
        functionName: recording.one("aws:lambda/function:Function", `${key}-function`).outputs.name,
        roleName: roleOf(key).outputs.name,
        logGroupName: recording.one("aws:cloudwatch/logGroup:LogGroup", `${key}-log-group`).outputs.name,
      });
    }
  });

  test("the pool has the groups that the operations name, and no other", () => {
    const named = new Set(operationsOf(loadOpenApi()).flatMap(({ groups }) => groups));
    const made = recording.all("aws:cognito/userGroup:UserGroup").map(({ inputs }) => inputs.name);
    expect(made.sort()).toEqual([...named].sort());
  });

  test("every operation of the API has a function, and no function is without one", () => {
    const wanted = operationsOf(loadOpenApi()).map(({ operationId }) => operationId);
    const served = Object.values(FUNCTIONS).flatMap(({ operations }) => operations);
    expect([...served].sort()).toEqual([...wanted].sort());
  });

  test("the API may call each function for its own operations and for no other's", () => {
    const callable = Object.fromEntries(
      recording
        .all("aws:lambda/permission:Permission")
        .map(({ name, inputs }) => [name.replace("api-invoke-", ""), inputs.function]),
    );
    const wanted = Object.entries(FUNCTIONS).flatMap(([key, { operations }]) =>
      operations.map((operationId) => [operationId, outputs.functions[key]?.functionName]),
    );
    expect(callable).toMatchObject(Object.fromEntries(wanted));
    // Those of the operations, and the authorizer's own.
    expect(Object.keys(callable)).toHaveLength(wanted.length + 1);
  });

  test("each role holds its own statements and nothing else", () => {
    const resourceId = recording.one("aws:rds/cluster:Cluster").outputs.clusterResourceId;
    const connect = (user: string) => ({
      "rds-db:connect": [`arn:aws:rds-db:eu-central-1:111122223333:dbuser:${resourceId}/${user}`],
    });
    const table = [recording.one("aws:dynamodb/table:Table", "idempotency-table").outputs.arn];
    const cartKeys = [recording.one("aws:dynamodb/table:Table", "cart-keys-table").outputs.arn];
    const store = recording.one("aws:verifiedpermissions/policyStore:PolicyStore").outputs.arn;
    const ask = { "verifiedpermissions:IsAuthorizedWithToken": [store] };
    const revocations = [recording.one("aws:dynamodb/table:Table", "revocations-table").outputs.arn];
    const pool = [recording.one("aws:cognito/userPool:UserPool").outputs.arn];
    // Each role decrypts its own environment with the stage's key, where there is one.
    const key = stage === "prod" ? { "kms:Decrypt": [recording.one("aws:kms/key:Key").outputs.arn] } : {};
    expect(Object.fromEntries(ALL.map((name) => [name, ownActions(name)]))).toEqual({
      admin: { ...connect("admin_orders"), ...ask, ...key },
      authorizer: { ...ask, "dynamodb:BatchGetItem": revocations, ...key },
      carts: { ...connect("carts"), "dynamodb:GetItem": cartKeys, "dynamodb:PutItem": cartKeys, ...key },
      catalog: { ...connect("catalog"), ...key },
      migrations: { "secretsmanager:GetSecretValue": [outputs.database.masterSecretArn], ...key },
      "order-import": { ...connect("order_import"), ...key },
      orders: {
        ...connect("orders"),
        ...ask,
        "dynamodb:DeleteItem": table,
        "dynamodb:GetItem": table,
        "dynamodb:PutItem": table,
        ...key,
      },
      partners: key,
      receipt: { ...connect("receipt"), ...ask, ...key },
      session: {
        "cognito-idp:AdminInitiateAuth": pool,
        "cognito-idp:AdminRespondToAuthChallenge": pool,
        "cognito-idp:AdminUserGlobalSignOut": pool,
        "dynamodb:DeleteItem": revocations,
        "dynamodb:GetItem": revocations,
        "dynamodb:PutItem": revocations,
        ...key,
      },
    });
  });

  test("functions that use the database are in its network, with the security groups they need; the others are not", () => {
    const group = (role: string) =>
      recording.one("aws:ec2/securityGroup:SecurityGroup", `database-${role}-security-group`).id;
    const placed = Object.fromEntries(
      ALL.map((key) => [key, (functionInputs(key).vpcConfig as { securityGroupIds?: string[] })?.securityGroupIds]),
    );
    const client = [group("client")];
    const asking = group("verified-permissions-client");
    expect(placed).toEqual({
      admin: [...client, asking],
      authorizer: undefined,
      carts: [group("client"), group("dynamodb-client")],
      catalog: client,
      migrations: [group("client"), group("secrets-manager-client")],
      "order-import": client,
      orders: [group("client"), group("dynamodb-client"), asking],
      partners: undefined,
      receipt: [...client, asking],
      session: undefined,
    });
  });

  test("each database function connects as a user that the migrations make", () => {
    const made = databaseUsers.map(({ name }: DatabaseUser) => name).sort();
    const used = Object.values(FUNCTIONS).flatMap(({ databaseUser }) => databaseUser ?? []);
    expect([...used].sort()).toEqual(made);
    for (const [key, { databaseUser }] of Object.entries(FUNCTIONS)) {
      expect(variables(key).DATABASE_USER, key).toBe(databaseUser);
    }
  });

  test("the environments say where things are and hold no secret", () => {
    const cluster = recording.one("aws:rds/cluster:Cluster").outputs;
    const store = recording.one("aws:verifiedpermissions/policyStore:PolicyStore").outputs.policyStoreId;
    const place = {
      DATABASE_HOST: cluster.endpoint,
      DATABASE_PORT: "13306",
      DATABASE_NAME: "palisade",
      DATABASE_CA: "rds",
    };
    expect(variables("catalog")).toEqual({ ...place, DATABASE_USER: "catalog" });
    expect(variables("orders")).toEqual({
      ...place,
      DATABASE_USER: "orders",
      IDEMPOTENCY_TABLE: outputs.idempotencyTable,
      POLICY_STORE_ID: store,
      USER_POOL_ID: outputs.userPoolId,
    });
    expect(variables("receipt").POLICY_STORE_ID).toBe(store);
    expect(variables("admin").POLICY_STORE_ID).toBe(store);
    expect(variables("migrations")).toEqual({ ...place, MASTER_SECRET_ARN: outputs.database.masterSecretArn });
    expect(variables("session")).toEqual({
      USER_POOL_ID: outputs.userPoolId,
      CLIENT_ID: outputs.clientIds?.session,
      REVOCATION_TABLE: recording.one("aws:dynamodb/table:Table", "revocations-table").outputs.name,
    });
    expect(variables("partners")).toEqual({});
    const { OPERATIONS, ...authorizer } = variables("authorizer");
    expect(authorizer).toEqual({
      USER_POOL_ID: outputs.userPoolId,
      CLIENT_IDS: `${outputs.clientIds?.machine},${outputs.clientIds?.session}`,
      REQUIRED_SCOPES: "aws.cognito.signin.user.admin",
      POLICY_STORE_ID: store,
      REVOCATION_TABLE: recording.one("aws:dynamodb/table:Table", "revocations-table").outputs.name,
      RESULT_TTL_SECONDS: "30",
      DECISION_SECONDS: "20",
      UNKEPT_OPERATIONS: "signOut",
    });
    // Lambda's limit for all of a function's variables together is 4 KB (Lambda Developer Guide, "Lambda quotas").
    const { length } = JSON.stringify(variables("authorizer"));
    expect(length).toBeLessThan(3600);
    // API Gateway keeps an answer for as long as the authorizer is told, and a revocation counts within a minute.
    const body = JSON.stringify(recording.one("aws:apigateway/restApi:RestApi").inputs.body);
    const kept = [...body.matchAll(/authorizerResultTtlInSeconds\\?":(\d+)/g)].map(([, seconds]) => Number(seconds));
    expect(kept.length).toBeGreaterThan(0);
    expect(new Set(kept)).toEqual(new Set([30]));
    expect(30 + Number(authorizer.DECISION_SECONDS)).toBeLessThanOrEqual(55);
    const authorized = operationsOf(loadOpenApi()).filter(({ identityHeader }) => identityHeader !== undefined);
    expect(JSON.parse(String(OPERATIONS))).toEqual(authorized);
  });

  test("a firewall with its rules stands in front of the API, and reads no XML feed", () => {
    const acl = recording.one("aws:wafv2/webAcl:WebAcl");
    expect(recording.all("aws:wafv2/webAclAssociation:WebAclAssociation").map(({ inputs }) => inputs)).toEqual([
      { resourceArn: recording.one("aws:apigateway/stage:Stage").outputs.arn, webAclArn: acl.outputs.arn },
    ]);
    const rules = acl.inputs.rules as { name: string }[];
    expect(rules.map(({ name }) => name)).toEqual([
      "country-denied",
      "size-limits",
      ...rules.map(({ name }) => name).filter((name) => name.startsWith("rate-")),
      ...rules.map(({ name }) => name).filter((name) => ["cross-site-scripting", "sql-injection"].includes(name)),
      "injection-patterns",
      ...rules.map(({ name }) => name).filter((name) => name.startsWith("managed-")),
    ]);
    expect(new Set(rules.map(({ name }) => name))).toEqual(
      new Set([
        "country-denied",
        "size-limits",
        "rate-per-address",
        "rate-sign-in",
        "sql-injection",
        "cross-site-scripting",
        "injection-patterns",
        "managed-ip-reputation",
        "managed-known-bad-inputs",
      ]),
    );
    const lowered = Object.entries(acl.inputs.tags as Record<string, string>).filter(([key]) =>
      key.startsWith("palisade:lowered:"),
    );
    expect(lowered.map(([, reason]) => reason)).toEqual(lowered.map(() => expect.stringMatching(/^an XML feed looks/)));
    expect(lowered.length).toBe(2);
  });

  test("the policies are those of the folder, one of each file, for the stage's own pool", () => {
    const made = recording.all("aws:verifiedpermissions/policy:Policy");
    const texts = made.map(({ inputs }) => (inputs.definition as { static: { statement: string } }).static.statement);
    const wanted = Object.values(readPolicies(POLICY_FOLDER));
    expect(texts).toEqual(wanted.map((text) => text.replaceAll("{userPool}", String(outputs.userPoolId))));
    expect(texts.length).toBe(7);
  });

  test("every function runs signed code only, as a role that is bounded, and is at most one team's", () => {
    const config = recording.one("aws:lambda/codeSigningConfig:CodeSigningConfig");
    expect(config.inputs.policies).toEqual({ untrustedArtifactOnDeployment: "Enforce" });
    const boundary = recording.one("aws:iam/policy:Policy", "teams-function-boundary").outputs.arn;
    for (const key of ALL) {
      const { codeSigningConfigArn, s3Key, tags, ...inputs } = functionInputs(key);
      const team = FUNCTIONS[key]?.team;
      expect(codeSigningConfigArn, key).toBe(config.outputs.arn);
      expect(s3Key, key).toMatch(new RegExp(`^signed/${team ?? "platform"}/${key}/.+\\.zip$`));
      expect(inputs, key).not.toHaveProperty("code");
      expect((tags as Record<string, string>)["palisade:team"], key).toBe(team);
      expect(roleOf(key).inputs.permissionsBoundary, key).toBe(boundary);
    }
  });

  test("the boundary of functions leaves each its own statements", () => {
    const { policy } = recording.one("aws:iam/policy:Policy", "teams-function-boundary").inputs;
    const [bounded] = parseStatements(policy);
    const all = bounded?.Action ?? [];
    for (const key of ALL) expect(all, key).toEqual(expect.arrayContaining(Object.keys(ownActions(key))));
  });

  test("the developers' roles are assumed by whom the configuration names, else by whom the account lets", async () => {
    const trusted = (of: Recording<StageOutputs>) =>
      JSON.parse(String(of.one("aws:iam/role:Role", "teams-orders").inputs.assumeRolePolicy)).Statement[0].Principal
        .AWS;
    const arn = "arn:aws:iam::111122223333:role/sso";
    const named = await recordStage(stage, { config: { "palisade:developerPrincipals": JSON.stringify([arn]) } });

    expect(trusted(recording)).toEqual(["arn:aws:iam::111122223333:root"]);
    expect(trusted(named)).toEqual([arn]);
  });

  test("there is no password anywhere: not in a resource, an environment or a secret of ours", () => {
    const cluster = recording.one("aws:rds/cluster:Cluster").inputs;
    expect(cluster).toMatchObject({ manageMasterUserPassword: true, iamDatabaseAuthenticationEnabled: true });
    const ours = recording.resources.flatMap(({ type, name, inputs, secretInputs }) => {
      const place = `${type} ${name}`;
      const found = /secretsmanager\/|random:|ssm\/parameter/.test(type) ? [place] : [];
      return [...found, ...secretInputs.map((input) => `${place} ${input}`), ...passwordsIn(inputs, place)];
    });
    // What is about passwords and holds none.
    const known = /manageMasterUserPassword|passwordPolicy|ExplicitAuthFlows|explicitAuthFlows|forgot|description/i;
    expect(ours.filter((place) => !known.test(place))).toEqual([]);
    // The functions sign in with a token: the one that may read the master user's secret is the migrations'.
    for (const key of ALL.filter((name) => name !== "migrations")) {
      expect(Object.keys(ownActions(key)), key).not.toContain("secretsmanager:GetSecretValue");
      expect(JSON.stringify(variables(key)), key).not.toMatch(/MASTER_SECRET|PASSWORD/);
    }
  });

  test("no function lowers a floor", () => {
    const lowered = recording
      .all("aws:lambda/function:Function")
      .flatMap(({ inputs }) => Object.keys(inputs.tags as Record<string, string>))
      .filter((tag) => tag.startsWith("palisade:lowered:"));
    expect(lowered).toEqual([]);
  });

  test("migrations run when their bundle changes, after the instances answer and before what uses the database", () => {
    const invocation = recording.one("aws:lambda/invocation:Invocation");
    expect(invocation.inputs).toMatchObject({
      functionName: outputs.functions.migrations?.functionName,
      triggers: { version: "hash-of-migrations" },
    });
    for (const instance of recording.all("aws:rds/clusterInstance:ClusterInstance")) {
      expect(invocation.options.dependsOn).toContain(instance.urn);
    }
    for (const [key, { databaseUser }] of Object.entries(FUNCTIONS)) {
      const waits = recording.one("palisade:index:HardenedFunction", key).options.dependsOn;
      expect(waits.includes(invocation.urn), key).toBe(databaseUser !== undefined);
    }
  });

  test("the outputs are what the lab and the sandbox read", () => {
    const { functions: _, clientIds, ...rest } = outputs;
    expect(rest).toEqual({
      stage,
      restApiId: recording.one("aws:apigateway/restApi:RestApi").id,
      stageName: "live",
      apiUrl: recording.one("aws:apigateway/stage:Stage").outputs.invokeUrl,
      userPoolId: recording.one("aws:cognito/userPool:UserPool").id,
      accessLogGroupName: expect.stringMatching(/access/),
      database: {
        clusterIdentifier: `palisade-${stage}-database`,
        endpoint: recording.one("aws:rds/cluster:Cluster").outputs.endpoint,
        port: 13306,
        name: "palisade",
        masterSecretArn: expect.stringMatching(/^arn:aws:secretsmanager:/),
      },
      analytics: {
        workgroupName: `palisade-${stage}-analytics`,
        databaseName: `palisade_${stage}_analytics`,
        tableName: "events",
        cleanBucketName: recording.one("aws:s3/bucket:Bucket", "analytics-clean").id,
        rawBucketName: recording.one("aws:s3/bucket:Bucket", "analytics-raw").id,
        sources: Object.fromEntries(
          ["api-access", "database-audit", "waf"].map((source) => [
            source,
            `s3://${recording.one("aws:s3/bucket:Bucket", "analytics-raw").id}/raw/source=${source}/`,
          ]),
        ),
      },
      idempotencyTable: recording.one("aws:dynamodb/table:Table", "idempotency-table").outputs.name,
      revocationTable: recording.one("aws:dynamodb/table:Table", "revocations-table").outputs.name,
      codeSigning: {
        configArn: recording.one("aws:lambda/codeSigningConfig:CodeSigningConfig").outputs.arn,
        profileName: recording.one("aws:signer/signingProfile:SigningProfile").outputs.name,
        bucketName: recording.one("aws:s3/bucket:Bucket", "code-bucket").id,
      },
      teamRoleArns: Object.fromEntries(
        TEAMS.map((team) => [team, recording.one("aws:iam/role:Role", `teams-${team}`).outputs.arn]),
      ),
      ...(stage === "prod" && { alarmTopicArn: recording.one("aws:sns/topic:Topic").outputs.arn }),
    });
    expect(clientIds?.machine).not.toBe(clientIds?.session);
  });

  test("writes no partition or region down", async () => {
    expectPartitionSafe(await recordStage(stage, { place: { partition: "aws-cn", region: "cn-north-1" } }));
  });

  function functionInputs(key: string): Record<string, unknown> {
    return recording.one("aws:lambda/function:Function", `${key}-function`).inputs;
  }

  function variables(key: string): Record<string, string> {
    return (functionInputs(key).environment as { variables?: Record<string, string> } | undefined)?.variables ?? {};
  }

  function roleOf(key: string) {
    return recording.one("aws:iam/role:Role", `${key}-role`);
  }

  /** The actions that a role is allowed, with their resources, beside those that every HardenedFunction has. */
  function ownActions(key: string): Record<string, string[]> {
    const granted: Record<string, string[]> = {};
    for (const { inputs } of recording.all("aws:iam/rolePolicy:RolePolicy")) {
      if (inputs.role !== roleOf(key).outputs.name) continue;
      for (const { Effect, Action, Resource } of parseStatements(inputs.policy)) {
        if (Effect !== "Allow") continue;
        for (const action of Action) {
          if (!/^(logs|xray|ec2):/.test(action)) granted[action] = Resource;
        }
      }
    }
    expect(
      recording.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ inputs }) => inputs.role),
    ).not.toContain(roleOf(key).outputs.name);
    return granted;
  }
});

/** The paths of inputs whose name is a password's and whose value is a text. */
function passwordsIn(value: unknown, place: string): string[] {
  if (typeof value === "string") return /password|passwd|\bpwd\b/i.test(place.split(".").at(-1) ?? "") ? [place] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => passwordsIn(item, `${place}.${key}`));
}
