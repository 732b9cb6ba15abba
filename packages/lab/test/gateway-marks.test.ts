import { describe, expect, it } from "vitest";
import { observe } from "../src/observe.ts";
import { answer, entry, kept } from "./support.ts";

const own = { "x-amzn-requestid": "r1" };
const served = entry({ event: "served", requestId: "r1" });

describe("an answer that nothing refused", () => {
  it("is of no kept answer where the function made it for this request, and the attack is about that", () => {
    const exchanges = [kept({ path: "/partners/me" }, answer(200, { companyId: "globex" }, own))];
    expect(observe(exchanges, [served], ["gateway:response-cache"])).toMatchObject({
      layer: "gateway",
      defence: "gateway:response-cache",
      record: served,
    });
    expect(observe(exchanges, [served], ["function:company-check"])).toBeUndefined();
    expect(
      observe(exchanges, [entry({ event: "served", requestId: "r2" })], ["gateway:response-cache"]),
    ).toBeUndefined();
  });

  it.each([
    [undefined, "no other origin"],
    ["https://page.example", "https://page.example"],
  ])("names %s as its reader to a foreign page", (allowed, named) => {
    const headers = { ...own, ...(allowed !== undefined && { "access-control-allow-origin": allowed }) };
    const exchanges = [kept({ headers: { origin: "https://evil.example" } }, answer(200, "<p>", headers))];
    expect(observe(exchanges, [], ["function:cross-origin"])).toMatchObject({
      defence: "function:cross-origin",
      record: { source: "answer", text: `to https://evil.example, the answer names ${named} as its reader` },
    });
  });

  it.each(["https://evil.example", "*"])("proves nothing where it names %s", (allowed) => {
    const headers = { ...own, "access-control-allow-origin": allowed };
    const exchanges = [kept({ headers: { origin: "https://evil.example" } }, answer(200, "<p>", headers))];
    expect(observe(exchanges, [], ["function:cross-origin"])).toBeUndefined();
    expect(observe([kept({}, answer(200, "<p>", own))], [], ["function:cross-origin"])).toBeUndefined();
  });
});

it("403 of the gateway without a record of the firewall is its own address, switched off", () => {
  const refused = kept(
    {},
    answer(403, '{"message":"Forbidden"}', { ...own, "x-amzn-errortype": "ForbiddenException" }),
  );
  expect(observe([refused], [], ["gateway:default-endpoint"])).toMatchObject({ defence: "gateway:default-endpoint" });
});
