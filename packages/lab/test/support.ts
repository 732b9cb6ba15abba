import type { AttackContext } from "../src/attack.ts";
import type { AwsAnswer, AwsSession } from "../src/aws-session.ts";
import type { LabBrowser } from "../src/browser.ts";
import type { Developer } from "../src/developer.ts";
import type { Exchange, LabRequest, LabResponse, Purpose } from "../src/exchange.ts";
import type { LogEntry } from "../src/records.ts";
import type { AttackResult, StageResult } from "../src/report/json.ts";
import { SEED } from "../src/seed.ts";
import type { Sink, SinkHit } from "../src/sink.ts";
import type { LabUser, UserName } from "../src/users.ts";

/** Claims as text without a signature: what the tests need of a token. */
export function unsigned(claims: object): string {
  return `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;
}

export function user(name: UserName, groups: string[], companyId?: string): LabUser {
  return {
    name,
    groups,
    companyId,
    username: `${name}@example.test`,
    password: "secret",
    accessToken: unsigned({ sub: `sub-${name}`, exp: 1 }),
    idToken: unsigned({ sub: `sub-${name}`, token_use: "id" }),
  };
}

export const USERS = {
  alice: user("alice", ["partner", "company:acme"], "acme"),
  bob: user("bob", ["partner", "company:globex"], "globex"),
  carol: user("carol", ["admin"]),
};

/** An answer; a body that is no text is sent as JSON. */
export function answer(status: number, body: unknown = "", headers: Record<string, string> = {}): LabResponse {
  return { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

/** What of a browser a test does not use. */
export const UNUSED_BROWSER: Omit<LabBrowser, "visit"> = {
  walk: () => Promise.reject(new Error("no walk")),
  lure: () => Promise.reject(new Error("no lure")),
  runScript: () => Promise.reject(new Error("no script")),
  close: async () => {},
};

/** An exchange as the client keeps it. */
export function kept(request: Partial<LabRequest>, response: LabResponse, more: Partial<Exchange> = {}): Exchange {
  const full = { client: "alice", method: "GET", path: "/", ...request } as LabRequest;
  return {
    purpose: "attack",
    via: "http",
    request: { ...full, url: `http://127.0.0.1:1${full.path}` },
    response,
    startedAt: 1000,
    endedAt: 1010,
    ...more,
  };
}

export interface FakeContext extends AttackContext {
  readonly sent: Exchange[];
}

/** A context whose stage is a function. `hit` is what the attacker's server receives, whatever the attempt. */
export function fakeContext(
  respond: (request: LabRequest, purpose: Purpose) => LabResponse,
  options: { hit?: Partial<SinkHit>; aws?: AwsSession } = {},
): FakeContext {
  const sent: Exchange[] = [];
  const hit = options.hit && { token: "t0", method: "GET", query: "", body: "", ...options.hit };
  const sink: Sink = {
    url: "http://127.0.0.1:9",
    token: () => "t0",
    hits: () => (hit ? [hit] : []),
    waitFor: async () => hit,
    close: async () => {},
  };
  const keep = (request: LabRequest, purpose: Purpose, via: Exchange["via"]): Exchange => {
    const one = kept(request, respond(request, purpose), { purpose, via });
    sent.push(one);
    return one;
  };
  // AWS's answer as the stage's own: the attack's calls are kept, the team's are not.
  const developerAnswer = (path: string, team: string, purpose: Purpose): LabResponse => {
    const request: LabRequest = { client: `a developer of the team ${team}`, method: "POST", path };
    return purpose === "attack" ? keep(request, purpose, "aws").response : respond(request, purpose);
  };
  return {
    stage: "fake",
    edgeUrl: "http://127.0.0.1:1",
    users: USERS,
    seed: SEED,
    apiKey: "key-1",
    sink,
    apiAddress: { host: "api1.execute-api.us-east-1.amazonaws.com", path: "/live" },
    canary: { path: "/lab/canary.txt", content: "canary-1" },
    forge: {
      algNone: () => "token-none",
      hs256PublicKey: () => "token-hs256",
      unknownKid: () => "token-kid",
      otherIssuer: () => "token-issuer",
      expired: async () => "token-expired",
      template: USERS.carol.accessToken,
    },
    as: (name) => ({ authorization: `Bearer ${name}` }),
    session: async (name) => ({ cookie: `__Host-session=${name}` }),
    freshAddress: () => "127.0.1.1",
    flood: async (request, count) => {
      const last = keep(request, "attack", "http");
      return { served: last.response.status < 300 ? count : 300, last };
    },
    send: async (request, purpose = "attack") => keep(request, purpose, "http"),
    lure: async ({ client, method, path }) => {
      const one = keep({ client, method, path }, "attack", "browser");
      const framed = one.response.body;
      return { ...one, browser: { violations: [], console: [], withheld: [], framed } };
    },
    runScript: async ({ client }) => keep({ client, method: "GET", path: "/" }, "attack", "browser"),
    open: async (request, purpose = "attack") => keep({ ...request, method: "GET" }, purpose, "browser"),
    revoke: async () => async () => {},
    withholdKeySet: async () => async () => {},
    foreignApi: async () => ({
      id: "api9",
      account: "444455556666",
      send: async (request) => keep(request, "attack", "http"),
      close: async () => {},
    }),
    developer: async (team, purpose) => fakeDeveloper(team, (path) => developerAnswer(path, team, purpose)),
    aws: () => {
      if (!options.aws) throw new Error("this attack calls no AWS");
      return options.aws;
    },
    sent,
  };
}

/** A developer to whom AWS answers as the stage does; a team is what the answer's body says. */
function fakeDeveloper(_team: string, ask: (path: string) => LabResponse): Developer {
  const call = async (path: string): Promise<AwsAnswer<void>> => {
    const { status } = ask(path);
    return status < 300 ? { ok: true, value: undefined } : { ok: false, code: `${status}: refused` };
  };
  return {
    replaceCode: (target) => call(`/lambda:UpdateFunctionCode ${target}`),
    deployOwnCode: (target) => call(`/products?own-code=${target}`),
    retag: (target, other) => call(`/lambda:TagResource ${target} ${other}`),
    teamOf: async () => (JSON.parse(ask("/lambda:GetFunction").body || "{}") as { team?: string }).team,
    close: async () => {},
  };
}

export function entry(more: Partial<LogEntry>): LogEntry {
  return { source: "function", time: 1005, event: "denied", text: "{}", ...more };
}

/** A record of the firewall as AWS writes it, as far as the lab reads it. */
export function waf(terminatingRuleId: string, requestId: string, action = "BLOCK") {
  return { timestamp: 1004, terminatingRuleId, action, httpRequest: { requestId } };
}

export function attackResult(more: Partial<AttackResult> = {}): AttackResult {
  return {
    id: "sqli-union",
    title: "Read secrets",
    owasp: ["SAS-1"],
    paper: "IV.1.B",
    verdict: "blocked",
    defences: ["function:search-term", "database:grants"],
    layer: "function",
    defence: "function:search-term",
    evidence: "GET /products → 400",
    exchanges: [],
    records: [],
    ms: 5,
    ...more,
  };
}

export function stageResult(more: Partial<StageResult> = {}): StageResult {
  return {
    stage: "prod",
    provisionMs: 1500,
    attackMs: 2500,
    resources: { emulated: 3, declared: 1 },
    declaredTypes: ["aws:x/y:Z"],
    attacks: [attackResult()],
    legitimate: [{ id: "sqli-union", ok: true, evidence: "a search finds MUG-1", exchanges: [] }],
    ...more,
  };
}
