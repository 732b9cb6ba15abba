import { expect, test } from "vitest";
import { checkSameOrigin } from "../../../src/shared/defences/same-origin.ts";
import { createApiHandler } from "../../../src/shared/function.ts";
import { alice, apiEvent, contextOf } from "../../support/events.ts";
import { refusalOf } from "../../support/refusals.ts";

const REFUSED = {
  defence: "same-origin",
  status: 403,
  detail: "The request does not come from the page itself; a program calls the API with a bearer token instead.",
};

test("takes a request of the page itself", () => {
  for (const name of ["Sec-Fetch-Site", "sec-fetch-site"]) {
    expect(checkSameOrigin(apiEvent("POST", "/session", { headers: { [name]: "same-origin" } }))).toBeUndefined();
  }
});

test.each(["cross-site", "same-site", "none", "", "Same-Origin", "same-origin, cross-site"])(
  "refuses Sec-Fetch-Site: %j",
  (site) => {
    const event = apiEvent("POST", "/session", { headers: { "Sec-Fetch-Site": site } });
    expect(refusalOf(() => checkSameOrigin(event))).toEqual(REFUSED);
  },
);

test("refuses a request that does not say, whatever its Origin says", () => {
  expect(refusalOf(() => checkSameOrigin(apiEvent("POST", "/session")))).toEqual(REFUSED);
  const event = apiEvent("POST", "/session", { headers: { Origin: "https://shop.example.com" } });
  expect(refusalOf(() => checkSameOrigin(event))).toEqual(REFUSED);
});

test("stands before an operation of the page, and before no other", async () => {
  const operation = { operationId: "o", method: "POST", groups: ["partner"], run: () => ({ status: 204 }) };
  const handler = createApiHandler(
    "test",
    [
      { ...operation, path: "/page", fromPage: true },
      { ...operation, path: "/api" },
    ],
    () => {},
  );
  const call = async (path: string, headers: Record<string, string>) =>
    (
      await handler(
        apiEvent("POST", path, { headers, requestContext: { requestId: "r", authorizer: contextOf(alice) } }),
      )
    ).statusCode;
  expect(await call("/page", {})).toBe(403);
  expect(await call("/page", { "Sec-Fetch-Site": "same-origin" })).toBe(204);
  expect(await call("/api", {})).toBe(204);
});
