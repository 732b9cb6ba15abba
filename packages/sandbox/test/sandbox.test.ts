import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { DatabaseServer, DatabaseServerOptions } from "../src/database/index.ts";
import { readRecords, type Sandbox, startSandbox } from "../src/index.ts";
import { inlineFunction } from "./helpers/inline-function.ts";

let sandbox: Sandbox;
const asked: DatabaseServerOptions[] = [];

async function startDatabase(options: DatabaseServerOptions): Promise<DatabaseServer> {
  asked.push(options);
  return {
    host: "127.0.0.1",
    port: 33060,
    caPem: "-----BEGIN CERTIFICATE-----",
    adminConnection: () => Promise.reject(new Error("none")),
    log: () => [],
    judgeTokenAge: () => {},
    stop: () => Promise.resolve(),
  };
}

beforeAll(async () => {
  sandbox = await startSandbox({ startDatabase });
}, 180_000);
afterAll(() => sandbox.close());

const CODE = `export const handler = async (event) => {
  console.log(JSON.stringify({ requestId: event.requestContext.requestId, ca: process.env.CA, jwks: process.env.JWKS }));
  return {
    statusCode: 200,
    multiValueHeaders: { "set-cookie": ["a=1", "b=2"] },
    body: JSON.stringify({ requestId: event.requestContext.requestId, q: event.queryStringParameters?.q }),
  };
};`;

/** A tiny stage: a function behind a REST API, with a pool, a cluster and a web ACL that nobody emulates. */
function program() {
  const config = new pulumi.Config("palisade");
  const pool = new aws.cognito.UserPool("tiny");
  const cluster = new aws.rds.Cluster("tiny", {
    engine: "aurora-mysql",
    masterUsername: "admin",
    masterPassword: pulumi.secret("hidden-from-the-state"),
  });
  const fn = inlineFunction("tiny", CODE, {
    CA: config.require("databaseCa"),
    JWKS: config.require("jwksUri"),
    // Both are known before the function is made.
    POOL: pool.id,
    HOST: cluster.endpoint,
    STAGE: pulumi.getStack(),
    GIVEN: config.require("given"),
  });
  const body = pulumi.jsonStringify({
    openapi: "3.0.3",
    info: { title: "tiny", version: "1" },
    paths: {
      "/hello": {
        get: {
          responses: { "200": { description: "ok" } },
          "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: fn.invokeArn },
        },
      },
    },
  });
  const api = new aws.apigateway.RestApi("tiny", { body });
  const deployment = new aws.apigateway.Deployment("tiny", { restApi: api.id });
  const stage = new aws.apigateway.Stage("tiny", { restApi: api.id, deployment: deployment.id, stageName: "live" });
  const analyzer = new aws.accessanalyzer.Analyzer("tiny", { analyzerName: "tiny" });
  return {
    restApiId: api.id,
    stageName: stage.stageName,
    functionName: fn.name,
    poolId: pool.id,
    password: cluster.masterPassword,
    analyzerArn: analyzer.arn,
  };
}

