import type { AwsCaller } from "../../shared/aws.ts";
import { DependencyFault, Refusal } from "../../shared/refusal.ts";
import { sessionRow, userRow } from "../../shared/revocations.ts";
import type { TokenClaims } from "./token.ts";

/**
 * Resolves for a token that nobody has revoked.
 *
 * @throws Refusal of `authorizer:revocation` for one that was, DependencyFault when that cannot be known
 */
export type RevocationCheck = (claims: TokenClaims) => Promise<void>;

/** A value of a row, as DynamoDB's API writes it. */
type Row = Partial<Record<string, { S?: string; N?: string }>>;

const SERVICE = "dynamodb";
const TARGET = "DynamoDB_20120810.BatchGetItem";
// A refusal is due within two seconds, and the key set may have taken its share.
const TIMEOUT_MILLISECONDS = 1000;

/**
 * A check against the table of revocations: one strongly consistent read of the token's user and sign-in, so that what was written a
 * moment ago counts (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html).
 *
 * @param call a caller with the function's role
 * @param table the table's name
 */
export function createRevocationCheck(call: AwsCaller, table: string): RevocationCheck {
  const read = async (ids: readonly string[]): Promise<Row[]> => {
    const Keys = ids.map((id) => ({ id: { S: id } }));
    const answer = await call({
      service: SERVICE,
      target: TARGET,
      version: "1.0",
      milliseconds: TIMEOUT_MILLISECONDS,
      input: { RequestItems: { [table]: { Keys, ConsistentRead: true } } },
    });
    return rowsOf(answer, table, ids);
  };
  return async ({ sub, iat, origin_jti }) => {
    const user = userRow(sub);
    const ids = origin_jti === undefined ? [user] : [user, sessionRow(origin_jti)];
    const rows = await read(ids).catch((error: unknown) => {
      throw error instanceof DependencyFault ? error : new DependencyFault(SERVICE, error);
    });
    for (const row of rows) {
      // A row that cannot be read refuses too: somebody meant to refuse the user.
      if (row.id?.S === user && iat >= Number(row.notBefore?.N ?? Number.NaN)) continue;
      throw new Refusal({
        layer: "authorizer",
        defence: "revocation",
        status: 401,
        detail: "The token has been revoked.",
      });
    }
  };
}

// DynamoDB may leave keys for a later request, and a proxy may answer anything: rows that were not read are not rows that are not there.
function rowsOf(answer: Record<string, unknown>, table: string, ids: readonly string[]): Row[] {
  const { Responses, UnprocessedKeys } = answer as { Responses?: Record<string, unknown>; UnprocessedKeys?: object };
  const rows = Responses?.[table];
  if (!Array.isArray(rows) || Object.keys(UnprocessedKeys ?? {}).length > 0) throw new TypeError("not all was read");
  if (!rows.every((row: Row | null) => ids.includes(row?.id?.S ?? ""))) throw new TypeError("the row of another key");
  return rows;
}
