import { describe, expect, it } from "vitest";
import { readRecords } from "../src/logs.ts";
import { type FakeCommand, fakeStage } from "./fake-stage.ts";
import { answer, kept, waf } from "./support.ts";

const attack = (id: string, more = {}) => kept({}, answer(403, "", { "x-amzn-requestid": id }), more);
const line = (id: string) =>
  `{"level":"WARN","event":"denied","requestId":"${id}","function":"orders","layer":"function","defence":"company-check","status":403}`;
const events = (...messages: string[]) => ({ events: messages.map((message) => ({ message, timestamp: 1004 })) });

describe("the records of an attack", () => {
  it("are those of its own requests, oldest first", async () => {
    const stage = fakeStage({
      command: ({ input }) =>
        input.logGroupName === "/aws/lambda/orders-1" ? events(`${line("r1")}\n`, line("other"), "END") : {},
      rows: () => [{ time: "1002.5", event: "Execute", text: "SELECT 1" }],
    });
    expect(await readRecords(stage, "orders", [attack("r1")], true)).toEqual([
      { source: "database", time: 1002.5, event: "Execute", text: "SELECT 1" },
      expect.objectContaining({ source: "function", time: 1004, requestId: "r1", defence: "company-check" }),
    ]);
    const groups = stage.commands.map(({ input }) => [input.logGroupName, input.startTime]);
    expect(groups).toEqual([
      ["/aws/lambda/orders-1", 999],
      ["/aws/lambda/auth-1", 999],
    ]);
    expect(stage.statements[0]).toContain("user_host NOT LIKE 'root[%'");
  });

  it("are the firewall's too, of what it ended, which no function has a record of", async () => {
    const ended = waf("size-limits", "r1");
    const stage = fakeStage({ waf: [ended, waf("Default_Action", "r1", "ALLOW"), waf("size-limits", "other")] });
    expect(await readRecords(stage, "orders", [attack("r1")], true)).toEqual([
      { source: "waf", time: 1004, requestId: "r1", event: "BLOCK size-limits", text: JSON.stringify(ended) },
    ]);
    expect(stage.commands.filter(({ name }) => name === "Invoke")).toEqual([]);
  });

  it("are none where nothing was attacked", async () => {
    const stage = fakeStage();
    expect(await readRecords(stage, "orders", [attack("r1", { purpose: "setup" })], true)).toEqual([]);
    expect(stage.commands).toEqual([]);
  });

  it("are waited for, and the functions called once more to hand them over", async () => {
    let reads = 0;
    const stage = fakeStage({
      command: ({ name }) => {
        if (name === "Invoke") return Object.assign(new Error("no alias"), { name: "ResourceNotFoundException" });
        reads += 1;
        return reads > 8 ? events(line("r1")) : {};
      },
    });
    const records = await readRecords(stage, "orders", [attack("r1")], true);
    expect(records.map(({ requestId }) => requestId)).toContain("r1");
    const invoked = stage.commands.filter(({ name }) => name === "Invoke").map(({ input }) => input.FunctionName);
    expect(invoked).toEqual(["auth-1", "orders-1", "auth-1", "orders-1"]);
  });

  it("are not waited for without need", async () => {
    const stage = fakeStage();
    await readRecords(stage, "carts", [attack("r1")], false);
    expect(stage.commands.length).toBe(2);
    const gateway = kept(
      {},
      answer(401, "", { "x-amzn-requestid": "r1", "x-amzn-errortype": "UnauthorizedException" }),
    );
    await readRecords(stage, "carts", [gateway], true);
    expect(stage.commands.length).toBe(4);
  });

  it("are given up in the end; a function that is not there is not called", async () => {
    const stage = fakeStage();
    expect(await readRecords(stage, "carts", [attack("r1")], true)).toEqual([]);
    const invoked = stage.commands.filter(({ name }) => name === "Invoke");
    expect(new Set(invoked.map(({ input }) => input.FunctionName))).toEqual(new Set(["auth-1"]));
  });

  it("of a function that was never called are none; another error is one", async () => {
    const failing = (name: string) => ({
      command: (command: FakeCommand) =>
        command.name === "FilterLogEvents" ? Object.assign(new Error(name), { name }) : {},
    });
    const missing = fakeStage(failing("ResourceNotFoundException"));
    expect(await readRecords(missing, "orders", [attack("r1")], false)).toEqual([]);
    const refused = fakeStage(failing("AccessDeniedException"));
    await expect(readRecords(refused, "orders", [attack("r1")], false)).rejects.toThrow("AccessDeniedException");
  });

  it("hold AWS's refusals where the attack called AWS", async () => {
    const trail = (errorCode: string | undefined, at: number, eventName?: string) => ({
      CloudTrailEvent: JSON.stringify({ errorCode, eventName }),
      EventTime: new Date(at),
    });
    const stage = fakeStage({
      command: ({ name }) =>
        name === "LookupEvents"
          ? {
              Events: [
                trail("AccessDenied", 1000, "ListSecrets"),
                trail("AccessDeniedException", 1000),
                trail(undefined, 1000),
                trail("CodeVerificationFailedException", 1000, "UpdateFunctionCode"),
                trail("InvalidCodeSignatureException", 1000, "CreateFunction"),
                trail("ThrottlingException", 1000),
                trail("AccessDenied", -1),
                {},
              ],
            }
          : {},
    });
    const call = kept({ path: "/secretsmanager:ListSecrets" }, answer(403), { via: "aws" });
    expect(await readRecords(stage, "orders", [call], true)).toEqual([
      expect.objectContaining({ source: "cloudtrail", event: "ListSecrets" }),
      expect.objectContaining({ source: "cloudtrail", event: "" }),
      expect.objectContaining({ source: "cloudtrail", event: "UpdateFunctionCode" }),
      expect.objectContaining({ source: "cloudtrail", event: "CreateFunction" }),
    ]);
    const refusedLogins = [
      { time: 1001, user: "orders", reason: "no" },
      { time: 1, user: "orders", reason: "earlier" },
    ];
    expect(await readRecords(fakeStage({ refusedLogins }), "orders", [call], true)).toEqual([
      { source: "database", time: 1001, event: "connect", text: JSON.stringify(refusedLogins[0]) },
    ]);
    const silent = fakeStage();
    expect(await readRecords(silent, "orders", [call], true)).toEqual([]);
  });
});
