import { describe, expect, test } from "vitest";
import { createResponder } from "../../src/finding-response/core.ts";
import type { Ledger } from "../../src/finding-response/ledger.ts";
import { Declined, type Measure } from "../../src/finding-response/measures/measure.ts";
import type { MeasureName, ResponsePlan } from "../../src/finding-response/settings.ts";
import type { LogRecord } from "../../src/shared/log.ts";
import type { Message } from "../../src/shared/topic.ts";
import { findingEvent, service } from "../finding-notifier/events.ts";
import { AT, callFrom, memoryLedger, NOW, PLAN } from "./support.ts";

const DROP_POINT = "Trojan:Lambda/DropPoint";
/** A plan with one measure, so that a test sees what becomes of it. */
const QUARANTINE: ResponsePlan = { mode: "act", measuresPerHour: 10, quarantine: PLAN.quarantine };

function setUp(plan: ResponsePlan = QUARANTINE, overrides: Partial<Ledger> = {}) {
  const memory = memoryLedger();
  const messages: Message[] = [];
  const records: LogRecord[] = [];
  const calls: string[] = [];
  const faults: Record<string, Error | undefined> = {};
  const state = { now: NOW, undone: true };
  const step = async (name: string) => {
    calls.push(name);
    const fault = faults[name.split(" ")[0] as string];
    if (fault !== undefined) throw fault;
  };
  const measure = (kind: MeasureName): Measure => ({
    look: async (target) => {
      await step(`look ${kind} ${target}`);
      return "5";
    },
    apply: (target, at) => step(`apply ${kind} ${target} ${at}`),
    undo: async (target, earlier, at) => {
      await step(`undo ${kind} ${target} ${earlier} ${at}`);
      return state.undone;
    },
  });
  const responder = createResponder({
    plan,
    ledger: { ...memory.ledger, ...overrides },
    measures: {
      quarantine: measure("quarantine"),
      "revoke-sessions": measure("revoke-sessions"),
      "deny-address": measure("deny-address"),
    },
    publish: async (message) => {
      await step(`publish ${message.subject}`);
      messages.push(message);
    },
    log: (record) => records.push(record),
    self: "responder",
    now: () => state.now,
  });
  const deliver = (event: unknown) => responder.deliver([{ messageId: "m1", body: JSON.stringify(event) }]);
  const subjects = () => messages.map(({ subject }) => subject);
  return { ...memory, responder, deliver, messages, subjects, records, calls, faults, state };
}

const FAILED = { batchItemFailures: [{ itemIdentifier: "m1" }] };
const DONE = { batchItemFailures: [] };
const logged = (requestId: string, measure: MeasureName, target: string, outcome: string) => ({
  level: "WARN",
  event: "responded",
  requestId,
  measure,
  target,
  outcome,
});

