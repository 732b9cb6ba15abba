import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { startFront } from "../front.ts";
import { openGateway } from "../gateway/gateway.ts";
import type { ProvisionedStage, Sandbox } from "../index.ts";
import { readDenied, readLogs, readRecords } from "../logs.ts";
import { probeProgram } from "./program.ts";

/** What a verdict can rely on, if the emulator enforces it. */
export type CapabilityId =
  | "gateway:authorizer"
  | "gateway:validator"
  | "gateway:api-key"
  | "gateway:throttling"
  | "gateway:request-id"
  | "gateway:access-log"
  | "gateway:disable-endpoint"
  | "lambda:role-credentials"
  | "lambda:log-group"
  | "iam:policies"
  | "iam:signatures"
  | "cloudtrail:denied-calls"
  | "cognito:password-policy";

/** What the emulator was found to do. */
export interface Capability {
  capability: CapabilityId;
  enforced: boolean;
  /** What was done and what came of it. */
  note: string;
}

/** A verdict would have relied on what the emulator does not enforce. */
export class CapabilityError extends Error {
  override readonly name = "CapabilityError";

  constructor(readonly missing: readonly Capability[]) {
    const list = missing.map(({ capability, note }) => `${capability} (${note})`).join("; ");
    super(
      `The emulator does not enforce ${list}. A verdict that relies on it would be worth nothing: report it as declared, or ` +
        "enforce it in the sandbox.",
    );
  }
}

type Stage = ProvisionedStage<ReturnType<typeof probeProgram>>;

/** One probe: whether it is enforced, and what was seen. */
type Probe = (sandbox: Sandbox, stage: Stage) => Promise<[enforced: boolean, note: string]>;

/**
 * Finds out what the emulator enforces, by trying each thing on a small stage of its own. Takes about two seconds.
 *
 * @returns One row for each capability, in the order of `CapabilityId`.
 */
export async function probe(sandbox: Sandbox): Promise<Capability[]> {
  const stage = await sandbox.provision({ stage: "probe", program: probeProgram });
  const rows = Object.entries(PROBES).map(async ([capability, run]): Promise<Capability> => {
    const [enforced, note] = await run(sandbox, stage);
    return { capability: capability as CapabilityId, enforced, note };
  });
  return Promise.all(rows);
}

/**
 * Checks that everything that verdicts rely on is enforced.
 *
 * @throws CapabilityError that names what is not.
 */
export function requireCapabilities(found: readonly Capability[], needed: readonly CapabilityId[]): void {
  const missing = found.filter(({ capability, enforced }) => needed.includes(capability) && !enforced);
  const unknown = needed.filter((id) => !found.some(({ capability }) => capability === id));
  missing.push(...unknown.map((capability): Capability => ({ capability, enforced: false, note: "not probed" })));
  if (missing.length > 0) throw new CapabilityError(missing);
}

async function status(stage: Stage, path: string, init?: RequestInit): Promise<number> {
  const response = await fetch(`${stage.edgeUrl}${path}`, init);
  await response.arrayBuffer();
  return response.status;
}

/** Compares statuses with what AWS answers. */
function compare(seen: Record<string, number>, expected: Record<string, number>): [boolean, string] {
  const note = Object.entries(seen).map(([what, code]) => `${what}: ${code}`);
  return [Object.entries(expected).every(([what, code]) => seen[what] === code), note.join(", ")];
}

interface Told {
  AWS_ACCESS_KEY_ID: string;
  AWS_SECRET_ACCESS_KEY: string;
  AWS_SESSION_TOKEN: string;
  AWS_ENDPOINT_URL: string;
  node: string;
}

async function tell(sandbox: Sandbox, stage: Stage): Promise<Told> {
  const { Payload } = await sandbox.clients.lambda.send(
    new InvokeCommand({ FunctionName: stage.outputs.functionName, Payload: Buffer.from('{"tellCredentials":true}') }),
  );
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

/** SDK settings with the credentials that the function was given. */
function asFunction(told: Told, region: string) {
  return {
    endpoint: told.AWS_ENDPOINT_URL,
    region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: told.AWS_ACCESS_KEY_ID,
      secretAccessKey: told.AWS_SECRET_ACCESS_KEY,
      sessionToken: told.AWS_SESSION_TOKEN,
    },
  };
}

/** Runs a call and returns `ok`, or the name of AWS's error. */
async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "ok",
    (error: Error) => error.name,
  );
}

