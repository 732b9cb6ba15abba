/** No log holds a token, a password, a cookie or a body: what went into prod is looked for in everything that prod wrote. */
import { DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Closers } from "../../src/closers.ts";
import { attackContext } from "../../src/context.ts";
import { exchange, type LabRequest } from "../../src/exchange.ts";
import { type StageSession, startStage } from "../../src/session.ts";
import { startTools } from "../../src/tools.ts";

const MINUTES = 300_000;
/** Each in one place of the requests only, so that a find says where it came from. */
const MARKS = {
  password: "Marked-Passw0rd-7f3a",
  token: "marked-token-7f3b",
  cookie: "marked-cookie-7f3c",
  note: "marked-note-7f3d",
  feed: "marked-feed-7f3e",
  broken: "marked-broken-7f3f",
  cart: "marked-cart-7f40",
};

const closers = new Closers();
let session: StageSession;
const statuses: number[] = [];
const secrets: Record<string, string> = { ...MARKS };

beforeAll(async () => {
  session = await startStage("prod", closers, () => {});
  const { stage, people } = session;
  const context = attackContext(stage, await startTools(closers), people, []);
  const alice = context.as("alice");
  const { cookie = "" } = await context.session("alice");
  const json = { "content-type": "application/json" };
  const send = async (request: Omit<LabRequest, "client">) => {
    const { response } = await exchange(stage.edgeUrl, { client: "alice", ...request }, "twin");
    statuses.push(response.status);
    return response;
  };
  Object.assign(secrets, {
    accessToken: people.users.alice.accessToken,
    idToken: people.users.alice.idToken,
    alicesPassword: people.users.alice.password,
    sessionCookie: cookie.split("=").slice(1).join("="),
  });
  const signIn = (password: string) => JSON.stringify({ username: people.users.alice.username, password });
  await send({ method: "POST", path: "/session", headers: json, body: signIn(MARKS.password) });
  await send({ method: "GET", path: "/products?q=Mug", headers: alice });
  await send({ method: "GET", path: "/products?q=Mug", headers: { authorization: `Bearer ${MARKS.token}` } });
  await send({
    method: "GET",
    path: "/products?q=Mug",
    headers: { ...alice, cookie: `__Host-session=${MARKS.cookie}` },
  });
  const lines = [{ sku: "MUG-1", quantity: 1 }];
  await send({
    method: "POST",
    path: "/orders",
    headers: { ...alice, ...json },
    body: JSON.stringify({ lines, note: MARKS.note }),
  });
  await send({ method: "POST", path: "/orders", headers: { ...alice, ...json }, body: `{"note":"${MARKS.broken}` });
  await send({
    method: "POST",
    path: "/orders",
    headers: { ...alice, ...json },
    body: JSON.stringify({ [MARKS.broken]: 1 }),
  });
  await send({
    method: "POST",
    path: "/orders/import",
    headers: { ...alice, "content-type": "application/xml" },
    body: `<orders><order><note>${MARKS.feed}</note><line sku="MUG-1" quantity="1"/></order></orders>`,
  });
  await send({
    method: "POST",
    path: "/carts/restore",
    headers: { ...alice, ...json },
    body: JSON.stringify({ cart: MARKS.cart }),
  });
  await send({ method: "GET", path: `/orders/${context.seed.acme.orderId}/receipt`, headers: { cookie } });
}, MINUTES);

afterAll(() => closers.closeAll(), MINUTES);

/** Which secrets a text holds. A token's signature is looked for alone, too: a log that cuts it must not keep its end. */
function foundIn(text: string): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const parts = [secret, ...secret.split(".").filter((part) => part.length > 40)];
    return parts.some((part) => text.includes(part)) ? [name] : [];
  });
}

describe("what prod wrote while it served and refused", () => {
  it("is of requests that were served, and of requests that were refused", () => {
    expect(statuses.filter((status) => status < 300).length).toBeGreaterThanOrEqual(3);
    expect(statuses.filter((status) => status >= 400).length).toBeGreaterThanOrEqual(3);
    expect(foundIn(`x ${secrets.accessToken} y`)).toContain("accessToken");
  });

  it("in the log groups holds none of it", async () => {
    const { logs } = session.stage.clients;
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ limit: 50 }));
    let records = 0;
    for (const { logGroupName } of logGroups) {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, limit: 10_000 }));
      records += events.length;
      for (const { message = "" } of events) expect(foundIn(message), `${logGroupName}: ${message}`).toEqual([]);
    }
    expect(records).toBeGreaterThan(10);
  });

  it("in the firewall's log holds none of it", () => {
    for (const record of session.stage.wafLog()) expect(foundIn(JSON.stringify(record))).toEqual([]);
  });

  it("in the database's own log of logins and statements holds no token, password or cookie", async () => {
    const rows = await session.stage.database.query(
      "SELECT command_type, CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log WHERE user_host NOT LIKE 'root[%'",
    );
    expect(rows.length).toBeGreaterThan(5);
    // The lab turns this log on to see statements with their values; `HardenedDatabase` does not export it.
    const ofABody = new Set(["note", "feed"]);
    for (const { text } of rows) {
      expect(foundIn(String(text)).filter((name) => !ofABody.has(name))).toEqual([]);
      expect(String(text)).not.toContain("X-Amz-Signature");
    }
  });
});
