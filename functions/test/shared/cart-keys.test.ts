import { beforeEach, describe, expect, test } from "vitest";
import { type AwsCall, AwsError } from "../../src/shared/aws.ts";
import { createCartKeys } from "../../src/shared/cart-keys.ts";
import { DependencyFault } from "../../src/shared/refusal.ts";

type Row = Record<string, { S?: string; N?: string; B?: string }>;
const NOVEMBER = Date.UTC(2026, 10, 24);

let rows: Map<string, Row>;
let calls: AwsCall[];
beforeEach(() => {
  rows = new Map();
  calls = [];
});

/** A table in memory, with the one condition that is used. */
async function table(call: AwsCall): Promise<Record<string, unknown>> {
  calls.push(call);
  const { Key, Item } = call.input as { Key?: Row; Item?: Row };
  if (Item === undefined) return { Item: rows.get(String(Key?.id?.S)) };
  const id = String(Item.id?.S);
  if (rows.has(id)) throw new AwsError(call.target, "ConditionalCheckFailedException");
  rows.set(id, Item);
  return {};
}

const operations = () => calls.map(({ target }) => target.split(".")[1]);

describe("the key of a month", () => {
  test("is made once, of 32 random bytes, kept for three months more, and read from memory after that", async () => {
    const keys = createCartKeys(table, "keys", () => NOVEMBER);
    const key = await keys.current();
    expect(key).toEqual({ id: "2026-11", secret: expect.any(Uint8Array) });
    expect(key.secret).toHaveLength(32);
    expect(operations()).toEqual(["GetItem", "PutItem", "GetItem"]);
    expect(calls[1]).toEqual({
      service: "dynamodb",
      target: "DynamoDB_20120810.PutItem",
      version: "1.0",
      input: {
        TableName: "keys",
        Item: {
          id: { S: "cart-key#2026-11" },
          secret: { B: Buffer.from(key.secret).toString("base64") },
          expiresAt: { N: String(Date.UTC(2027, 1, 1) / 1000) },
        },
        ConditionExpression: "attribute_not_exists(id)",
      },
    });
    expect(calls[2]?.input).toEqual({
      TableName: "keys",
      Key: { id: { S: "cart-key#2026-11" } },
      ConsistentRead: true,
    });
    expect(await keys.current()).toEqual(key);
    expect(await keys.find("2026-11")).toEqual(key);
    expect(calls).toHaveLength(3);
    expect((await createCartKeys(table, "keys", () => NOVEMBER).current()).secret).toEqual(key.secret);
  });

  test("differs from table to table", async () => {
    const first = await createCartKeys(table, "keys", () => NOVEMBER).current();
    rows.clear();
    expect((await createCartKeys(table, "keys", () => NOVEMBER).current()).secret).not.toEqual(first.secret);
  });

  test("is the one of whoever was first", async () => {
    const other = { id: { S: "x" }, secret: { B: Buffer.alloc(32, 7).toString("base64") } };
    const keys = createCartKeys(
      async (call) => {
        if (call.target.endsWith("PutItem")) rows.set("cart-key#2026-11", other);
        return await table(call);
      },
      "keys",
      () => NOVEMBER,
    );
    expect((await keys.current()).secret).toEqual(Buffer.alloc(32, 7));
  });

  test("changes with the month, and the one before still opens", async () => {
    let now = Date.UTC(2026, 9, 31);
    const keys = createCartKeys(table, "keys", () => now);
    const october = await keys.current();
    now = NOVEMBER;
    expect((await keys.current()).id).toBe("2026-11");
    expect(await keys.find("2026-10")).toEqual(october);
    now = Date.UTC(2026, 11, 31);
    expect(await keys.find("2026-10")).toEqual(october);
    now = Date.UTC(2027, 0, 1);
    expect(await keys.find("2026-10")).toBeUndefined();
  });

  test.each(["2026-12", "2026-08", "2026-11 ", "", "__proto__", "cart-key#2026-11"])(
    "is not asked for under the id %j",
    async (id) => {
      expect(await createCartKeys(table, "keys", () => NOVEMBER).find(id)).toBeUndefined();
      expect(calls).toEqual([]);
    },
  );

  test("that nobody made does not open", async () => {
    expect(await createCartKeys(table, "keys", () => NOVEMBER).find("2026-10")).toBeUndefined();
    expect(operations()).toEqual(["GetItem"]);
  });

  test.each([
    ["shorter than 32 bytes", { secret: { B: "AAAA" } }],
    ["of another kind", { secret: { S: "a".repeat(44) } }],
  ])("that is %s is none", async (_what, row) => {
    rows.set("cart-key#2026-11", row);
    await expect(createCartKeys(table, "keys", () => NOVEMBER).current()).rejects.toThrow(
      new DependencyFault("cart-keys", undefined),
    );
  });

  test("that is not there after it was written is a fault", async () => {
    const keys = createCartKeys(
      async () => ({}),
      "keys",
      () => NOVEMBER,
    );
    await expect(keys.current()).rejects.toThrow(new DependencyFault("cart-keys", undefined));
  });

  test("passes on what the table answers else", async () => {
    const error = new AwsError("PutItem", "ValidationException");
    const keys = createCartKeys(
      async ({ target }) => {
        if (target.endsWith("PutItem")) throw error;
        return {};
      },
      "keys",
      () => NOVEMBER,
    );
    await expect(keys.current()).rejects.toBe(error);
  });
});
