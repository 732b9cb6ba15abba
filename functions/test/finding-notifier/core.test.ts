import { describe, expect, test } from "vitest";
import { createNotifier } from "../../src/finding-notifier/core.ts";
import type { Claimed, FindingStore, Held } from "../../src/finding-notifier/store.ts";
import type { LogRecord } from "../../src/shared/log.ts";
import type { Message } from "../../src/shared/topic.ts";
import { findingEvent } from "./events.ts";

/** A store in memory, with the rules of the one in DynamoDB, which packages/threat-detection tests against the emulator. */
function memory() {
  const known = new Map<string, { severity: number; done: boolean }>();
  const held = new Map<number, Held>();
  const counted = { urgent: 0, other: 0 };
  const store: FindingStore = {
    async claim({ id, severity }): Promise<Claimed> {
      const before = known.get(id);
      if (before !== undefined && !before.done) return "busy";
      if (before !== undefined && severity <= before.severity) return "sent";
      known.set(id, { severity, done: false });
      return "taken";
    },
    async done({ id, severity }) {
      known.set(id, { severity, done: true });
    },
    async release({ id }) {
      known.delete(id);
    },
    count: async (urgent) => ++counted[urgent ? "urgent" : "other"],
    async uncount(urgent) {
      counted[urgent ? "urgent" : "other"]--;
    },
    async hold(type) {
      const now = held.get(0) ?? { hour: "h0", counts: {} };
      now.counts[type] = (now.counts[type] ?? 0) + 1;
      held.set(0, now);
    },
    held: async (hoursAgo) => held.get(hoursAgo),
    forget: async (each) => {
      for (const [key, value] of held) if (value === each) held.delete(key);
      return true;
    },
  };
  return { store, known, held };
}

function notifierOf(messagesPerHour = 100) {
  const sent: Message[] = [];
  const logged: LogRecord[] = [];
  const state = { ...memory(), sent, logged, fail: undefined as Error | undefined };
  const notifier = createNotifier({
    store: state.store,
    publish: async (message) => {
      if (state.fail !== undefined) throw state.fail;
      sent.push(message);
    },
    messagesPerHour,
    log: (record) => logged.push(record),
  });
  return Object.assign(state, notifier);
}

const recordOf = (messageId: string, event: unknown) => ({ messageId, body: JSON.stringify(event) });
const finding = (id: string, detail: Record<string, unknown> = {}) =>
  findingEvent("Trojan:Lambda/DropPoint", { id, ...detail });