const PROBES: Record<CapabilityId, Probe> = {
  async "gateway:authorizer"(_sandbox, stage) {
    const seen = {
      "no token": await status(stage, "/authorized"),
      "refused token": await status(stage, "/authorized", { headers: { authorization: "deny" } }),
      "allowed token": await status(stage, "/authorized", { headers: { authorization: "allow" } }),
    };
    return compare(seen, { "no token": 401, "refused token": 403, "allowed token": 200 });
  },

  async "gateway:validator"(_sandbox, stage) {
    const post = (path: string, body: string) =>
      status(stage, path, { method: "POST", body, headers: { "content-type": "application/json" } });
    const seen = {
      "other type": await post("/validated?q=1", '{"n":"1"}'),
      "unknown property": await post("/validated?q=1", '{"n":1,"m":1}'),
      "no parameter": await post("/validated", '{"n":1}'),
      valid: await post("/validated?q=1", '{"n":1}'),
    };
    return compare(seen, { "other type": 400, "unknown property": 400, "no parameter": 400, valid: 200 });
  },

  async "gateway:api-key"(_sandbox, stage) {
    const seen = {
      "no key": await status(stage, "/keyed"),
      "unknown key": await status(stage, "/keyed", { headers: { "x-api-key": "unknown" } }),
    };
    return compare(seen, { "no key": 403, "unknown key": 403 });
  },

  async "gateway:throttling"(_sandbox, stage) {
    return compare({ "at a limit of 0": await status(stage, "/throttled") }, { "at a limit of 0": 429 });
  },

  async "gateway:request-id"(_sandbox, stage) {
    const response = await fetch(`${stage.edgeUrl}/open`);
    const { requestId } = (await response.json()) as { requestId: string };
    const same = requestId === response.headers.get("x-amzn-requestid");
    return [same, `the function's request id is ${same ? "" : "not "}the response's`];
  },

  async "gateway:access-log"(sandbox, stage) {
    await status(stage, "/open");
    const lines = await readLogs(sandbox.clients, stage.outputs.accessLogGroupName);
    return [lines.length > 0, `${lines.length} lines after a request; the front's record stands for the access log`];
  },

  async "gateway:disable-endpoint"({ clients, identity, emulatorUrl }, { outputs }) {
    const at = { restApiId: outputs.closedApiId, stageName: outputs.closedStageName };
    const gateway = await openGateway({ client: clients.apiGateway, region: identity.region, ...at });
    const target = `${emulatorUrl}/_aws/execute-api/${at.restApiId}/${at.stageName}`;
    const front = await startFront({ target, gateway });
    try {
      const seen = { "disabled endpoint": (await fetch(`${front.url}/open`)).status };
      return compare(seen, { "disabled endpoint": 403 });
    } finally {
      await front.close();
    }
  },

  async "lambda:role-credentials"(sandbox, stage) {
    const told = await tell(sandbox, stage);
    const sts = new STSClient(asFunction(told, sandbox.identity.region));
    const { Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    const own = /:assumed-role\/probe-/.test(Arn) && told.AWS_ENDPOINT_URL === sandbox.emulatorUrl;
    return [own, `on Node ${told.node} the function calls as ${Arn}`];
  },

  async "lambda:log-group"(sandbox, stage) {
    const records = () => readRecords(sandbox.clients, stage.outputs.logGroupName);
    await status(stage, "/open");
    const found = (await records()).some((record) => record.probe === "integration");
    return [found, `loggingConfig.logGroup ${found ? "holds" : "does not hold"} the function's records`];
  },

  async "iam:policies"(sandbox, stage) {
    const client = new SecretsManagerClient(asFunction(await tell(sandbox, stage), sandbox.identity.region));
    const read = (SecretId: string) => outcome(client.send(new GetSecretValueCommand({ SecretId })));
    const allowed = await read(stage.outputs.allowedSecretArn);
    const forbidden = await read(stage.outputs.forbiddenSecretArn);
    const enforced = allowed === "ok" && /AccessDenied/.test(forbidden);
    return [enforced, `the role's own secret: ${allowed}, another secret: ${forbidden}`];
  },

  async "iam:signatures"(sandbox, stage) {
    const told = await tell(sandbox, stage);
    const forged = { ...told, AWS_SECRET_ACCESS_KEY: "forged" };
    const client = new SecretsManagerClient(asFunction(forged, sandbox.identity.region));
    const SecretId = stage.outputs.allowedSecretArn;
    const seen = await outcome(client.send(new GetSecretValueCommand({ SecretId })));
    return [/Signature/.test(seen), `with another secret key: ${seen}`];
  },

  async "cloudtrail:denied-calls"(sandbox, stage) {
    const client = new SecretsManagerClient(asFunction(await tell(sandbox, stage), sandbox.identity.region));
    const since = Date.now();
    await outcome(client.send(new GetSecretValueCommand({ SecretId: stage.outputs.forbiddenSecretArn })));
    const denied = await readDenied(sandbox.clients, since);
    const found = denied.find(({ action }) => action === "secretsmanager:GetSecretValue");
    return [found !== undefined, found ? `${found.action} by ${found.principalArn}` : "no event of the refused call"];
  },

  async "cognito:password-policy"({ clients: { cognito } }) {
    const Policies = { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } };
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "probe", Policies }));
    const UserPoolId = UserPool?.Id;
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: "probe", GenerateSecret: false }),
    );
    const signUp = new SignUpCommand({ ClientId: UserPoolClient?.ClientId, Username: "probe", Password: "short" });
    const seen = await outcome(cognito.send(signUp));
    await cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
    return [seen === "InvalidPasswordException", `a password below the policy: ${seen}`];
  },
};
