import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sink, startSink } from "../src/sink.ts";

let sink: Sink;
beforeAll(async () => {
  sink = await startSink();
});
afterAll(() => sink.close());

describe("the attacker's server", () => {
  it("is on the loopback interface and open to scripts of any origin", async () => {
    expect(sink.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${sink.url}/word`);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(await response.text()).toBe("sink word");
  });

  it("keeps what reached it under the attempt's own word", async () => {
    const [one, other] = [sink.token(), sink.token()];
    await fetch(`${sink.url}/${one}?__Host-session=a%20b`, { method: "POST", body: "loot" });
    expect(one).not.toBe(other);
    expect(sink.hits(one)).toEqual([{ token: one, method: "POST", query: "__Host-session=a b", body: "loot" }]);
    expect(sink.hits(other)).toEqual([]);
  });

  it("keeps a query that is no valid encoding as it came", async () => {
    await fetch(`${sink.url}/odd?%E0%A4%A`);
    expect(sink.hits("odd")[0]?.query).toBe("%E0%A4%A");
  });

  it("waits for a hit that comes, and gives up on one that does not", async () => {
    const token = sink.token();
    const waiting = sink.waitFor(token, 2000);
    await fetch(`${sink.url}/${token}`);
    expect(await waiting).toMatchObject({ token });
    expect(await sink.waitFor("never", 20)).toBeUndefined();
  });

  it("forgets bodies beyond its limit", async () => {
    await fetch(`${sink.url}/flood`, { method: "POST", body: "x".repeat(600_000) });
    expect(sink.hits("flood")[0]?.body.length).toBeLessThanOrEqual(256 * 1024);
  });
});
