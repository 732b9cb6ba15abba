import { randomBytes } from "node:crypto";
import type { AwsCaller } from "../shared/aws.ts";
import { type Item, openTable } from "../shared/dynamodb.ts";
import type { Challenge } from "./cognito.ts";

/** The sign-ins that wait for a further step. The browser holds an id and nothing of them. */
export interface Challenges {
  /** Keeps one for three minutes. */
  keep(challenge: Challenge): Promise<string>;
  /** Takes one away: an id is good for one answer. Undefined when it is not known, or too old. */
  take(id: string): Promise<Challenge | undefined>;
}

/** Cognito's least, which the client is set to (`FIXED.authSessionMinutes` of packages/secure-gateway). */
export const CHALLENGE_SECONDS = 180;

const ID = /^[\w-]{43}$/;

/**
 * The sign-ins in a table with the key `id` and the time to live `expiresAt`.
 *
 * @param now seconds since 1970
 */
export function createChallenges(call: AwsCaller, table: string, now: () => number): Challenges {
  const challenges = openTable(call, table);
  return {
    async keep({ name, session, username }) {
      const id = randomBytes(32).toString("base64url");
      await challenges.send("PutItem", {
        Item: {
          id: { S: `challenge#${id}` },
          name: { S: name },
          session: { S: session },
          username: { S: username },
          expiresAt: { N: String(now() + CHALLENGE_SECONDS) },
        },
      });
      return id;
    },
    async take(id) {
      if (!ID.test(id)) return undefined;
      const { Attributes: row } = (await challenges.send("DeleteItem", {
        Key: { id: { S: `challenge#${id}` } },
        ReturnValues: "ALL_OLD",
      })) as { Attributes?: Item };
      const [name, session, username] = [row?.name?.S, row?.session?.S, row?.username?.S];
      if (name === undefined || session === undefined || username === undefined) return undefined;
      // DynamoDB removes what has expired within days, not at once.
      return Number(row?.expiresAt?.N ?? 0) < now() ? undefined : { name, session, username };
    },
  };
}
