/**
 * Which findings were sent, and how many in this hour, in a DynamoDB table whose key is `id` and whose time to live is `expiresAt`.
 * A finding is claimed before it is sent and marked after, so that of two deliveries one sends, and one that dies half way is taken over.
 */
import type { AwsCaller } from "../shared/aws.ts";
import { type Item, openTable } from "../shared/dynamodb.ts";
import type { Finding } from "../shared/finding.ts";

/** What comes of a claim. */
export type Claimed =
  /** It is to be sent now. */
  | "taken"
  /** It was sent before, and is no worse than then. */
  | "sent"
  /** Another delivery of it is at work: whether that succeeds is not known yet. */
  | "busy";

/** Findings that were held back in an hour. */
export interface Held {
  /** The hour, ISO 8601 to the hour, e.g. `2026-11-24T10`. */
  hour: string;
  /** How many of each type. */
  counts: Record<string, number>;
}

/** What the notifier remembers. */
export interface FindingStore {
  claim(finding: Finding): Promise<Claimed>;
  /** Marks a finding as dealt with. */
  done(finding: Finding): Promise<void>;
  /** Gives a claim back: it was not sent. */
  release(finding: Finding): Promise<void>;
  /** Counts one message of this hour, an urgent one apart from the others. @returns how many of its kind there are with it */
  count(urgent: boolean): Promise<number>;
  /** Takes one back, which was not sent. */
  uncount(urgent: boolean): Promise<void>;
  /** Puts one finding of a type into the hour's digest. */
  hold(type: string): Promise<void>;
  /** What was held back in the hour before, if anything was. */
  held(hoursAgo: number): Promise<Held | undefined>;
  /** Forgets an hour's digest, unless it has grown since it was read. @returns whether it is forgotten */
  forget(held: Held): Promise<boolean>;
}

/** Seconds for which a finding is not sent again unless it gets worse. GuardDuty repeats what goes on every six hours at the latest. */
const QUIET_SECONDS = 24 * 60 * 60;
/** Longer than one delivery may take: who holds a claim for so long is gone. */
const WORK_SECONDS = 60;
const KEEP_HELD_SECONDS = 7 * 24 * 60 * 60;
const TYPE_PREFIX = "type:";

/** @param now seconds since 1970 */
export function createFindingStore(
  call: AwsCaller,
  table: string,
  now: () => number = () => Math.floor(Date.now() / 1000),
): FindingStore {
  const rows = openTable(call, table);
  const rowOf = (finding: Finding, workUntil: number) => ({
    id: { S: keyOf(finding) },
    severity: { N: String(finding.severity) },
    workUntil: { N: String(workUntil) },
    expiresAt: { N: String(now() + QUIET_SECONDS) },
  });

  const countBy = async (difference: number, urgent: boolean): Promise<number> => {
    const { Attributes } = (await rows.send("UpdateItem", {
      Key: { id: { S: `sent#${hourOf(now())}${urgent ? "#urgent" : ""}` } },
      UpdateExpression: "ADD messages :difference SET expiresAt = :expiry",
      ExpressionAttributeValues: {
        ":difference": { N: String(difference) },
        ":expiry": { N: String(now() + QUIET_SECONDS) },
      },
      ReturnValues: "UPDATED_NEW",
    })) as { Attributes?: Item };
    return Number(Attributes?.messages?.N);
  };

  return {
    async claim(finding) {
      const taken = await rows.sendIf("PutItem", {
        Item: rowOf(finding, now() + WORK_SECONDS),
        // DynamoDB removes what has expired within days, not at once. `workUntil` is 0 once the finding was dealt with.
        ConditionExpression:
          "attribute_not_exists(id) OR expiresAt < :now OR (workUntil = :done AND severity < :severity) OR (workUntil > :done AND workUntil < :now)",
        ExpressionAttributeValues: {
          ":now": { N: String(now()) },
          ":done": { N: "0" },
          ":severity": { N: String(finding.severity) },
        },
      });
      if (taken) return "taken";
      return (await rows.read(keyOf(finding)))?.workUntil?.N === "0" ? "sent" : "busy";
    },
    async done(finding) {
      await rows.send("PutItem", { Item: rowOf(finding, 0) });
    },
    async release(finding) {
      await rows.send("DeleteItem", { Key: { id: { S: keyOf(finding) } } });
    },
    count: (urgent) => countBy(1, urgent),
    uncount: async (urgent) => {
      await countBy(-1, urgent);
    },
    async hold(type) {
      await rows.send("UpdateItem", {
        Key: { id: { S: `held#${hourOf(now())}` } },
        UpdateExpression: "ADD #type :one, findings :one SET expiresAt = :expiry",
        ExpressionAttributeNames: { "#type": `${TYPE_PREFIX}${type}` },
        ExpressionAttributeValues: { ":one": { N: "1" }, ":expiry": { N: String(now() + KEEP_HELD_SECONDS) } },
      });
    },
    async held(hoursAgo) {
      const hour = hourOf(now() - hoursAgo * 3600);
      const row = await rows.read(`held#${hour}`);
      if (row === undefined) return undefined;
      const counts = Object.entries(row).flatMap(([name, value]) =>
        name.startsWith(TYPE_PREFIX) ? [[name.slice(TYPE_PREFIX.length), Number(value?.N)] as const] : [],
      );
      return { hour, counts: Object.fromEntries(counts) };
    },
    forget({ hour, counts }) {
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      return rows.sendIf("DeleteItem", {
        Key: { id: { S: `held#${hour}` } },
        ConditionExpression: "findings = :findings",
        ExpressionAttributeValues: { ":findings": { N: String(total) } },
      });
    },
  };
}

function keyOf({ accountId, region, id }: Finding): string {
  return `finding#${accountId}#${region}#${id}`;
}

function hourOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 13);
}
