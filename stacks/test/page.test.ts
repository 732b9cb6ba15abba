import { resolved } from "@palisade/testing";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { recordStage } from "./support.ts";

// The bundles themselves are tested in functions/test.
vi.mock("@palisade/functions/bundle", async (original) => {
  const path = `${import.meta.dirname}/support.ts`;
  return {
    ...(await original<typeof import("@palisade/functions/bundle")>()),
    bundle: async (name: string) => `${path}#${name}`,
    bundleDetails: async (name: string) => ({ path: `${path}#${name}`, sha256: `hash-of-${name}` }),
  };
});

const SECRET = "0123456789abcdef0123456789abcdef";
const CONFIG = {
  "palisade:pageDomain": "shop.example.com",
  "palisade:pageCertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/1",
  "palisade:pageOriginSecret": SECRET,
};

const variables = (recording: Awaited<ReturnType<typeof recordStage>>) =>
  (
    recording.one("aws:lambda/function:Function", "session-function").inputs.environment as {
      variables: Record<string, string>;
    }
  ).variables;

describe("with a host", () => {
  let recording: Awaited<ReturnType<typeof recordStage>>;
  beforeAll(async () => {
    recording = await recordStage("prod", { config: CONFIG });
  }, 60_000);

  test("the page is served there, behind a web ACL of its own, with the API's paths beside it", async () => {
    const distribution = recording.one("aws:cloudfront/distribution:Distribution");
    expect(distribution.inputs.aliases).toEqual(["shop.example.com"]);
    expect(distribution.inputs.webAclId).toBe(
      recording.one("aws:wafv2/webAcl:WebAcl", "page-edge-web-acl").outputs.arn,
    );
    const behaviors = distribution.inputs.orderedCacheBehaviors as { pathPattern: string }[];
    expect(behaviors.map(({ pathPattern }) => pathPattern)).toEqual([
      "/page/*",
      "/session",
      "/session/*",
      "/orders/*/receipt",
    ]);
    const [, api] = distribution.inputs.origins as { customHeaders?: object[] }[];
    expect(api?.customHeaders).toEqual([{ name: "x-origin-verify", value: SECRET }]);
    const outputs = (await resolved(recording.result)) as unknown as { page: object };
    expect(outputs.page).toEqual({ url: "https://shop.example.com", distributionId: distribution.id });
  });

  test("people sign in at the pool's own page, which sends them back there", () => {
    const loginUrl = "https://shop-example-com.auth.eu-central-1.amazoncognito.com";
    const { id, inputs } = recording.one("aws:cognito/userPoolClient:UserPoolClient", "users-session-client");
    expect(inputs.callbackUrls).toEqual(["https://shop.example.com/"]);
    expect(variables(recording)).toMatchObject({
      LOGIN_URL: loginUrl,
      LOGIN_REDIRECT_URI: "https://shop.example.com/",
    });
    const { content } = recording.one("aws:s3/bucketObjectv2:BucketObjectv2", "page-file-config.json").inputs;
    expect(JSON.parse(String(content))).toEqual({
      loginUrl,
      clientId: id,
      redirectUri: "https://shop.example.com/",
    });
  });
});

test("without a host there is no page, and nobody signs in by a code", async () => {
  const recording = await recordStage("prod");
  expect(recording.count("palisade:index:WebFrontend")).toBe(0);
  expect(variables(recording)).not.toHaveProperty("LOGIN_URL");
});

test.each(["pageCertificateArn", "pageOriginSecret"])(
  "a host without %s is refused before anything is made",
  async (key) => {
    const { [`palisade:${key}` as keyof typeof CONFIG]: _, ...config } = CONFIG;
    await expect(recordStage("prod", { config })).rejects.toThrow(
      `The config key "palisade:${key}" is not set beside palisade:pageDomain. To fix it, set palisade:pageCertificateArn to the host's certificate in ` +
        "us-east-1 and, as a secret, palisade:pageOriginSecret to 32 random bytes in hexadecimal, or remove palisade:pageDomain.",
    );
  },
);