describe("provision", () => {
  test("makes a program's resources, which answer through the front", async () => {
    const stage = await sandbox.provision({ stage: "tiny", program, config: { "palisade:given": "g" } });
    expect(stage.counts).toEqual({ emulated: 7, declared: 1 });
    expect(stage.resources.filter(({ emulated }) => !emulated)).toEqual([
      {
        type: "aws:accessanalyzer/analyzer:Analyzer",
        name: "tiny",
        urn: "urn:pulumi:tiny::palisade::pulumi:pulumi:Stack$aws:accessanalyzer/analyzer:Analyzer::tiny",
        id: expect.stringMatching(/^tiny-[0-9a-f]{7}$/),
        emulated: false,
      },
    ]);
    expect(stage.baseUrl).toBe(`${sandbox.emulatorUrl}/_aws/execute-api/${stage.outputs.restApiId}/live`);
    expect(stage.outputs.password).toBe("hidden-from-the-state");
    expect(stage.ms).toBeGreaterThan(0);

    const since = Date.now() - 1000;
    const response = await fetch(`${stage.edgeUrl}/hello?q=mug`);
    expect(response.status).toBe(200);
    const requestId = response.headers.get("x-amzn-requestid");
    expect(await response.json()).toEqual({ requestId, q: "mug" });
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    await vi.waitFor(() => expect(stage.exchanges()).toHaveLength(1));
    expect(stage.exchanges()[0]).toMatchObject({ requestId, method: "GET", path: "/hello?q=mug", status: 200 });

    // What became known while the program ran is in the function's environment.
    const group = `/aws/lambda/${stage.outputs.functionName}`;
    await vi.waitFor(async () => expect(await readRecords(sandbox.clients, group, since)).toHaveLength(1));
    expect((await readRecords(sandbox.clients, group, since))[0]).toEqual({
      requestId,
      ca: "-----BEGIN CERTIFICATE-----",
      jwks: `${sandbox.emulatorUrl}/${stage.outputs.poolId}/.well-known/jwks.json`,
    });
    const jwks = await fetch(`${sandbox.emulatorUrl}/${stage.outputs.poolId}/.well-known/jwks.json`);
    expect(((await jwks.json()) as { keys: object[] }).keys).not.toHaveLength(0);
    expect([...sandbox.databases.values()][0]?.port).toBe(33060);
    expect(asked[0]).toMatchObject({ masterPassword: "hidden-from-the-state", masterUsername: "admin" });
  });

  test("two stages at the same time keep apart", async () => {
    const of = (stage: string) =>
      sandbox.provision({
        stage,
        program: () => {
          const topic = new aws.sns.Topic("alarms");
          return {
            stack: pulumi.getStack(),
            arn: topic.arn,
            emulator: new pulumi.Config("palisade").get("emulatorUrl"),
          };
        },
      });
    const [one, two] = await Promise.all([of("one"), of("two")]);
    expect([one.outputs.stack, two.outputs.stack]).toEqual(["one", "two"]);
    expect(one.outputs.arn).not.toBe(two.outputs.arn);
    expect(one.outputs.emulator).toBe(sandbox.emulatorUrl);
    expect([one.edgeUrl, one.baseUrl, one.exchanges()]).toEqual([undefined, undefined, []]);
  });

  test("a component is no resource, and its children carry its type", async () => {
    class Group extends pulumi.ComponentResource {
      constructor(name: string) {
        super("palisade:index:Group", name);
        new aws.sns.Topic(`${name}-topic`, {}, { parent: this });
        this.registerOutputs({});
      }
    }
    const stage = await sandbox.provision({
      stage: "component",
      program: () => {
        new Group("group");
      },
    });
    expect(stage.resources.map(({ urn }) => urn)).toEqual([
      "urn:pulumi:component::palisade::palisade:index:Group$aws:sns/topic:Topic::group-topic",
    ]);
    expect(stage.outputs).toBeUndefined();
  });

  test("a resource that exists is read by its id", async () => {
    const stage = await sandbox.provision({
      stage: "get",
      program: () => ({ id: aws.sns.Topic.get("existing", "arn:aws:sns:us-east-1:123456789012:existing").id }),
    });
    expect(stage.outputs.id).toBe("arn:aws:sns:us-east-1:123456789012:existing");
  });

  test("a resource that cannot be made ends the program with its type and name", async () => {
    const failing = sandbox.provision({
      stage: "failing",
      program: () => {
        const topic = new aws.sns.Topic("fine");
        const policy = new aws.iam.RolePolicy("broken", { role: "no-such-role", policy: "{}" });
        return { after: pulumi.all([topic.arn, policy.id]) };
      },
    });
    await expect(failing).rejects.toThrow(
      /^aws:iam\/rolePolicy:RolePolicy "broken" could not be made on the emulator: (NoSuchEntity|MalformedPolicy)/,
    );
  });

  test("what a program throws is thrown, also in an apply that nobody waits for", async () => {
    const thrown = sandbox.provision({
      stage: "throwing",
      program: () => {
        throw new Error("refused by the program");
      },
    });
    await expect(thrown).rejects.toThrow(/^refused by the program$/);
    const stray = sandbox.provision({
      stage: "stray",
      program: async () => {
        const topic = new aws.sns.Topic("topic");
        const name = topic.arn.apply((): string => {
          throw new Error("refused in an apply");
        });
        new aws.sns.Topic("next", { displayName: name });
        return { name: topic.name };
      },
    });
    // Without the properties that the error passed through.
    await expect(stray).rejects.toThrow(/^refused in an apply$/);
  });

  test("a program that fails leaves another that runs at the same time alone", async () => {
    const failing = sandbox.provision({
      stage: "failing-beside",
      program: () => {
        const topic = new aws.sns.Topic("topic");
        new aws.sns.Topic("next", {
          displayName: topic.arn.apply((): string => {
            throw new Error("of the one");
          }),
        });
      },
    });
    const fine = sandbox.provision({
      stage: "fine-beside",
      program: () => ({ arn: new aws.kms.Key("key", {}).arn.apply((arn) => new aws.sns.Topic(arn.slice(-4)).arn) }),
    });
    await expect(failing).rejects.toThrow("of the one");
    expect((await fine).counts.emulated).toBe(2);
  });

  test("an unknown provider function ends the program", async () => {
    const failing = sandbox.provision({
      stage: "unknown",
      program: () => aws.ec2.getAmi({ owners: ["amazon"] }),
    });
    await expect(failing).rejects.toThrow(
      /^The program calls aws:ec2\/getAmi:getAmi, which the sandbox has no answer for/,
    );
  });
});

