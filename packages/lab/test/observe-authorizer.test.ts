import { describe, expect, it } from "vitest";
import { observe } from "../src/observe.ts";
import { answer, entry, kept } from "./support.ts";

/** What the authorizer and Lambda say of a request that neither let through. */
describe("a denial that is no refused token", () => {
  const unauthorized = kept(
    {},
    answer(401, "", { "x-amzn-requestid": "r1", "x-amzn-errortype": "UnauthorizedException" }),
  );
  const failed = (more: object) =>
    entry({ requestId: "r1", event: "failed", layer: "authorizer", defence: "fail-closed", ...more });

  it("is the work of fail-closed where the authorizer could not check the token, and said so", () => {
    expect(observe([unauthorized], [failed({})], [])).toMatchObject({
      layer: "authorizer",
      defence: "authorizer:fail-closed",
    });
  });

  it("is no defence where a function crashed, nor of another request", () => {
    const crash = failed({ layer: "function", defence: "problem-details" });
    expect(observe([unauthorized], [crash], [])).toBeUndefined();
    expect(observe([unauthorized], [failed({ requestId: "r2" })], [])).toMatchObject({ defence: "gateway:authorizer" });
  });

  it("is the permission's where Lambda did not let the API call", () => {
    const type = { "x-amzn-requestid": "r1", "x-amzn-errortype": "AuthorizerConfigurationException" };
    expect(observe([kept({}, answer(500, "", type))], [], [])).toMatchObject({
      layer: "iam",
      defence: "iam:invoke-permission",
    });
  });
});
