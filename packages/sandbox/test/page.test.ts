import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetDistributionConfigCommand } from "@aws-sdk/client-cloudfront";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Page, startPage } from "../src/page.ts";
import { freePort } from "../src/ports.ts";
import { type Emulated, type Made, outcome, startEmulated } from "./helpers/emulated.ts";

let emulated: Emulated;
let api: Server;
let page: Page;
let distribution: Made;
let access: Made;
const asked: { method?: string; url?: string; headers: NodeJS.Dict<string | string[]> }[] = [];

const READ = ["GET", "HEAD"];

function inputs(policy: string) {
  const behavior = {
    viewerProtocolPolicy: "https-only",
    cachedMethods: READ,
    compress: true,
    responseHeadersPolicyId: policy,
  };
  return {
    enabled: true,
    comment: "the page",
    defaultRootObject: "index.html",
    aliases: ["shop.example.com"],
    viewerCertificate: {
      acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
      sslSupportMethod: "sni-only",
    },
    origins: [
      { originId: "page", domainName: "page-files.s3.us-east-1.amazonaws.com", originAccessControlId: access.id },
      {
        originId: "api",
        domainName: "abc.execute-api.us-east-1.amazonaws.com",
        originPath: "/prod",
        customHeaders: [{ name: "x-origin-verify", value: "secret" }],
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
        },
      },
    ],
    defaultCacheBehavior: {
      ...behavior,
      targetOriginId: "page",
      allowedMethods: READ,
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    orderedCacheBehaviors: [
      {
        ...behavior,
        pathPattern: "/session",
        targetOriginId: "api",
        allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      },
    ],
  };
}

beforeAll(async () => {
  emulated = await startEmulated();
  api = createServer((request, response) => {
    asked.push({ method: request.method, url: request.url, headers: request.headers });
    response.setHeader("set-cookie", ["a=1", "b=2"]);
    response.writeHead(201).end("from the API");
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  const bucket = await emulated.create("aws:s3/bucket:Bucket", { bucket: "page-files" });
  await emulated.create("aws:s3/bucketObjectv2:BucketObjectv2", {
    bucket: "page-files",
    key: "index.html",
    content: "<!doctype html>",
    contentType: "text/html",
  });
  access = await emulated.create("aws:cloudfront/originAccessControl:OriginAccessControl", {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  const headers = await emulated.create("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", {
    securityHeadersConfig: {
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'", override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "DENY", override: true },
      referrerPolicy: { referrerPolicy: "same-origin", override: true },
      strictTransportSecurity: { accessControlMaxAgeSec: 60, includeSubdomains: true, override: true },
    },
    customHeadersConfig: { items: [{ header: "Cross-Origin-Opener-Policy", value: "same-origin", override: true }] },
    removeHeadersConfig: { items: [{ header: "x-amz-version-id" }] },
  });
  distribution = await emulated.create("aws:cloudfront/distribution:Distribution", inputs(headers.id));
  await emulated.create("aws:s3/bucketPolicy:BucketPolicy", {
    bucket: bucket.id,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::page-files/*",
          Condition: { StringEquals: { "AWS:SourceArn": distribution.outputs.arn } },
        },
      ],
    }),
  });
  page = await startPage({
    client: emulated.sandbox.clients.cloudFront,
    emulatorUrl: emulated.sandbox.emulatorUrl,
    distributionId: distribution.id,
    edgeUrl: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    port: await freePort(),
  });
}, 180_000);
afterAll(async () => {
  await page.close();
  api.closeAllConnections();
  api.close();
  await emulated.sandbox.close();
});

describe("a distribution that is served", () => {
  test("reads its bucket, with its headers, and no file that is not there", async () => {
    const answer = await fetch(`${page.url}/`);
    expect([answer.status, await answer.text()]).toEqual([200, "<!doctype html>"]);
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => {
      headers[name] = value;
    });
    expect(headers).toMatchObject({
      "content-type": "text/html",
      "content-security-policy": "default-src 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "strict-transport-security": "max-age=60; includeSubDomains",
      "cross-origin-opener-policy": "same-origin",
    });
    expect((await fetch(`${page.url}/other.html`)).status).toBe(403);
    expect((await fetch(`${page.url}/`, { method: "POST" })).status).toBe(403);
  });

  test("nobody else reads the bucket", async () => {
    expect((await fetch(`${emulated.sandbox.emulatorUrl}/page-files/index.html`)).status).toBe(403);
  });

  test("hands the API its paths, with cookies, its own header and the edge for API Gateway's host", async () => {
    const answer = await fetch(`${page.url}/session?x=1`, {
      method: "POST",
      body: "text",
      headers: { cookie: "__Host-session=1", "sec-fetch-site": "same-origin", "x-origin-verify": "forged" },
    });
    expect([answer.status, await answer.text()]).toEqual([201, "from the API"]);
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(asked[0]).toMatchObject({
      method: "POST",
      url: "/session?x=1",
      headers: { cookie: "__Host-session=1", "sec-fetch-site": "same-origin", "x-origin-verify": "secret" },
    });
  });

  test("changes and goes", async () => {
    const { cloudFront } = emulated.sandbox.clients;
    const read = () => cloudFront.send(new GetDistributionConfigCommand({ Id: distribution.id }));
    const changed = inputs("");
    await distribution.update({ ...changed, comment: "changed" });
    const { DistributionConfig } = await read();
    expect(DistributionConfig).toMatchObject({
      Comment: "changed",
      Aliases: { Items: ["shop.example.com"] },
      Origins: {
        Items: [{ Id: "page" }, { DomainName: "abc.execute-api.us-east-1.amazonaws.com", OriginPath: "/prod" }],
      },
    });
    await distribution.delete();
    expect(await outcome(read())).toBe("NoSuchDistribution");
    await access.delete();
  });
});
