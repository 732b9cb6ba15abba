/** TeamAccess on the emulator, whose IAM evaluates the policies that the component made: what a team may do, and what not. */
import { DeleteRolePermissionsBoundaryCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionCodeSigningConfigCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { HardenedFunction, TeamAccess } from "@palisade/hardened-function";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ProvisionedStage, type Sandbox, startSandbox } from "../src/index.ts";
import { zipBytes } from "../src/resources/zip.ts";
import { outcome } from "./helpers/emulated.ts";

const CODE = new pulumi.asset.AssetArchive({
  "index.mjs": new pulumi.asset.StringAsset("export const handler = async () => 'replaced';"),
});

const program = async () => {
  const access = new TeamAccess("access", {
    teams: ["orders", "catalog"],
    trustedPrincipalArns: ["arn:aws:iam::123456789012:root"],
  });
  const common = { code: CODE, permissionsBoundaryArn: access.functionBoundaryArn };
  const own = new HardenedFunction("own", { ...common, team: "orders" });
  const other = new HardenedFunction("other", { ...common, team: "catalog" });
  const nobodys = new HardenedFunction("nobodys", common);
  const functions = { own, other, nobodys };
  return {
    roleArns: access.roleArns,
    policyArn: access.developerPolicyArn,
    functions: Object.fromEntries(
      Object.entries(functions).map(([key, { functionName, functionArn, roleArn }]) => [
        key,
        { name: functionName, arn: functionArn, roleArn },
      ]),
    ),
  };
};

let sandbox: Sandbox;
let stage: ProvisionedStage<Awaited<ReturnType<typeof program>>>;
let lambda: LambdaClient;
let iam: IAMClient;
const of = (key: string) => stage.outputs.functions[key] as { name: string; arn: string; roleArn: string };

beforeAll(async () => {
  sandbox = await startSandbox();
  stage = await sandbox.provision({ stage: "team", program });
  const settings = { endpoint: sandbox.emulatorUrl, region: sandbox.identity.region, credentials: await assume({}) };
  lambda = new LambdaClient(settings);
  iam = new IAMClient(settings);
}, 180_000);

afterAll(async () => {
  lambda?.destroy();
  iam?.destroy();
  await sandbox?.close();
});

async function assume(more: { Tags?: { Key: string; Value: string }[] }) {
  const RoleArn = stage.outputs.roleArns.orders;
  const { Credentials } = await sandbox.clients.sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "developer", ...more }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
}

const tagsOf = (key: string) => unqualified(of(key).arn);
const unqualified = (arn: string) => arn.split(":").slice(0, 7).join(":");

/** Each call of a team, by what it does. */
const calls: Record<string, (key: string) => Promise<unknown>> = {
  "changes the code": async (key) =>
    lambda.send(new UpdateFunctionCodeCommand({ FunctionName: of(key).name, ZipFile: await zipBytes(CODE) })),
  "changes the configuration": (key) =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: of(key).name, Timeout: 9 })),
  "publishes a version": (key) => lambda.send(new PublishVersionCommand({ FunctionName: of(key).name })),
  "reads the code": (key) => lambda.send(new GetFunctionCommand({ FunctionName: of(key).name })),
};

/** Calls that are the platform's, whosever the function is. */
const forbidden: Record<string, (key: string) => Promise<unknown>> = {
  "names another team in the tag": (key) =>
    lambda.send(new TagResourceCommand({ Resource: tagsOf(key), Tags: { "palisade:team": "orders" } })),
  "takes the tag away": (key) =>
    lambda.send(new UntagResourceCommand({ Resource: tagsOf(key), TagKeys: ["palisade:team"] })),
  "lets others call it": (key) =>
    lambda.send(
      new AddPermissionCommand({
        FunctionName: of(key).name,
        StatementId: "all",
        Action: "lambda:InvokeFunction",
        Principal: "*",
      }),
    ),
  "gives it a URL": (key) =>
    lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: of(key).name, AuthType: "NONE" })),
  "takes code signing away": (key) =>
    lambda.send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName: of(key).name })),
  "deletes it": (key) => lambda.send(new DeleteFunctionCommand({ FunctionName: of(key).name })),
};

describe("a team", () => {
  test.each(Object.keys(calls))("%s of its own function", async (what) => {
    expect(await outcome(calls[what]?.("own") as Promise<unknown>)).toBe("ok");
  });

  test.each(Object.keys(calls).flatMap((what) => ["other", "nobodys"].map((key) => [what, key])))(
    "never %s of %s",
    async (what, key) => {
      expect(await outcome(calls[what as string]?.(key as string) as Promise<unknown>)).toMatch(/AccessDenied/);
    },
  );

  test.each(Object.keys(forbidden).flatMap((what) => ["own", "other"].map((key) => [what, key])))(
    "never %s, of %s",
    async (what, key) => {
      expect(await outcome(forbidden[what as string]?.(key as string) as Promise<unknown>)).toMatch(/AccessDenied/);
      const { Tags } = await sandbox.clients.lambda.send(new ListTagsCommand({ Resource: tagsOf(key as string) }));
      expect(Tags?.["palisade:team"]).toBe(key === "own" ? "orders" : "catalog");
    },
  );

  test("lists the functions", async () => {
    expect(await outcome(lambda.send(new ListFunctionsCommand({})))).toBe("ok");
  });
});

describe("its role", () => {
  test("changes neither its bounds nor its policies", async () => {
    const RoleName = String(stage.outputs.roleArns.orders?.split("/").at(-1));
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

    expect(await outcome(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })))).toMatch(/AccessDenied/);
    expect(
      await outcome(
        iam.send(
          new PutRolePolicyCommand({ RoleName, PolicyName: "more", PolicyDocument: JSON.stringify(everything) }),
        ),
      ),
    ).toMatch(/AccessDenied/);
  });

  test("is held by its boundary even with a policy that allows everything", async () => {
    const RoleName = String(stage.outputs.roleArns.orders?.split("/").at(-1));
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    await sandbox.clients.iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: "more", PolicyDocument: JSON.stringify(everything) }),
    );

    for (const call of Object.values(calls)) expect(await outcome(call("other"))).toMatch(/AccessDenied/);
    for (const call of Object.values(forbidden)) expect(await outcome(call("other"))).toMatch(/AccessDenied/);
    expect(await outcome(calls["changes the code"]?.("own") as Promise<unknown>)).toBe("ok");
  });

  test("takes no tags for its session, by which it would be another team's", async () => {
    expect(await outcome(assume({ Tags: [{ Key: "palisade:team", Value: "catalog" }] }))).toMatch(/AccessDenied/);
  });

  test("gives a function the roles of its own functions only", async () => {
    const give = (roleOf: string) =>
      outcome(
        lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: of("own").name, Role: of(roleOf).roleArn })),
      );

    expect(await give("own")).toBe("ok");
    expect(await give("other")).toMatch(/AccessDenied/);
    expect(await give("nobodys")).toMatch(/AccessDenied/);
  });
});
