import type { AttackContext } from "./attack.ts";
import { awsSession } from "./aws-session.ts";
import type { BrowserStart, LabBrowser } from "./browser.ts";
import { developerOf } from "./developer.ts";
import { type Exchange, exchange, type LabRequest, served } from "./exchange.ts";
import { openForeignApi } from "./foreign-api.ts";
import { withholdKeySet } from "./key-set-fault.ts";
import type { Lured } from "./lure.ts";
import { revokeTokens } from "./revocations.ts";
import { SEED } from "./seed.ts";
import type { Sink } from "./sink.ts";
import type { RunningStage } from "./stage.ts";
import type { TokenForge } from "./tokens.ts";
import type { LabUser, UserName } from "./users.ts";

/** What the lab has on the attacker's side, for every stage. */
export interface LabTools {
  readonly sink: Sink;
  readonly canary: AttackContext["canary"];
  /** A browser, or why there is none. */
  readonly chromium: BrowserStart;
  /** Why requests cannot be sent from other addresses of this machine; absent where they can. */
  readonly noAddresses?: string;
}

/** Who is known to a stage, and what an outsider has of it. */
export interface StagePeople {
  readonly users: Readonly<Record<UserName, LabUser>>;
  readonly forge: TokenForge;
}

/** On stages without API keys a key of another stage is sent: the client has one, whatever it is worth. */
const SOME_API_KEY = "a-key-of-the-weak-stage-0001";

/** Milliseconds that a page gets to run its scripts. */
const SETTLE_MS = 250;

/** The last address that an attack was given; in the range of the clients' own country (packages/sandbox/src/edge/countries.ts). */
let lastAddress = 0;

/** 127.0.1.1 to 127.0.1.254, each in turn: when one comes again, every window of the firewall is over. */
function freshAddress(): string {
  lastAddress = (lastAddress % 254) + 1;
  return `127.0.1.${lastAddress}`;
}

/**
 * The context of one attack.
 *
 * @param kept receives every exchange, in order
 */
export function attackContext(
  stage: RunningStage,
  tools: LabTools,
  people: StagePeople,
  kept: Exchange[],
): AttackContext {
  const { users, forge } = people;
  const keyHeader: Record<string, string> = stage.outputs.apiKey ? { "x-api-key": stage.outputs.apiKey } : {};
  const keep = (one: Exchange): Exchange => {
    kept.push(one);
    return one;
  };
  const inBrowser = async (
    client: string,
    use: (browser: LabBrowser, credentials: { username: string; password: string }) => Promise<Lured>,
  ) => {
    if ("reason" in tools.chromium) throw new Error(tools.chromium.reason);
    const { username, password } = users[client as UserName];
    const startedAt = Date.now();
    return { ...(await use(tools.chromium.browser, { username, password })), startedAt };
  };
  const keepLured = (request: LabRequest, lured: Lured & { startedAt: number }): Exchange => {
    const { response, violations, withheld, framed, startedAt } = lured;
    return keep({
      purpose: "attack",
      via: "browser",
      request: { ...request, url: `${stage.edgeUrl}${request.path}` },
      response,
      startedAt,
      endedAt: Date.now(),
      browser: { violations, console: [], withheld, framed },
    });
  };
  return {
    stage: stage.stage,
    edgeUrl: stage.edgeUrl,
    users,
    seed: SEED,
    apiKey: stage.outputs.apiKey ?? SOME_API_KEY,
    sink: tools.sink,
    apiAddress: {
      host: `${stage.outputs.restApiId}.execute-api.${stage.region}.amazonaws.com`,
      path: `/${stage.outputs.stageName}`,
    },
    canary: tools.canary,
    forge,
    as: (user) => ({ ...keyHeader, authorization: `Bearer ${users[user].accessToken}` }),
    session: async (user) => {
      const { username, password } = users[user];
      const body = JSON.stringify({ username, password });
      // What a browser adds to a request of the page itself.
      const headers = { ...keyHeader, "content-type": "application/json", "sec-fetch-site": "same-origin" };
      // People sign in from where they are: all of the lab's from one address would meet the firewall's limit.
      const from = freshAddress();
      const answer = await exchange(
        stage.edgeUrl,
        { client: user, method: "POST", path: "/session", headers, body, from },
        "setup",
      );
      const cookies = answer.response.headers["set-cookie"]?.match(/__Host-(session|refresh)=[^;,\s]+/g) ?? [];
      const cookie = cookies.join("; ");
      if (!cookie.includes("__Host-session="))
        throw new Error(`POST /session gave ${user} no cookie: ${answer.response.status}`);
      return { ...keyHeader, cookie, "sec-fetch-site": "same-origin" };
    },
    freshAddress,
    flood: async (request, count) => {
      const exchanges: Exchange[] = [];
      // Several at once would first meet the concurrency of the emulator's functions, which is no defence of the stage.
      while (exchanges.length < count) exchanges.push(await exchange(stage.edgeUrl, request, "attack"));
      const refused = exchanges.filter((one) => !served(one));
      const [first] = exchanges;
      const last = refused.at(-1) ?? exchanges.at(-1);
      if (!first || !last) throw new Error("a flood of no requests");
      if (first !== last) keep(first);
      return { served: exchanges.length - refused.length, last: keep(last) };
    },
    send: async (request, purpose = "attack") => keep(await exchange(stage.edgeUrl, request, purpose)),
    open: async (request, purpose = "attack") => {
      if ("reason" in tools.chromium) throw new Error(tools.chromium.reason);
      const { username, password } = users[request.client as UserName];
      const startedAt = Date.now();
      const { response, violations, console } = await tools.chromium.browser.visit({
        edgeUrl: stage.edgeUrl,
        path: request.path,
        headers: { ...keyHeader, ...request.headers },
        credentials: { username, password },
        settleMs: SETTLE_MS,
        ...(request.cookies === undefined ? {} : { cookies: request.cookies }),
      });
      return keep({
        purpose,
        via: "browser",
        request: { ...request, method: "GET", url: `${stage.edgeUrl}${request.path}` },
        response,
        startedAt,
        endedAt: Date.now(),
        browser: { violations, console },
      });
    },
    lure: async ({ client, method, path, html, sameSite }) => {
      const lured = await inBrowser(client, (browser, credentials) =>
        browser.lure({ edgeUrl: stage.edgeUrl, credentials, html, path, sameSite }),
      );
      return keepLured({ client, method, path }, lured);
    },
    runScript: async ({ client, script }) => {
      const lured = await inBrowser(client, (browser, credentials) =>
        browser.runScript({ edgeUrl: stage.edgeUrl, credentials, script }),
      );
      return keepLured({ client, method: "GET", path: "/" }, lured);
    },
    revoke: (user) => revokeTokens(stage, users[user].accessToken),
    withholdKeySet: (fault) => withholdKeySet(stage, fault),
    foreignApi: (operation, target) => openForeignApi(stage, { operation, target }, keep),
    aws: (credentials) =>
      awsSession(credentials, { emulatorUrl: stage.emulatorUrl, region: stage.region, keep, purpose: "attack" }),
    developer: (team, purpose) =>
      developerOf(stage, team, { emulatorUrl: stage.emulatorUrl, region: stage.region, keep, purpose }),
  };
}
