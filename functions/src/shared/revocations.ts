/**
 * The table of tokens that are refused before they end (`RevocationTable` of packages/secure-gateway): who revokes writes it, the
 * authorizer reads it.
 */
import type { AwsCaller } from "./aws.ts";
import { openTable } from "./dynamodb.ts";

/** The row of a user, whose tokens from before a time are refused. */
export const userRow = (sub: string): string => `user#${sub}`;

/** The row of one sign-in, all of whose tokens are refused: Cognito hands `origin_jti` on to each token that a refresh makes. */
export const sessionRow = (originJti: string): string => `session#${originJti}`;

/** Revokes tokens. */
export interface Revoker {
  /**
   * Refuses every token of one sign-in.
   *
   * @param originJti the claim `origin_jti` of any of them
   * @param expiresAt seconds since 1970 after which none of them, a refreshed one included, can be valid
   */
  revokeSession(originJti: string, expiresAt: number): Promise<void>;
  /**
   * Refuses every token of a user that was issued before a time.
   *
   * @param notBefore seconds since 1970
   * @param expiresAt seconds since 1970 after which no token from before is valid
   */
  revokeUser(sub: string, notBefore: number, expiresAt: number): Promise<void>;
}

/** A revoker that writes the table. It rejects as the caller does: who signs out must hear that it did not happen. */
export function createRevoker(call: AwsCaller, table: string): Revoker {
  const rows = openTable(call, table);
  const put = async (row: Record<string, { S: string } | { N: string }>) => {
    await rows.send("PutItem", { Item: row });
  };
  return {
    revokeSession: (originJti, expiresAt) =>
      put({ id: { S: sessionRow(originJti) }, expiresAt: { N: String(expiresAt) } }),
    revokeUser: (sub, notBefore, expiresAt) =>
      put({ id: { S: userRow(sub) }, notBefore: { N: String(notBefore) }, expiresAt: { N: String(expiresAt) } }),
  };
}
