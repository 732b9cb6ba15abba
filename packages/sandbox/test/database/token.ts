import { createHash, createHmac } from "node:crypto";

export interface TokenClaims {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  host: string;
  user: string;
  region?: string;
  service?: string;
  signedAt?: Date;
  expires?: number;
  extra?: Record<string, string>;
}

/**
 * Makes an RDS IAM token as AWS's signers do, but also the wrong ones that they would not make.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signToken(claims: TokenClaims): string {
  const { region = "us-east-1", service = "rds-db" } = claims;
  const date = (claims.signedAt ?? new Date()).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [date.slice(0, 8), region, service, "aws4_request"];
  const parameters: Record<string, string> = {
    Action: "connect",
    DBUser: claims.user,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": [claims.accessKeyId, ...scope].join("/"),
    "X-Amz-Date": date,
    "X-Amz-Expires": String(claims.expires ?? 900),
    ...(claims.sessionToken && { "X-Amz-Security-Token": claims.sessionToken }),
    "X-Amz-SignedHeaders": "host",
    ...claims.extra,
  };
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(parameters[name] ?? "")}`)
    .join("&");
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();
  const canonical = `GET\n/\n${query}\nhost:${claims.host}\n\nhost\n${hash("")}`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope.join("/"), hash(canonical)].join("\n");
  const key = scope.reduce<Buffer | string>((current, part) => hmac(current, part), `AWS4${claims.secretAccessKey}`);
  return `${claims.host}/?${query}&X-Amz-Signature=${hmac(key, toSign).toString("hex")}`;
}
