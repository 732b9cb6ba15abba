import type { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import type { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, test } from "vitest";
import type { AwsClients } from "../src/clients.ts";
import { readDenied, readLogs, readRecords } from "../src/logs.ts";

function logs(...pages: { message?: string; timestamp?: number }[][]): { clients: AwsClients; inputs: object[] } {
  const inputs: object[] = [];
  const send = async (command: FilterLogEventsCommand) => {
    inputs.push(command.input);
    const events = pages[inputs.length - 1];
    return { events, nextToken: inputs.length < pages.length ? `page-${inputs.length}` : undefined };
  };
  return { clients: { logs: { send } } as unknown as AwsClients, inputs };
}

describe("readLogs", () => {
  test("reads every page, and parses the lines that are JSON objects", async () => {
    const { clients, inputs } = logs(
      [
        { timestamp: 1, message: "START RequestId: a" },
        { timestamp: 2, message: '{"event":"served"}' },
      ],
      [{ timestamp: 3, message: "{broken" }, {}],
    );
    expect(await readLogs(clients, "/group", 5)).toEqual([
      { timestamp: 1, message: "START RequestId: a", record: undefined },
      { timestamp: 2, message: '{"event":"served"}', record: { event: "served" } },
      { timestamp: 3, message: "{broken", record: undefined },
      { timestamp: 0, message: "", record: undefined },
    ]);
    expect(inputs).toEqual([
      { logGroupName: "/group", startTime: 5, nextToken: undefined },
      { logGroupName: "/group", startTime: 5, nextToken: "page-1" },
    ]);
  });

  test("records leave the platform's lines out", async () => {
    const { clients } = logs([{ message: "END RequestId: a" }, { message: '{"a":1}' }]);
    expect(await readRecords(clients, "/group")).toEqual([{ a: 1 }]);
  });

  test("a group that is not there yet has no lines; another error is one", async () => {
    const failing = (name: string) => {
      const error = Object.assign(new Error("failed"), { name });
      return { logs: { send: () => Promise.reject(error) } } as unknown as AwsClients;
    };
    expect(await readLogs(failing("ResourceNotFoundException"), "/group")).toEqual([]);
    await expect(readLogs(failing("AccessDeniedException"), "/group")).rejects.toThrow("failed");
  });
});

describe("readDenied", () => {
  const event = (id: number, errorCode?: string) => ({
    EventId: `event-${id}`,
    EventName: "GetSecretValue",
    EventTime: new Date(id),
    CloudTrailEvent: JSON.stringify({
      eventSource: "secretsmanager.amazonaws.com",
      errorCode,
      errorMessage: "not authorized",
      userIdentity: { arn: "arn:aws:sts::123456789012:assumed-role/orders/orders" },
    }),
  });

  function trail(events: object[]): { clients: AwsClients; asked: (Date | undefined)[] } {
    const asked: (Date | undefined)[] = [];
    const send = async ({ input }: LookupEventsCommand) => {
      asked.push(input.EndTime);
      const until = input.EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
      const newest = (events as { EventTime: Date }[]).filter(({ EventTime }) => EventTime.getTime() <= until);
      return { Events: newest.sort((a, b) => b.EventTime.getTime() - a.EventTime.getTime()).slice(0, 50) };
    };
    return { clients: { cloudTrail: { send } } as unknown as AwsClients, asked };
  }

  test("keeps what was refused, oldest first", async () => {
    const { clients } = trail([event(3, "AccessDenied"), event(2), event(1, "Client.UnauthorizedOperation")]);
    expect(await readDenied(clients)).toEqual([
      {
        timestamp: 1,
        action: "secretsmanager:GetSecretValue",
        principalArn: "arn:aws:sts::123456789012:assumed-role/orders/orders",
        message: "not authorized",
      },
      expect.objectContaining({ timestamp: 3 }),
    ]);
  });

  test("reads on where a page is full", async () => {
    const events = Array.from({ length: 120 }, (_, index) => event(index + 1, "AccessDenied"));
    const { clients, asked } = trail(events);
    expect((await readDenied(clients)).map(({ timestamp }) => timestamp)).toEqual(events.map((_, index) => index + 1));
    expect(asked.map((until) => until?.getTime())).toEqual([undefined, 71, 22]);
  });

  test("ends where more than a page has one time", async () => {
    const events = Array.from({ length: 60 }, (_, id) => ({ ...event(7, "AccessDenied"), EventId: `e${id}` }));
    expect(await readDenied(trail(events).clients)).toHaveLength(50);
  });

  test("an event without its record is none", async () => {
    const send = async () => ({ Events: [{ EventId: "a" }, { ...event(1, "AccessDenied"), EventTime: undefined }] });
    const denied = await readDenied({ cloudTrail: { send } } as unknown as AwsClients);
    expect(denied.map(({ timestamp }) => timestamp)).toEqual([0]);
    expect(await readDenied({ cloudTrail: { send: async () => ({}) } } as unknown as AwsClients)).toEqual([]);
  });
});