describe("deliver", () => {
  test("sends a finding once, whether it comes twice in one batch or in two", async () => {
    const notifier = notifierOf();
    expect(await notifier.deliver([recordOf("1", finding("f")), recordOf("2", finding("f"))])).toEqual({
      batchItemFailures: [],
    });
    await notifier.deliver([recordOf("3", finding("f"))]);
    expect(notifier.sent.map(({ subject }) => subject)).toEqual(["[HIGH] prod-orders: Trojan:Lambda/DropPoint"]);
  });

  test("sends it again when it has become worse", async () => {
    const notifier = notifierOf();
    await notifier.deliver([recordOf("1", finding("f")), recordOf("2", finding("f", { severity: 9.5 }))]);
    expect(notifier.sent.map(({ subject }) => subject)).toEqual([
      "[HIGH] prod-orders: Trojan:Lambda/DropPoint",
      "[CRITICAL] prod-orders: Trojan:Lambda/DropPoint",
    ]);
  });

  test("leaves in the queue what cannot be sent, and sends the rest", async () => {
    const notifier = notifierOf();
    notifier.fail = new Error("no topic with a secret in its message");
    expect(await notifier.deliver([recordOf("1", finding("f"))])).toEqual({
      batchItemFailures: [{ itemIdentifier: "1" }],
    });
    expect(notifier.logged).toEqual([
      {
        level: "ERROR",
        event: "undelivered",
        requestId: "1",
        what: "finding",
        error: "Error",
        at: expect.any(Array),
      },
    ]);
    expect(JSON.stringify(notifier.logged)).not.toContain("secret");
    notifier.fail = undefined;
    expect(await notifier.deliver([recordOf("1", finding("f")), recordOf("2", finding("g"))])).toEqual({
      batchItemFailures: [],
    });
    expect(notifier.sent).toHaveLength(2);
  });

  test("leaves in the queue what another delivery is at work on", async () => {
    const notifier = notifierOf();
    notifier.known.set("f", { severity: 8, done: false });
    expect(await notifier.deliver([recordOf("1", finding("f"))])).toEqual({
      batchItemFailures: [{ itemIdentifier: "1" }],
    });
    expect(notifier.sent).toEqual([]);
  });

  test("fails as the topic did, even when the claim cannot be given back", async () => {
    const notifier = notifierOf();
    notifier.fail = new Error("no topic");
    notifier.store.release = async () => {
      throw new Error("no table");
    };
    expect((await notifier.deliver([recordOf("1", finding("f"))])).batchItemFailures).toHaveLength(1);
  });

  test("tries that fail use up none of the hour's messages, and a lost count fails nothing else", async () => {
    const notifier = notifierOf(1);
    notifier.fail = new Error("no topic");
    for (let tries = 0; tries < 5; tries++) await notifier.deliver([recordOf("1", finding("f"))]);
    notifier.fail = undefined;
    await notifier.deliver([recordOf("1", finding("f"))]);
    expect(notifier.sent).toHaveLength(1);

    notifier.fail = new Error("no topic");
    notifier.store.count = async () => 1;
    notifier.store.uncount = async () => {
      throw new Error("no table");
    };
    expect((await notifier.deliver([recordOf("1", finding("g"))])).batchItemFailures).toHaveLength(1);
  });

  test("a flood of minor findings and of what nobody can read hides no grave one", async () => {
    const notifier = notifierOf(1);
    for (let index = 0; index < 5; index++) {
      await notifier.deliver([recordOf("1", finding(`minor-${index}`, { severity: 6.9 })), recordOf("2", { id: "x" })]);
    }
    await notifier.deliver([recordOf("3", finding("grave", { severity: 7 }))]);
    await notifier.deliver([recordOf("4", finding("graver", { severity: 9 }))]);
    expect(notifier.sent.map(({ subject }) => subject)).toEqual([
      "[MEDIUM] prod-orders: Trojan:Lambda/DropPoint",
      "[HIGH] prod-orders: Trojan:Lambda/DropPoint",
    ]);
    expect(notifier.held.get(0)?.counts).toEqual({ "Trojan:Lambda/DropPoint": 5, "unreadable event": 5 });
  });

  test("a finding that was sent is not delivered again because its mark failed", async () => {
    const notifier = notifierOf();
    notifier.store.done = async () => {
      throw new Error("no table");
    };
    expect(await notifier.deliver([recordOf("1", finding("f"))])).toEqual({ batchItemFailures: [] });
    expect(notifier.sent).toHaveLength(1);
  });

  test.each([
    ["no JSON", "{", "Event     without an id\nSource    not named\n"],
    ["nothing", "null", "Event     without an id\nSource    not named\n"],
    ["no finding", '{"id":"e","source":"aws.guardduty","detail":{}}', "Event     e\nSource    aws.guardduty\n"],
  ])("tells a person of %s", async (_what, body, words) => {
    const notifier = notifierOf();
    expect(await notifier.deliver([{ messageId: "1", body }])).toEqual({ batchItemFailures: [] });
    expect(notifier.sent).toMatchObject([{ subject: "[UNREADABLE] an event of GuardDuty" }]);
    expect(notifier.sent[0]?.text).toContain(words);
  });

  test("of 10,000 findings in a burst none is lost: each is sent or counted in the digest", async () => {
    const notifier = notifierOf(60);
    for (let batch = 0; batch < 1000; batch++) {
      const records = Array.from({ length: 10 }, (_, index) =>
        recordOf(`${batch}-${index}`, finding(`f${batch}-${index}`)),
      );
      expect(await notifier.deliver(records)).toEqual({ batchItemFailures: [] });
    }
    expect(notifier.sent).toHaveLength(60);
    expect(notifier.held.get(0)?.counts).toEqual({ "Trojan:Lambda/DropPoint": 9940 });
  });
});

describe("digest", () => {
  test("sends each hour that is over once", async () => {
    const notifier = notifierOf();
    notifier.held.set(0, { hour: "now", counts: { a: 1 } });
    notifier.held.set(1, { hour: "h1", counts: { a: 2, b: 1 } });
    notifier.held.set(24, { hour: "h24", counts: { a: 1 } });
    notifier.held.set(25, { hour: "h25", counts: { a: 1 } });
    expect(await notifier.digest()).toBe(2);
    expect(notifier.sent.map(({ subject }) => subject)).toEqual([
      "[DIGEST] 3 further findings in the hour of h1",
      "[DIGEST] 1 further findings in the hour of h24",
    ]);
    expect(await notifier.digest()).toBe(0);
  });

  test("keeps a digest that could not be sent", async () => {
    const notifier = notifierOf();
    notifier.held.set(1, { hour: "h1", counts: { a: 2 } });
    notifier.fail = new Error("no topic");
    await expect(notifier.digest()).rejects.toThrow("no topic");
    notifier.fail = undefined;
    expect(await notifier.digest()).toBe(1);
  });
});
