import type { LookupEventsCommandInput } from "@aws-sdk/client-cloudtrail";
import { expect, test } from "vitest";
import type { AwsClients } from "../../src/clients.ts";
import { readEvents } from "../../src/trail/events.ts";

/** The emulator: events with times finer than a Date's, newest first, 50 a page. */
function emulatorOf(times: number[]) {
  const pages: LookupEventsCommandInput[] = [];
  const send = async ({ input }: { input: LookupEventsCommandInput }) => {
    pages.push(input);
    const from = input.StartTime?.getTime() ?? 0;
    const to = input.EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
    const Events = times
      .map((time, index) => ({ time, EventId: `e${index}` }))
      .filter(({ time }) => time >= from && time <= to)
      .sort((left, right) => right.time - left.time)
      .slice(0, 50)
      .map(({ time, EventId }) => ({ EventId, EventTime: new Date(Math.round(time)), CloudTrailEvent: "{}" }));
    return { Events };
  };
  return { clients: { cloudTrail: { send } } as unknown as AwsClients, pages };
}

test("every event is read once, oldest first, over as many pages as it takes", async () => {
  const times = Array.from({ length: 230 }, (_, index) => 1000 + index / 3);
  const events = await readEvents(emulatorOf(times).clients, 1000);
  expect(events.map(({ id }) => id).sort()).toEqual(times.map((_, index) => `e${index}`).sort());
  expect(events.map(({ time }) => time)).toEqual([...events.map(({ time }) => time)].sort((a, b) => a - b));
});

test("more events of one millisecond than a page has do not stop it", async () => {
  const times = [...Array(60).fill(2000.2), ...Array.from({ length: 20 }, (_, index) => 1000 + index)];
  const events = await readEvents(emulatorOf(times).clients, 0);
  expect(events.filter(({ time }) => time < 2000)).toHaveLength(20);
});

test("none is none, and what has no id or no record is passed over", async () => {
  expect(await readEvents(emulatorOf([]).clients, 0)).toEqual([]);
  const send = async () => ({
    Events: [{ EventId: "a" }, { CloudTrailEvent: "{}" }, { EventId: "b", CloudTrailEvent: "{}" }],
  });
  const clients = { cloudTrail: { send } } as unknown as AwsClients;
  expect(await readEvents(clients, 0)).toEqual([{ id: "b", time: 0, text: "{}" }]);
  const silent = { cloudTrail: { send: async () => ({}) } } as unknown as AwsClients;
  expect(await readEvents(silent, 0)).toEqual([]);
});