describe("startSandbox", () => {
  test("stops everything and removes its folder, once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "palisade-own-"));
    const steps: string[] = [];
    const own = await startSandbox({ directory: folder, region: "eu-west-1", onProgress: (line) => steps.push(line) });
    expect(steps).toEqual(["Starting the AWS emulator"]);
    expect(own.identity).toEqual({ region: "eu-west-1", accountId: "123456789012", partition: "aws" });
    const { outputs } = await own.provision({
      stage: "region",
      program: () => ({ region: aws.getRegionOutput().region, arn: new aws.sns.Topic("t", { name: "t" }).arn }),
    });
    expect(outputs).toEqual({ region: "eu-west-1", arn: "arn:aws:sns:eu-west-1:123456789012:t" });
    const [first, second] = [own.close(), own.close()];
    expect(first).toBe(second);
    await first;
    expect(existsSync(folder)).toBe(false);
    await expect(fetch(own.emulatorUrl)).rejects.toThrow();
  });

  test("a part that does not stop is told of, after the others have stopped", async () => {
    const broken = await startSandbox({
      startDatabase: async (options) => ({
        ...(await startDatabase(options)),
        stop: () => Promise.reject(new Error("stuck")),
      }),
    });
    await broken.provision({
      stage: "broken",
      program: () => {
        new aws.rds.Cluster("c", { engine: "aurora-mysql", masterPassword: "p" });
      },
    });
    await expect(broken.close()).rejects.toThrow("stuck");
    await expect(fetch(broken.emulatorUrl)).rejects.toThrow();
    expect(existsSync(broken.directory)).toBe(false);
  });

  test("a port in use is one clear sentence, and leaves no folder", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await expect(startSandbox({ port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1, wanted for the AWS emulator, is in use by another process. Stop that process, or leave the port out and a free one is chosen.`,
    );
    const folder = await mkdtemp(join(tmpdir(), "palisade-kept-"));
    await expect(startSandbox({ port, directory: folder })).rejects.toThrow("in use");
    expect(existsSync(folder)).toBe(true);
    await rm(folder, { recursive: true });
    await new Promise((resolve) => server.close(resolve));
  });

  test("the user's AWS credentials are not in the emulator's environment, and no function sees them", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAOFTHEUSER");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "of the user");
    const own = await startSandbox();
    vi.unstubAllEnvs();
    // Linux alone shows another process's environment.
    const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
    const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")));
    const emulators = environments.filter((text) => text.includes(`HOME=${own.directory}\0`));
    if (process.platform === "linux") expect(emulators.length).toBeGreaterThan(0);
    expect(emulators.join("\0")).not.toMatch(/OFTHEUSER|of the user/);
    await own.close();
  });
});