describe("a finding", () => {
  test("has its measure taken once: written down, taken, announced with how to take it back, logged", async () => {
    const { deliver, calls, messages, records, rows } = setUp();
    expect(await deliver(findingEvent(DROP_POINT))).toEqual(DONE);
    expect(await deliver(findingEvent(DROP_POINT))).toEqual(DONE);
    expect(calls).toEqual([
      "look quarantine prod-orders",
      `apply quarantine prod-orders ${AT}`,
      "publish [RESPONSE] quarantine of prod-orders",
    ]);
    expect(messages[0]?.text).toBe(
      [
        "The function prod-orders was stopped: its reserved concurrency is 0, and every call of it is refused.",
        "",
        "Why       Trojan:Lambda/DropPoint, severity 8",
        "Finding   16afba5c5c43e07c9e3e5e2e544e95df in 123456789012, eu-west-1",
        "For       until somebody takes it back",
        "",
        "To take it back",
        "aws lambda invoke --function-name responder --cli-binary-format raw-in-base64-out --payload " +
          `'{"release":{"measure":"quarantine","target":"prod-orders"}}' /dev/stdout`,
      ].join("\n"),
    );
    expect(records).toEqual([logged("m1", "quarantine", "prod-orders", "taken")]);
    expect([...rows.values()]).toEqual([
      expect.objectContaining({ earlier: "5", at: AT, until: 0, findingType: DROP_POINT, inForce: true }),
    ]);
  });

  test("in the dry run is only told, and once", async () => {
    const { deliver, calls, messages, records, rows } = setUp({ ...QUARANTINE, mode: "dry-run" });
    await deliver(findingEvent(DROP_POINT));
    await deliver(findingEvent(DROP_POINT));
    expect(calls).toEqual(["publish [DRY RUN] quarantine of prod-orders"]);
    expect(messages[0]?.text).toContain(
      "The function prod-orders would be stopped. Nothing was done: the responder is in its dry run.",
    );
    expect(rows.size).toBe(0);
    expect(records).toEqual([logged("m1", "quarantine", "prod-orders", "dry-run")]);
  });

  test("that was told in the dry run is acted on once the responder acts", async () => {
    const rehearsal = setUp({ ...QUARANTINE, mode: "dry-run" });
    await rehearsal.deliver(findingEvent(DROP_POINT));
    const { deliver, subjects } = setUp(QUARANTINE, rehearsal.ledger);
    await deliver(findingEvent(DROP_POINT));
    expect(subjects()).toEqual(["[RESPONSE] quarantine of prod-orders"]);
  });

  test("says of each measure what would be done", async () => {
    const { deliver, messages } = setUp({ ...PLAN, mode: "dry-run" });
    await deliver(findingEvent(DROP_POINT));
    await deliver(callFrom("45.155.205.10", undefined, { id: "two" }));
    expect(messages.map(({ text }) => text.split(" Nothing")[0])).toEqual([
      "The function prod-orders would be stopped.",
      "The sessions of the role prod-orders would be revoked.",
      "The sessions of the role deployer would be revoked.",
      "Requests from 45.155.205.10/32 would be refused by the firewall.",
    ]);
  });

  test("that is a sample of GuardDuty's is a rehearsal, in whatever mode", async () => {
    const { deliver, subjects } = setUp();
    await deliver(findingEvent(DROP_POINT, { service: { ...service, additionalInfo: { sample: true } } }));
    expect(subjects()).toEqual(["[DRY RUN] quarantine of prod-orders"]);
  });

  test("about what is protected says that nothing was done", async () => {
    const protecting = {
      ...QUARANTINE,
      quarantine: { ...PLAN.quarantine, protected: ["prod-orders"] },
    } as ResponsePlan;
    const acting = setUp(protecting);
    await acting.deliver(findingEvent(DROP_POINT));
    expect(acting.calls).toEqual(["publish [NO RESPONSE] quarantine of prod-orders"]);
    expect(acting.messages[0]?.text).toContain("Nothing was done about prod-orders: the plan protects it.");
    expect(acting.counted()).toBe(0);
    expect(acting.records).toEqual([logged("m1", "quarantine", "prod-orders", "declined")]);
    const rehearsing = setUp({ ...protecting, mode: "dry-run" });
    await rehearsing.deliver(findingEvent(DROP_POINT));
    expect(rehearsing.subjects()).toEqual(["[NO RESPONSE] quarantine of prod-orders"]);
  });

  test("may call for several measures, each with its own end", async () => {
    const { deliver, subjects, rows } = setUp(PLAN);
    await deliver(callFrom("45.155.205.10"));
    expect(subjects()).toEqual([
      "[RESPONSE] revoke-sessions of deployer",
      "[RESPONSE] deny-address of 45.155.205.10/32",
    ]);
    expect(rows.get("deny-address 45.155.205.10/32")?.until).toBe(NOW + 24 * 3600);
    expect(rows.get("revoke-sessions deployer")?.until).toBe(0);
  });

  test("that nobody can read, or that calls for nothing, is dealt with", async () => {
    const { responder, calls } = setUp();
    expect(await responder.deliver([{ messageId: "m1", body: "{" }])).toEqual(DONE);
    expect(await responder.deliver([{ messageId: "m2", body: JSON.stringify({ detail: {} }) }])).toEqual(DONE);
    expect(calls).toEqual([]);
  });
});

describe("an hour", () => {
  test("has a most of measures: what is beyond is said, and not done", async () => {
    const { deliver, subjects, messages, calls } = setUp({ ...QUARANTINE, measuresPerHour: 1 });
    await deliver(findingEvent(DROP_POINT, { id: "one" }));
    await deliver(findingEvent(DROP_POINT, { id: "two" }));
    expect(subjects()).toEqual(["[RESPONSE] quarantine of prod-orders", "[NO RESPONSE] quarantine of prod-orders"]);
    expect(messages[1]?.text).toContain(
      "Nothing was done about prod-orders: 1 measures were taken in this hour, the most that the plan allows.",
    );
    expect(calls.filter((call) => call.startsWith("apply"))).toHaveLength(1);
  });

  test("whose count cannot be read has no measure: nobody knows that it is not one too many", async () => {
    const { deliver, subjects } = setUp(QUARANTINE, { count: async () => Number.NaN });
    await deliver(findingEvent(DROP_POINT));
    expect(subjects()).toEqual(["[NO RESPONSE] quarantine of prod-orders"]);
  });
});

