import type { StagePeople } from "./context.ts";
import type { RunningStage } from "./stage.ts";
import { onceExpired, type PublishedKey, tokenForge } from "./tokens.ts";
import { createUsers, expiredToken, type PoolIds, signInAll } from "./users.ts";

/** Creates a stage's users, signs them in, and prepares what a forger needs. */
export async function preparePeople(stage: RunningStage): Promise<StagePeople> {
  const { cognito } = stage.clients;
  const pool = poolOf(stage);
  await createUsers(cognito, pool.userPoolId);
  const expired = await expiredToken(cognito, pool);
  const users = await signInAll(cognito, pool);
  const key = await publishedKey(stage.emulatorUrl, pool.userPoolId, users.carol.accessToken);
  return { users, forge: tokenForge(key, { expired: () => onceExpired(expired), template: users.carol.accessToken }) };
}

/** Signs everybody in again: tokens that no cache of the gateway knows. The forger's keys stay. */
export async function refreshPeople(stage: RunningStage, people: StagePeople): Promise<StagePeople> {
  const { cognito } = stage.clients;
  const pool = poolOf(stage);
  const expired = await expiredToken(cognito, pool);
  const users = await signInAll(cognito, pool);
  return { users, forge: { ...people.forge, expired: () => onceExpired(expired), template: users.carol.accessToken } };
}

function poolOf({ stage, outputs: { userPoolId, clientIds } }: RunningStage): PoolIds {
  if (!userPoolId || !clientIds) throw new Error(`the outputs of ${stage} name no user pool`);
  return { userPoolId, clientId: clientIds.session };
}

/** The key that signed a token, as the pool publishes it. The emulator serves it where AWS's host would. */
async function publishedKey(emulatorUrl: string, userPoolId: string, token: string): Promise<PublishedKey> {
  const answer = await fetch(`${emulatorUrl}/${userPoolId}/.well-known/jwks.json`);
  const { keys } = (await answer.json()) as { keys: PublishedKey[] };
  const [head = ""] = token.split(".");
  const { kid } = JSON.parse(Buffer.from(head, "base64url").toString("utf8")) as { kid: string };
  const key = keys.find((one) => one.kid === kid);
  if (!key) throw new Error(`user pool ${userPoolId} does not publish the key ${kid} of its own token`);
  return key;
}
