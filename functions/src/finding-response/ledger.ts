/**
 * What was done, and what there was before it, in a DynamoDB table whose key is `id` and whose time to live is `expiresAt`. What there was
 * is written down before a measure is taken, so that one that dies half way can be taken back all the same.
 */
import { randomUUID } from "node:crypto";
import type { AwsCaller } from "../shared/aws.ts";
import { type Item, openTable } from "../shared/dynamodb.ts";
import type { Finding } from "../shared/finding.ts";
import type { MeasureName, ResponsePlan } from "./settings.ts";

/** A measure that was taken. */
export interface Taken {
  measure: MeasureName;
  target: string;
  /** What there was before it. */
  earlier: string;
  /** When it was taken, ISO 8601. */
  at: string;
  /** When it ends by itself, seconds since 1970; 0: it does not. */
  until: number;
  /** The finding for which it was taken last, and its type. */
  findingId: string;
  findingType: string;
}

/** What comes of a claim. */
export type Claimed = { is: "taken"; token: string } | { is: "done" } | { is: "busy" };

/** What the responder remembers. */
export interface Ledger {
  /** Claims a finding's measure: of two deliveries one takes it. */
  claim(finding: Finding, measure: MeasureName, mode: ResponsePlan["mode"]): Promise<Claimed>;
  /** Marks the claim as dealt with: the finding calls for the measure no more, even when it was taken back. */
  settle(finding: Finding, measure: MeasureName, mode: ResponsePlan["mode"]): Promise<void>;
  /** Gives the claim back, if it is still one's own. */
  abandon(finding: Finding, measure: MeasureName, mode: ResponsePlan["mode"], token: string): Promise<void>;
  /** Counts one measure of this hour. @returns how many there are with it */
  count(): Promise<number>;
  /** The measure on a target that is in force. */
  inForce(measure: MeasureName, target: string): Promise<Taken | undefined>;
  /** Writes a measure down. One that is in force already keeps what there was before it. */
  begin(taken: Taken): Promise<void>;
  /** Writes down that a measure was taken back. */
  end(measure: MeasureName, target: string): Promise<void>;
  /** Every measure in force. */
  all(): Promise<Taken[]>;
}

/** GuardDuty keeps a finding for 90 days, and repeats it while it goes on. */
const KEEP_SECONDS = 90 * 24 * 60 * 60;
/** Longer than one delivery may take: who holds a claim for so long is gone. */
const WORK_SECONDS = 90;
const HOUR_SECONDS = 3600;
const PREFIX = "measure#";

/** @param now seconds since 1970 */
export function createLedger(
  call: AwsCaller,
  table: string,
  now: () => number = () => Math.floor(Date.now() / 1000),
): Ledger {
  const rows = openTable(call, table);
  const expiry = () => ({ N: String(now() + KEEP_SECONDS) });
  const claimKey = ({ accountId, region, id }: Finding, measure: MeasureName, mode: string) =>
    `finding#${accountId}#${region}#${id}#${measure}#${mode}`;
  const rowKey = (measure: MeasureName, target: string) => `${PREFIX}${measure}#${target}`;

  return {
    async claim(finding, measure, mode) {
      const id = claimKey(finding, measure, mode);
      const token = randomUUID();
      const taken = await rows.sendIf("PutItem", {
        Item: {
          id: { S: id },
          workUntil: { N: String(now() + WORK_SECONDS) },
          claim: { S: token },
          expiresAt: expiry(),
        },
        // `workUntil` is 0 once it was dealt with.
        ConditionExpression: "attribute_not_exists(id) OR (workUntil > :done AND workUntil < :now)",
        ExpressionAttributeValues: { ":now": { N: String(now()) }, ":done": { N: "0" } },
      });
      if (taken) return { is: "taken", token };
      return { is: (await rows.read(id))?.workUntil?.N === "0" ? "done" : "busy" };
    },
    async settle(finding, measure, mode) {
      await rows.send("PutItem", {
        Item: { id: { S: claimKey(finding, measure, mode) }, workUntil: { N: "0" }, expiresAt: expiry() },
      });
    },
    async abandon(finding, measure, mode, token) {
      await rows.sendIf("DeleteItem", {
        Key: { id: { S: claimKey(finding, measure, mode) } },
        ConditionExpression: "claim = :claim",
        ExpressionAttributeValues: { ":claim": { S: token } },
      });
    },
    async count() {
      const { Attributes } = (await rows.send("UpdateItem", {
        Key: { id: { S: `hour#${new Date(now() * 1000).toISOString().slice(0, 13)}` } },
        UpdateExpression: "ADD measures :one SET expiresAt = :expiry",
        ExpressionAttributeValues: { ":one": { N: "1" }, ":expiry": { N: String(now() + 24 * HOUR_SECONDS) } },
        ReturnValues: "UPDATED_NEW",
      })) as { Attributes?: Item };
      return Number(Attributes?.measures?.N);
    },
    async inForce(measure, target) {
      const row = await rows.read(rowKey(measure, target));
      return row?.state?.S === "in force" ? takenOf(row) : undefined;
    },
    async begin({ measure, target, earlier, at, until, findingId, findingType }) {
      const values = {
        ":inForce": { S: "in force" },
        ":at": { S: at },
        ":until": { N: String(until) },
        ":findingId": { S: findingId },
        ":findingType": { S: findingType },
      };
      const names = { "#state": "state", "#at": "at", "#until": "until" };
      const fresh = await rows.sendIf("UpdateItem", {
        Key: { id: { S: rowKey(measure, target) } },
        UpdateExpression:
          "SET #state = :inForce, #at = :at, #until = :until, findingId = :findingId, findingType = :findingType, " +
          "measure = :measure, target = :target, earlier = :earlier REMOVE expiresAt",
        ConditionExpression: "attribute_not_exists(id) OR #state <> :inForce",
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ...values,
          ":measure": { S: measure },
          ":target": { S: target },
          ":earlier": { S: earlier },
        },
      });
      if (fresh) return;
      await rows.send("UpdateItem", {
        Key: { id: { S: rowKey(measure, target) } },
        UpdateExpression:
          "SET #state = :inForce, #at = :at, #until = :until, findingId = :findingId, findingType = :findingType",
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      });
    },
    async end(measure, target) {
      await rows.send("UpdateItem", {
        Key: { id: { S: rowKey(measure, target) } },
        UpdateExpression: "SET #state = :ended, expiresAt = :expiry",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":ended": { S: "taken back" }, ":expiry": expiry() },
      });
    },
    async all() {
      const found: Taken[] = [];
      let from: unknown;
      do {
        const page = (await rows.send("Scan", {
          ConsistentRead: true,
          FilterExpression: "begins_with(id, :prefix) AND #state = :inForce",
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: { ":prefix": { S: PREFIX }, ":inForce": { S: "in force" } },
          ...(from !== undefined && { ExclusiveStartKey: from }),
        })) as { Items?: Item[]; LastEvaluatedKey?: unknown };
        found.push(...(page.Items ?? []).map(takenOf));
        from = page.LastEvaluatedKey;
      } while (from !== undefined);
      return found;
    },
  };
}

function takenOf(row: Item): Taken {
  return {
    measure: row.measure?.S as MeasureName,
    target: row.target?.S ?? "",
    earlier: row.earlier?.S ?? "",
    at: row.at?.S ?? "",
    until: Number(row.until?.N),
    findingId: row.findingId?.S ?? "",
    findingType: row.findingType?.S ?? "",
  };
}
