import { createHash } from "node:crypto";
import type { AwsCaller } from "../aws.ts";
import { openTable } from "../dynamodb.ts";
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
  const used = openTable(call, table);
  const row = (token: string, family?: TokenFamily) => ({
    id: { S: idOf(token) },
    usedAt: { N: String(now()) },
    expiresAt: { N: String(now() + tokenSeconds) },
    ...(family && { originJti: { S: family.originJti } }),
  });
  return {
    async spend(token) {
      const isFirst = { Item: row(token), ConditionExpression: "attribute_not_exists(id)" };
      if (await used.sendIf("PutItem", isFirst)) return;
      const before = await used.read(idOf(token));
      // A row that is gone meanwhile was given back by the request that this one met, which is at work at the same time.
      if (before === undefined || now() - Number(before.usedAt?.N ?? 0) <= GRACE_SECONDS) {
        throw refuse(409, "The session was refreshed at the same time. Use the newer one.");
      }
      if (before.originJti?.S !== undefined) await onReuse({ originJti: before.originJti.S });
      throw refuse(401, "The session has ended. Sign in again.");
    },
    async remember(token, family) {
      await used.send("PutItem", { Item: row(token, family) });
    },
    async release(token) {
      await used.send("DeleteItem", { Key: { id: { S: idOf(token) } } });
    },
  };
}

function idOf(token: string): string {
  return `refresh#${createHash("sha256").update(token).digest("hex")}`;
}

function refuse(status: number, detail: string): Refusal {
  return new Refusal({ defence: "refresh-reuse", status, detail });
}
