import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { pagePolicy } from "../../../src/shared/defences/content-security-policy.ts";

test("allows nothing but the style sheets given", () => {
  const hash = createHash("sha256").update("p{}").digest("base64");
  expect(pagePolicy(["p{}"])).toEqual({
    "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    "Referrer-Policy": "no-referrer",
  });
});

test("tells the style sheets apart", () => {
  const [first, second] = ["a{}", "b{}"].map((style) => createHash("sha256").update(style).digest("base64"));
  expect(pagePolicy(["a{}", "b{}"])["Content-Security-Policy"]).toContain(`'sha256-${first}' 'sha256-${second}';`);
});

test("allows no style where there is none", () => {
  expect(pagePolicy([])["Content-Security-Policy"]).toContain("style-src 'none';");
});