describe("a measure", () => {
  test("that fails stays in the queue, is logged, and goes on with what there was before it", async () => {
    const { deliver, faults, calls, records, state, counted, rows } = setUp();
    faults.apply = new Error("lost");
    expect(await deliver(findingEvent(DROP_POINT))).toEqual(FAILED);
    expect(records).toEqual([
      {
        level: "ERROR",
        event: "undelivered",
        requestId: "m1",
        what: "finding",
        error: "Error",
        at: expect.arrayContaining([]),
      },
    ]);
    faults.apply = undefined;
    state.now += 60;
    expect(await deliver(findingEvent(DROP_POINT))).toEqual(DONE);
    expect(calls.filter((call) => call.startsWith("look"))).toHaveLength(1);
    // With its own time, and counted once.
    expect(calls.filter((call) => call.startsWith("apply"))).toEqual([
      `apply quarantine prod-orders ${AT}`,
      `apply quarantine prod-orders ${AT}`,
    ]);
    expect(counted()).toBe(1);
    expect(rows.get("quarantine prod-orders")?.earlier).toBe("5");
  });

  test("of which nobody could be told is told with the next delivery", async () => {
    const { deliver, faults, subjects } = setUp();
    faults.publish = new Error("lost");
    expect(await deliver(findingEvent(DROP_POINT))).toEqual(FAILED);
    faults.publish = undefined;
    expect(await deliver(findingEvent(DROP_POINT))).toEqual(DONE);
    expect(subjects()).toEqual(["[RESPONSE] quarantine of prod-orders"]);
  });

  test("on which another delivery is at work is left to it, and looked at again", async () => {
    const { deliver, calls } = setUp(QUARANTINE, { claim: async () => ({ is: "busy" }) });
    expect(await deliver(findingEvent(DROP_POINT))).toEqual(FAILED);
    expect(calls).toEqual([]);
  });

  test("that must not be taken is said so, and is not in force", async () => {
    for (const place of ["look", "apply"]) {
      const { deliver, faults, messages, rows, counted } = setUp();
      faults[place] = new Declined("it is gone");
      expect(await deliver(findingEvent(DROP_POINT))).toEqual(DONE);
      expect(messages.map(({ text }) => text.split("\n")[0])).toEqual([
        "Nothing was done about prod-orders: it is gone.",
      ]);
      expect([...rows.values()].filter(({ inForce }) => inForce)).toEqual([]);
      expect(counted()).toBe(1);
    }
  });

  test("that was in force before is so still, when taking it again must not be", async () => {
    const { deliver, faults, rows } = setUp();
    await deliver(findingEvent(DROP_POINT, { id: "one" }));
    faults.apply = new Declined("it is gone");
    await deliver(findingEvent(DROP_POINT, { id: "two" }));
    expect(rows.get("quarantine prod-orders")).toMatchObject({ inForce: true, earlier: "5" });
  });

  test("of a second finding is taken anew, and keeps what there was before the first", async () => {
    const { deliver, calls, state, rows } = setUp();
    await deliver(findingEvent(DROP_POINT, { id: "one" }));
    state.now += 3600;
    await deliver(findingEvent(DROP_POINT, { id: "two" }));
    const later = new Date(state.now * 1000).toISOString();
    expect(calls.filter((call) => !call.startsWith("publish"))).toEqual([
      "look quarantine prod-orders",
      `apply quarantine prod-orders ${AT}`,
      `apply quarantine prod-orders ${later}`,
    ]);
    expect(rows.get("quarantine prod-orders")).toMatchObject({ earlier: "5", at: later, findingId: "two" });
  });

  test("whose mark or release of the claim fails is done, or tried again, all the same", async () => {
    const lost = async () => Promise.reject(new Error("lost"));
    const marked = setUp(QUARANTINE, { settle: lost });
    expect(await marked.deliver(findingEvent(DROP_POINT))).toEqual(DONE);
    const released = setUp(QUARANTINE, { abandon: lost });
    released.faults.look = new Error("lost");
    expect(await released.deliver(findingEvent(DROP_POINT))).toEqual(FAILED);
  });
});

