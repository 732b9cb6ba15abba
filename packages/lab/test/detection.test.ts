import { describe, expect, test } from "vitest";
import { type DetectionResult, detect, detectionExpected, detectionText } from "../src/detection.ts";
import { attackWithProgress, detects } from "../src/lab.ts";
import type { StageWatch } from "../src/watch.ts";
import { fakeStage } from "./fake-stage.ts";

type Call = Awaited<ReturnType<StageWatch["calls"]>>[number];
type Mail = NonNullable<Awaited<ReturnType<StageWatch["mail"]>>>;

const TYPE = "UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom";
const CALL: Call = { address: "198.51.100.66", port: 443, functionName: "caller-1", time: 1000, localPort: 1 };
const FINDING = {
  id: "event",
  source: "aws.guardduty",
  "detail-type": "x",
  detail: { id: "f1", type: TYPE, severity: 5 },
};
const MAIL: Mail = {
  time: 3500,
  to: ["ann@example.com"],
  from: "a@b.c",
  subject: `[MEDIUM] caller-1: ${TYPE}`,
  text: "what to do",
  raw: "",
};
const ACCOUNT = { threatCallerName: "caller-1" } as NonNullable<StageWatch["account"]>;

/** A stage where a call becomes what the test says. */
function stageWith(what: { call?: Call; mails?: Mail[]; before?: Call[]; account?: boolean; weak?: string }) {
  const calls = [...(what.before ?? [])];
  const waits: number[] = [];
  const watch: StageWatch = {
    ...(what.account === false ? {} : { account: ACCOUNT }),
    deliverAccessLog: async () => undefined,
    deliverTrails: async () => [],
    calls: async () => [...calls],
    mail: async (wanted, seconds) => {
      waits.push(seconds);
      return what.mails?.find(wanted);
    },
  };
  const fake = fakeStage({
    outputs: what.weak === undefined ? {} : { threatCallerName: what.weak },
    command: ({ name }) => {
      if (name === "Invoke" && what.call !== undefined) calls.push(what.call);
      return {};
    },
  });
  return { stage: { ...fake, watch }, waits, commands: fake.commands };
}

describe("the call to a listed address", () => {
  test("is a mail to a person, with what came before it", async () => {
    const { stage, waits, commands } = stageWith({ call: { ...CALL, finding: FINDING }, mails: [MAIL] });
    expect(await detect(stage)).toEqual({
      id: "malicious-address-call",
      title: "A function calls an address on a threat list",
      paper: "IV.2.C",
      outcome: "mail",
      call: { functionName: "caller-1", address: "198.51.100.66", time: "1970-01-01T00:00:01.000Z" },
      finding: { id: "f1", type: TYPE, severity: 5 },
      mail: { to: "ann@example.com", subject: MAIL.subject, text: "what to do", time: "1970-01-01T00:00:03.500Z" },
      seconds: 2.5,
      evidence: `caller-1 called 198.51.100.66; ${TYPE}; a mail to ann@example.com after 2.5 s`,
    });
    expect(waits).toEqual([10]);
    expect(commands).toEqual([{ name: "Invoke", input: { FunctionName: "caller-1", Payload: "{}" } }]);
  });

  test("is no trace where there is neither a finding nor a mail", async () => {
    const { stage, waits, commands } = stageWith({ call: CALL, account: false, weak: "weak-caller" });
    expect(await detect(stage)).toMatchObject({
      outcome: "no trace",
      evidence: "caller-1 called 198.51.100.66; no finding, and no mail in 2 s",
    });
    expect(waits).toEqual([2]);
    expect(commands[0]?.input).toMatchObject({ FunctionName: "weak-caller" });
  });

  test("is a finding that no person was told of, and a mail without a finding is one", async () => {
    const untold = stageWith({ call: { ...CALL, finding: FINDING } });
    expect(await detect(untold.stage)).toMatchObject({
      outcome: "finding",
      evidence: `caller-1 called 198.51.100.66; ${TYPE}, and no mail in 10 s`,
    });
    const told = stageWith({ call: CALL, mails: [MAIL] });
    expect(await detect(told.stage)).toMatchObject({ outcome: "mail", finding: undefined, seconds: 2.5 });
  });

  test("counts no earlier call, no earlier mail and no other's", async () => {
    const others = [
      { ...MAIL, time: 999 },
      { ...MAIL, subject: "something else" },
    ];
    const { stage } = stageWith({ before: [CALL], call: { ...CALL, time: 2000, finding: FINDING }, mails: others });
    expect(await detect(stage)).toMatchObject({ outcome: "finding", call: { time: "1970-01-01T00:00:02.000Z" } });
    const silent = stageWith({ before: [CALL] });
    expect(await detect(silent.stage)).toMatchObject({
      outcome: "not called",
      evidence: "caller-1 was invoked, and the sink saw no call",
    });
  });

  test("that the sandbox could not judge is an error", async () => {
    const { stage } = stageWith({ call: { ...CALL, error: "Error: no bucket" } });
    await expect(detect(stage)).rejects.toThrow("the sandbox could not judge the call: Error: no bucket");
  });

  test("is not tried where there is no function for it, or nobody watches", async () => {
    expect(await detect(stageWith({ account: false }).stage)).toBeUndefined();
    expect(await detect(fakeStage({ outputs: { threatCallerName: "x" } }))).toBeUndefined();
  });
});

const of = (outcome: DetectionResult["outcome"], seconds?: number) => ({ outcome, seconds }) as DetectionResult;

test("weak is expected to tell nobody, any other stage a person", () => {
  expect(detectionExpected("weak", of("no trace"))).toBe(true);
  expect(detectionExpected("weak", of("mail"))).toBe(false);
  expect(detectionExpected("prod", of("mail"))).toBe(true);
  for (const outcome of ["no trace", "finding", "not called"] as const) {
    expect(detectionExpected("prod", of(outcome))).toBe(false);
  }
});

test("the table says when the mail came, or what was in its place", () => {
  expect([of("mail", 1.25), of("finding"), of("no trace"), of("not called")].map(detectionText)).toEqual([
    "mail after 1.3 s",
    "finding",
    "no trace",
    "not called",
  ]);
});

describe("a run of the lab", () => {
  test("tries the call with all attacks, and where it is named", () => {
    expect([[], ["no-token"], ["no-token", "malicious-address-call"]].map(detects)).toEqual([true, false, true]);
  });

  test("tells of it, and has it in the result", async () => {
    const lines: string[] = [];
    const run = (withDetection?: boolean) =>
      attackWithProgress(
        stageWith({ call: CALL }).stage,
        {} as Parameters<typeof attackWithProgress>[1],
        {} as Parameters<typeof attackWithProgress>[2],
        [],
        (line) => lines.push(line),
        withDetection,
      );
    expect((await run(true)).detection).toMatchObject({ outcome: "no trace" });
    expect(lines).toEqual(["prod: malicious-address-call: no trace"]);
    expect(await run()).not.toHaveProperty("detection");
  });
});
