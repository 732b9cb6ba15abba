import { createHash } from "node:crypto";
import { type AwsCaller, AwsError } from "../aws.ts";
import { Refusal } from "../refusal.ts";

/** Whose tokens a refresh token makes. */
export interface TokenFamily {
  /** The claim `origin_jti`, which all tokens of one sign-in share. */
  originJti: string;
}

/** Which refresh tokens were used. */
export interface RefreshLedger {
  /**
   * Uses a refresh token up, before Cognito is asked.
   *
   * @throws Refusal 409 when it was used in the last 10 seconds, as by a second tab: nothing is lost, the browser has the new one by then;
   *   401 when it was used before that. Of thief and owner one has an old token, and nobody can tell which (RFC 9700, 4.14.2).
   */
  spend(token: string): Promise<void>;
  /** Keeps what the token's sign-in is, so that a later use of the token can end it. */
  remember(token: string, family: TokenFamily): Promise<void>;
  /** Gives a token back that Cognito was not asked about, or did not answer about. */
  release(token: string): Promise<void>;
}

/** What a ledger works with. */
export interface LedgerEdges {
  call: AwsCaller;
  /** A table with the key `id` and the time to live `expiresAt`: `RevocationTable`'s. */
  table: string;
  /** Ends a sign-in one of whose used tokens came again. */
  onReuse(family: TokenFamily): Promise<void>;
  /** Seconds that a refresh token is valid. */
  tokenSeconds: number;
  /** Seconds since 1970. */
  now(): number;
}

const GRACE_SECONDS = 10;

/** The ledger, in DynamoDB: a token's row is its hash, and the write of a row that is there already fails. */
export function createRefreshLedger(edges: LedgerEdges): RefreshLedger {
  const { call, table, onReuse, tokenSeconds, now } = edges;
  const dynamo = (operation: string, input: Record<string, unknown>) =>
    call({
      service: "dynamodb",
      target: `DynamoDB_20120810.${operation}`,
      version: "1.0",
      input: { TableName: table, ...input },
    });
  const row = (token: string, family?: TokenFamily) => ({
    ...keyOf(token),
    usedAt: { N: String(now()) },
    expiresAt: { N: String(now() + tokenSeconds) },
    ...(family && { originJti: { S: family.originJti } }),
  });
  return {
    async spend(token) {
      try {
        await dynamo("PutItem", { Item: row(token), ConditionExpression: "attribute_not_exists(id)" });
        return;
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== "ConditionalCheckFailedException") throw error;
      }
      const { Item } = (await dynamo("GetItem", { Key: keyOf(token), ConsistentRead: true })) as {
        Item?: { usedAt?: { N?: string }; originJti?: { S?: string } };
      };
      // A row that is gone meanwhile was given back by the request that this one met, which is at work at the same time.
      if (Item === undefined || now() - Number(Item.usedAt?.N ?? 0) <= GRACE_SECONDS) {
        throw refuse(409, "The session was refreshed at the same time. Use the newer one.");
      }
      if (Item.originJti?.S !== undefined) await onReuse({ originJti: Item.originJti.S });
      throw refuse(401, "The session has ended. Sign in again.");
    },
    async remember(token, family) {
      await dynamo("PutItem", { Item: row(token, family) });
    },
    async release(token) {
      await dynamo("DeleteItem", { Key: keyOf(token) });
    },
  };
}

function keyOf(token: string): { id: { S: string } } {
  return { id: { S: `refresh#${createHash("sha256").update(token).digest("hex")}` } };
}

function refuse(status: number, detail: string): Refusal {
  return new Refusal({ defence: "refresh-reuse", status, detail });
}
