/**
 * What an RDS IAM token says, and whether it is meant for this server and user. Whether it was signed with a real key is for
 * `iam-authority.ts` to ask. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html
 */

/** A token is good for 15 minutes from its signing. */
const LIFETIME_SECONDS = 900;
/** How far ahead of this clock the signer's may be. */
const CLOCK_SKEW_SECONDS = 300;
const MAX_TOKEN_LENGTH = 65_536;

const REQUIRED = [
  "Action",
  "DBUser",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-SignedHeaders",
  "X-Amz-Signature",
];
const ALLOWED = new Set([...REQUIRED, "X-Amz-Security-Token"]);

/** What a token must be for. */
export interface TokenTarget {
  host: string;
  port: number;
  user: string;
  region: string;
}

/** A well-formed token for the right server and user, within its time. Its signature has not been checked. */
export interface IamToken {
  accessKeyId: string;
  /** The `Host` that was signed: the server's name and port, as the signer wrote them. */
  host: string;
  /** The query string as it was signed. */
  query: string;
}

/** A token, or the reason to refuse it. The reason never holds a part of the token. */
export type TokenCheck = { token: IamToken } | { reason: string };

/**
 * Checks everything about a token but its signature.
 *
 * @param now in milliseconds
 * @param judgesAge false: a token counts however long ago it was signed (see `DatabaseServer.judgeTokenAge`)
 */
export function checkToken(text: string, target: TokenTarget, now: number, judgesAge = true): TokenCheck {
  if (text.length > MAX_TOKEN_LENGTH || /[^\x21-\x7e]|#|%(?![0-9a-f]{2})/i.test(text)) {
    return { reason: "the password is not an IAM token: it has characters that a presigned request never has" };
  }
  const [, host, query] = /^([^/?]+)\/?\?(.+)$/.exec(text) ?? [];
  if (host === undefined || query === undefined) {
    return { reason: "the password is not an IAM token: expected host:port/?Action=connect&DBUser=…" };
  }
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()];
  const missing = REQUIRED.filter((name) => !parameters.get(name));
  if (missing.length > 0) return { reason: `the token has no ${missing.join(", ")}` };
  if (new Set(names).size !== names.length) return { reason: "the token names a parameter twice" };
  const foreign = names.filter((name) => !ALLOWED.has(name));
  if (foreign.length > 0) return { reason: "the token has a parameter that RDS does not know" };
  return checkClaims(parameters, { host, query }, target, { now, judgesAge });
}

function checkClaims(
  parameters: URLSearchParams,
  { host, query }: { host: string; query: string },
  target: TokenTarget,
  { now, judgesAge }: { now: number; judgesAge: boolean },
): TokenCheck {
  const claim = (name: string) => String(parameters.get(name));
  const expected = `${target.host}:${target.port}`;
  if (host.toLowerCase() !== expected.toLowerCase()) {
    return { reason: `the token is for another server than ${expected}` };
  }
  if (claim("Action") !== "connect") return { reason: "the token is not for the action connect" };
  if (claim("DBUser") !== target.user) return { reason: `the token is for another database user than ${target.user}` };
  if (claim("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256") {
    return { reason: "the token is not signed with AWS4-HMAC-SHA256" };
  }
  if (claim("X-Amz-SignedHeaders") !== "host") return { reason: "the token signs other headers than host" };
  if (!/^[0-9a-f]{64}$/.test(claim("X-Amz-Signature"))) return { reason: "the token's signature is malformed" };

  const date = claim("X-Amz-Date");
  const [accessKeyId, day, region, service, terminator, ...rest] = claim("X-Amz-Credential").split("/");
  const scoped = service === "rds-db" && terminator === "aws4_request" && rest.length === 0;
  if (!accessKeyId || !scoped || !date.startsWith(`${day}T`)) {
    return { reason: "the token's credential is not scoped to rds-db" };
  }
  if (region !== target.region) return { reason: `the token is for another region than ${target.region}` };

  const isoDate = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const signedAt = isoDate === date ? Number.NaN : Date.parse(isoDate) / 1000;
  const lifetime = Number(claim("X-Amz-Expires"));
  if (Number.isNaN(signedAt)) return { reason: "the token's date is malformed" };
  if (!(lifetime >= 1 && lifetime <= LIFETIME_SECONDS)) {
    return { reason: `the token's lifetime is not between 1 and ${LIFETIME_SECONDS} seconds` };
  }
  if (judgesAge && now / 1000 >= signedAt + lifetime) return { reason: "the token has expired" };
  if (signedAt > now / 1000 + CLOCK_SKEW_SECONDS) return { reason: "the token was signed in the future" };
  return { token: { accessKeyId, host, query } };
}
