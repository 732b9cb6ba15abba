/**
 * Asks the emulator the two questions that RDS asks AWS: who signed this token, and may they connect as this user.
 */
import { request } from "node:http";
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import type { IamToken } from "./iam-token.ts";

/** Where the emulator is, and which cluster it thinks this server to be. */
export interface IamOptions {
  /** The emulator's URL, such as `http://127.0.0.1:4566`. It must check signatures (`AUTH=true`). */
  emulatorUrl: string;
  region: string;
  accountId: string;
  /** `DbClusterResourceId` of the cluster: `cluster-` and letters. It is in the ARN that `rds-db:connect` is permitted on. */
  clusterResourceId: string;
  /** The emulator's administrator, who may simulate policies; `test` and `test` by default. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** Who a token's signer is, or why the emulator does not accept the signature. */
export type Signer = { principalArn: string } | { reason: string };

/** Answers for one cluster; see `createIamAuthority`. */
export interface IamAuthority {
  signer(token: IamToken): Promise<Signer>;
  /** Undefined when the principal may connect as the user, else the reason. */
  refusal(principalArn: string, user: string): Promise<string | undefined>;
}

export function createIamAuthority(options: IamOptions): IamAuthority {
  const iam = new IAMClient({
    endpoint: options.emulatorUrl,
    region: options.region,
    credentials: options.credentials ?? { accessKeyId: "test", secretAccessKey: "test" },
  });
  return {
    signer: (token) => findSigner(options.emulatorUrl, token),
    refusal: (principalArn, user) => findRefusal(iam, options, principalArn, user),
  };
}

/**
 * A token is a signed request, so the emulator can judge it: it is sent as it was signed (method, path, query and Host), and the
 * emulator recomputes the signature with the secret of the access key, which never leaves it. Only the path of the request is
 * signed, not the service that answers, so an unsigned `X-Amz-Target` sends it to STS, whose GetCallerIdentity answers who the caller is.
 * A role without `sts:connect` (there is no such action) is told AccessDenied with its own ARN, after its signature was found good.
 * How old the token may be is judged before (`iam-token.ts`), and not by the emulator (`../emulator/launch.py`).
 */
async function findSigner(emulatorUrl: string, token: IamToken): Promise<Signer> {
  const { hostname, port } = new URL(emulatorUrl);
  const answer = await new Promise<string>((resolve, reject) => {
    const outgoing = request({
      host: hostname,
      port,
      path: `/?${token.query}`,
      headers: {
        host: token.host,
        "x-amz-target": "AWSSecurityTokenServiceV20110615.GetCallerIdentity",
        "content-type": "application/x-amz-json-1.1",
      },
    });
    outgoing.setTimeout(10_000, () => outgoing.destroy(new Error("no answer within 10 seconds")));
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve(body));
    });
    outgoing.end();
  }).catch((error: Error) => JSON.stringify({ __type: `the emulator at ${emulatorUrl} failed: ${error.message}` }));
  const principalArn = /(?:"Arn":\s*"|User: )(arn:[^:]+:(?:sts|iam)::\d+:[^"\s]+)/.exec(answer)?.[1];
  if (principalArn !== undefined) return { principalArn };
  const code = /(?:<Code>|"__type":\s*")([^"<]+)/.exec(answer)?.[1] ?? "unreadable answer";
  return { reason: `the emulator rejects the token's signature: ${code}` };
}

async function findRefusal(
  iam: IAMClient,
  options: IamOptions,
  principalArn: string,
  user: string,
): Promise<string | undefined> {
  const partition = principalArn.split(":")[1];
  const resource = `arn:${partition}:rds-db:${options.region}:${options.accountId}:dbuser:${options.clusterResourceId}/${user}`;
  const [, account, kind, name] = /^arn:[^:]+:(?:sts|iam)::(\d+):([^/]+)\/([^/]+)/.exec(principalArn) ?? [];
  if (account !== options.accountId) return `${principalArn} is not of account ${options.accountId}`;
  if (name === undefined || (kind !== "assumed-role" && kind !== "user")) {
    return `${principalArn} is neither a role nor a user`;
  }
  const question = { ActionNames: ["rds-db:connect"], ResourceArns: [resource] };
  const source = `arn:${partition}:iam::${account}:${kind === "user" ? "user" : "role"}/${name}`;
  const denial = `${principalArn} is not authorized to perform: rds-db:connect on resource: ${resource}`;
  try {
    const own = await iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn: source, ...question }));
    if (own.EvaluationResults?.[0]?.EvalDecision !== "allowed") return denial;
    // MiniStack's simulation leaves the permissions boundary out, which AWS's has in it.
    const boundary = kind === "assumed-role" ? await boundaryOf(iam, name) : undefined;
    if (boundary === undefined) return undefined;
    const within = await iam.send(new SimulateCustomPolicyCommand({ PolicyInputList: [boundary], ...question }));
    return within.EvaluationResults?.[0]?.EvalDecision === "allowed"
      ? undefined
      : `${denial}: the permissions boundary`;
  } catch (error) {
    return `the emulator could not evaluate the policies of ${principalArn}: ${(error as Error).message}`;
  }
}

async function boundaryOf(iam: IAMClient, roleName: string): Promise<string | undefined> {
  const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
  const arn = role?.PermissionsBoundary?.PermissionsBoundaryArn;
  if (arn === undefined) return undefined;
  const { Policy: policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  const { PolicyVersion: version } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: policy?.DefaultVersionId }),
  );
  return decodeURIComponent(version?.Document ?? "{}");
}