describe("a release", () => {
  test("puts back what there was, says so, and is not undone by the same finding", async () => {
    const { deliver, responder, calls, messages, subjects, records } = setUp();
    await deliver(findingEvent(DROP_POINT));
    expect(await responder.list()).toEqual([expect.objectContaining({ target: "prod-orders" })]);
    expect(await responder.release("quarantine", "prod-orders", "r1")).toEqual({ released: true, note: "" });
    expect(calls).toContain(`undo quarantine prod-orders 5 ${AT}`);
    expect(messages.at(-1)?.text).toBe("Taken back by hand: quarantine of\n  prod-orders");
    expect(await responder.list()).toEqual([]);
    await deliver(findingEvent(DROP_POINT));
    expect(subjects()).toEqual(["[RESPONSE] quarantine of prod-orders", "[RELEASED] quarantine of prod-orders"]);
    expect(records.at(-1)).toEqual(logged("r1", "quarantine", "prod-orders", "released"));
  });

  test("of what is not in force does nothing", async () => {
    const { responder, calls } = setUp();
    expect(await responder.release("quarantine", "prod-orders", "r1")).toEqual({
      released: false,
      note: "no such measure is in force",
    });
    expect(calls).toEqual([]);
  });

  test("of what somebody has changed meanwhile leaves it, and says so", async () => {
    const { deliver, responder, state, messages, records } = setUp();
    await deliver(findingEvent(DROP_POINT));
    state.undone = false;
    expect(await responder.release("quarantine", "prod-orders", "r1")).toEqual({
      released: false,
      note: "somebody has changed it since, and it was left as it is",
    });
    expect(messages.at(-1)?.text).toBe(
      "Taken back by hand, though somebody has changed it since, and it was left as it is: quarantine of\n  prod-orders",
    );
    expect(records.at(-1)).toMatchObject({ outcome: "left" });
    expect(await responder.list()).toEqual([]);
  });

  test("that fails leaves the measure in force", async () => {
    const { deliver, responder, faults } = setUp();
    await deliver(findingEvent(DROP_POINT));
    faults.undo = new Error("lost");
    await expect(responder.release("quarantine", "prod-orders", "r1")).rejects.toThrow("lost");
    expect(await responder.list()).toHaveLength(1);
  });
});

describe("a sweep", () => {
  test("lets in again whose time is over, and no one else", async () => {
    const { deliver, responder, state, subjects, messages, records } = setUp(PLAN);
    await deliver(findingEvent(DROP_POINT));
    await deliver(callFrom("45.155.205.10", undefined, { id: "one" }));
    state.now += 3600;
    await deliver(callFrom("45.155.205.11", undefined, { id: "two" }));
    const told = messages.length;
    expect(await responder.sweep("s1")).toBe(0);
    expect(messages).toHaveLength(told);
    state.now = NOW + 24 * 3600;
    expect(await responder.sweep("s1")).toBe(1);
    expect(records.at(-1)).toEqual(logged("s1", "deny-address", "45.155.205.10/32", "released"));
    expect(subjects().at(-1)).toBe("[RELEASED] deny-address of 45.155.205.10/32");
    state.now += 3600;
    await deliver(callFrom("45.155.205.12", undefined, { id: "three" }));
    state.now += 48 * 3600;
    expect(await responder.sweep("s1")).toBe(2);
    expect(messages.at(-1)).toEqual({
      subject: "[RELEASED] deny-address of 2 targets",
      text: "Taken back because their time was over: deny-address of\n  45.155.205.11/32\n  45.155.205.12/32",
    });
    expect((await responder.list()).map(({ measure }) => measure).sort()).toEqual([
      "quarantine",
      "revoke-sessions",
      "revoke-sessions",
    ]);
  });

  test("takes back the others when one fails, and fails, so that the alarm tells of it", async () => {
    const { deliver, responder, state, faults, records } = setUp(PLAN);
    await deliver(callFrom("45.155.205.10", undefined, { id: "one" }));
    state.now += 25 * 3600;
    state.undone = false;
    faults.undo = new Error("lost");
    await expect(responder.sweep("s1")).rejects.toThrow("lost");
    faults.undo = undefined;
    expect(await responder.sweep("s1")).toBe(1);
    expect(records.at(-1)).toMatchObject({ outcome: "left" });
  });
});
