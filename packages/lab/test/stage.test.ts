import type { Sandbox } from "@palisade/sandbox";
import { describe, expect, it, vi } from "vitest";
import { ACCESS_LOG_FORMAT } from "../../secure-gateway/src/gateway/access-log-format.ts";
import { standUp } from "../src/stage.ts";

/** A sandbox that provisions what the test says. */
function fakeSandbox(provisioned: object, databases: [string, object][] = []): Sandbox {
  return {
    emulatorUrl: "http://127.0.0.1:1",
    identity: { region: "us-east-1" },
    directory: "/lab",
    clients: {},
    databases: new Map(databases),
    provision: async () => ({
      outputs: { database: { clusterIdentifier: "c1" } },
      edgeUrl: "http://127.0.0.1:2",
      baseUrl: "http://127.0.0.1:3",
      counts: { emulated: 1, declared: 2 },
      resources: [
        { type: "aws:b/c:D", emulated: false },
        { type: "aws:a/b:C", emulated: false },
        { type: "aws:b/c:D", emulated: false },
        { type: "aws:x/y:Z", emulated: true },
      ],
      ms: 12,
      ...provisioned,
    }),
  } as unknown as Sandbox;
}

describe("a stage that was stood up", () => {
  it("is what the lab attacks, with the server's statement log on", async () => {
    const sent: string[] = [];
    const connection = { query: async (sql: string) => [sent.push(sql)], end: async () => {} };
    const wafLog = () => [];
    const reloadWebAcl = async () => {};
    const sandbox = fakeSandbox({ wafLog, reloadWebAcl }, [["c1", { adminConnection: async () => connection }]]);
    const provision = vi.spyOn(sandbox, "provision");
    const stage = await standUp(sandbox, "weak");
    expect([stage.wafLog, stage.reloadWebAcl]).toEqual([wafLog, reloadWebAcl]);
    expect(provision.mock.calls[0]?.[0].config).toEqual({
      // Of the page: a port that is free, and a secret, made anew each time.
      "palisade:pageDomain": "shop.palisade.example",
      "palisade:pageCertificateArn":
        "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000",
      "palisade:pageOriginSecret": expect.stringMatching(/^[0-9a-f]{64}$/),
      "palisade:pageOrigin": expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      "palisade:loginUrl": "http://127.0.0.1:1",
      "palisade:deniedAddresses": '["127.0.9.0/24"]',
      "palisade:domain": JSON.stringify({
        name: "api.palisade.example",
        certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
      }),
      "palisade:corsOrigin": "https://partners.palisade.example",
    });
    expect(stage).toMatchObject({
      stage: "weak",
      edgeUrl: "http://127.0.0.1:2",
      baseUrl: "http://127.0.0.1:3",
      region: "us-east-1",
      resources: { emulated: 1, declared: 2 },
      declaredTypes: ["aws:a/b:C", "aws:b/c:D"],
      provisionMs: 12,
      bundleDirectory: "/lab/stand-ins",
    });
    expect(sent).toEqual(["SET GLOBAL log_output = 'TABLE'", "SET GLOBAL general_log = ON"]);
  });

  it.each([["edgeUrl"], ["baseUrl"]])("needs an API: %s", async (name) => {
    await expect(standUp(fakeSandbox({ [name]: undefined }), "prod")).rejects.toThrow(
      "the outputs of prod name no API",
    );
  });

  it.each([
    [[], "no cluster"],
    [[["c2", {}]] as [string, object][], "c2"],
  ])("needs its database's server, not %j", async (databases, known) => {
    await expect(standUp(fakeSandbox({}, databases), "prod")).rejects.toThrow(
      `the stage's cluster c1 has no server; the sandbox has servers for ${known}`,
    );
  });
});

describe("the access log of a stage", () => {
  const connection = { query: async () => [], end: async () => {} };
  const databases: [string, object][] = [["c1", { adminConnection: async () => connection }]];

  it("is what its log group has", async () => {
    const events = [
      { timestamp: 1, message: "one" },
      { timestamp: 2, message: "two" },
    ];
    const sent: unknown[] = [];
    const send = async ({ input }: { input: unknown }) => {
      sent.push(input);
      return { events };
    };
    const sandbox = fakeSandbox(
      { deliverAccessLog: async () => "group", accessLogLines: async () => ["never"] },
      databases,
    );
    const stage = await standUp({ ...sandbox, clients: { logs: { send } } } as unknown as Sandbox, "prod");
    expect(await stage.accessLog?.()).toEqual({ kept: true, lines: ["one", "two"] });
    expect(sent).toEqual([{ logGroupName: "group", startTime: 0, nextToken: undefined }]);
  });

  it("is what a log of SecureGateway's format would have where the stage keeps none, and says so", async () => {
    const formats: string[] = [];
    const accessLogLines = async (format: string) => {
      formats.push(format);
      return ["one"];
    };
    const stage = await standUp(
      fakeSandbox({ deliverAccessLog: async () => undefined, accessLogLines }, databases),
      "weak",
    );
    expect(await stage.accessLog?.()).toEqual({ kept: false, lines: ["one"] });
    expect(formats).toEqual([ACCESS_LOG_FORMAT]);
  });
});
