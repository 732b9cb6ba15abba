import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate, levelsOf, RULES } from "@palisade/policy-pack";
import { expectNamesPrefixed, recordStack, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PriceClass, WebFrontend, type WebFrontendArgs } from "../src/index.ts";
import { webFrontendSettings } from "../src/validate.ts";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const BUCKET = "aws:s3/bucket:Bucket";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "web-frontend-"));
  mkdirSync(join(folder, "images"));
  writeFileSync(join(folder, "index.html"), "<!doctype html>");
  writeFileSync(join(folder, "app.js"), "1");
  writeFileSync(join(folder, ".app.js.1"), "half");
  writeFileSync(join(folder, "images", "logo.svg"), "<svg/>");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = "0123456789abcdef0123456789abcdef";
const full = (): WebFrontendArgs => ({
  folder,
  files: { "config.json": pulumi.output('{"a":1}') },
  domain: { name: "shop.example.com", certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1" },
  webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/page/1",
  api: {
    url: pulumi.output("https://abc.execute-api.eu-central-1.amazonaws.com/prod"),
    paths: ["/session", "/session/*"],
    originHeader: { name: "x-origin-verify", value: pulumi.secret(SECRET) },
  },
});
const REASON = "the page is a draft that nobody sees";
const bare = (): WebFrontendArgs => ({ folder, allowDefaultCertificate: REASON, allowNoFirewall: REASON });
const record = (args: WebFrontendArgs = full()) => recordStack(() => new WebFrontend("page", args));

describe("a page with its API", () => {
  test("is made of these resources", async () => {
    expect((await record()).types()).toEqual({
      "aws:cloudfront/distribution:Distribution": 1,
      "aws:cloudfront/originAccessControl:OriginAccessControl": 1,
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": 2,
      "aws:cloudwatch/logDelivery:LogDelivery": 1,
      "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": 1,
      "aws:cloudwatch/logDeliverySource:LogDeliverySource": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
      "aws:s3/bucketObjectv2:BucketObjectv2": 4,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
      "aws:s3/bucketPolicy:BucketPolicy": 1,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
      "aws:s3/bucketVersioning:BucketVersioning": 1,
      "palisade:index:WebFrontend": 1,
    });
  });

  test("serves the page's files, and the API below its paths, without a cache between callers", async () => {
    const recording = await record();
    const [pageHeaders, apiHeaders] = ["page-page-headers", "page-api-headers"].map((name) =>
      recording.one(HEADERS, name),
    );
    const access = recording.one("aws:cloudfront/originAccessControl:OriginAccessControl");
    const behavior = (pathPattern: string) => ({
      pathPattern,
      targetOriginId: "api",
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      responseHeadersPolicyId: apiHeaders?.id,
    });
    expect(recording.one(DISTRIBUTION, "page-distribution").inputs).toEqual({
      comment: "The page page",
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: "PriceClass_100",
      aliases: ["shop.example.com"],
      defaultRootObject: "index.html",
      webAclId: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/page/1",
      viewerCertificate: {
        acmCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      origins: [
        {
          originId: "page",
          domainName: recording.one(BUCKET).outputs.bucketRegionalDomainName,
          originAccessControlId: access.id,
        },
        {
          originId: "api",
          domainName: "abc.execute-api.eu-central-1.amazonaws.com",
          originPath: "/prod",
          customHeaders: [{ name: "x-origin-verify", value: SECRET }],
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
            originReadTimeout: 30,
          },
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "page",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        compress: true,
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        responseHeadersPolicyId: pageHeaders?.id,
      },
      orderedCacheBehaviors: [behavior("/session"), behavior("/session/*")],
      restrictions: { geoRestriction: { restrictionType: "none" } },
      tags: { "palisade:component": "WebFrontend", "palisade:name": "page" },
    });
    expect(access.inputs).toEqual({
      description: "The distribution of the page page reads its bucket",
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  });

  test("lets no foreign script run, no page frame it and no text become markup", async () => {
    const { inputs } = (await record()).one(HEADERS, "page-page-headers");
    expect(inputs).toEqual({
      comment: "The headers of the page page",
      securityHeadersConfig: {
        strictTransportSecurity: {
          accessControlMaxAgeSec: 63_072_000,
          includeSubdomains: true,
          preload: false,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        contentSecurityPolicy: {
          contentSecurityPolicy:
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'none'; connect-src 'self'; " +
            "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
            "require-trusted-types-for 'script'; trusted-types 'none'",
          override: true,
        },
        referrerPolicy: { referrerPolicy: "same-origin", override: true },
      },
      customHeadersConfig: {
        items: [
          { header: "Cross-Origin-Opener-Policy", value: "same-origin", override: true },
          { header: "Cross-Origin-Resource-Policy", value: "same-origin", override: true },
          {
            header: "Permissions-Policy",
            value:
              "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
            override: true,
          },
        ],
      },
      removeHeadersConfig: { items: [{ header: "x-amz-server-side-encryption" }, { header: "x-amz-version-id" }] },
    });
  });

  test("leaves the API's own policy of its answers alone", async () => {
    const { inputs } = (await record()).one(HEADERS, "page-api-headers");
    expect(Object.keys(inputs.securityHeadersConfig as object).sort()).toEqual([
      "contentTypeOptions",
      "frameOptions",
      "strictTransportSecurity",
    ]);
  });

  test("keeps the bucket to the distribution, and to TLS", async () => {
    const recording = await record();
    const { arn } = recording.one(BUCKET, "page-bucket").outputs;
    expect(JSON.parse(String(recording.one("aws:s3/bucketPolicy:BucketPolicy").inputs.policy)).Statement).toEqual([
      {
        Sid: "ReadByTheDistribution",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: `${arn}/*`,
        Condition: { StringEquals: { "AWS:SourceArn": recording.one(DISTRIBUTION).outputs.arn } },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(recording.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(recording.one("aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs.rule).toEqual({
      objectOwnership: "BucketOwnerEnforced",
    });
    expect(recording.one(BUCKET).inputs.forceDestroy).toBe(false);
  });

  test("puts each file there with its type, and none that begins with a dot", async () => {
    const files = (await record())
      .all(OBJECT)
      .map(({ name, inputs }) => [name, inputs.key, inputs.contentType, inputs.cacheControl, inputs.content]);
    expect(files).toEqual([
      ["page-file-app.js", "app.js", "text/javascript; charset=utf-8", "no-cache", undefined],
      ["page-file-images/logo.svg", "images/logo.svg", "image/svg+xml", "no-cache", undefined],
      ["page-file-index.html", "index.html", "text/html; charset=utf-8", "no-cache", undefined],
      ["page-file-config.json", "config.json", "application/json", "no-cache", '{"a":1}'],
    ]);
  });

  test("logs requests, without cookies and queries, where CloudFront is", async () => {
    const recording = await record();
    const group = recording.one("aws:cloudwatch/logGroup:LogGroup", "page-log-group");
    expect(group.inputs).toMatchObject({ region: "us-east-1", retentionInDays: 365 });
    expect(group.inputs.name).toMatch(/^\/aws\/vendedlogs\/cloudfront\/.+-page$/);
    expect(recording.one("aws:cloudwatch/logDeliverySource:LogDeliverySource").inputs).toMatchObject({
      region: "us-east-1",
      logType: "ACCESS_LOGS",
      resourceArn: recording.one(DISTRIBUTION).outputs.arn,
    });
    const { recordFields } = recording.one("aws:cloudwatch/logDelivery:LogDelivery").inputs;
    expect(recordFields).toContain("cs-uri-stem");
    expect(recordFields).not.toContain("cs-uri-query");
    expect(recordFields).not.toContain("cs(Cookie)");
  });

  test("has these outputs", async () => {
    const recording = await record();
    const component = recording.one("palisade:index:WebFrontend");
    const distribution = recording.one(DISTRIBUTION);
    expect(component.outputs).toEqual({
      distributionId: distribution.id,
      distributionArn: distribution.outputs.arn,
      distributionDomainName: distribution.outputs.domainName,
      url: "https://shop.example.com",
      bucketName: recording.one(BUCKET).outputs.bucket,
      logGroupName: recording.one("aws:cloudwatch/logGroup:LogGroup").outputs.name,
    });
    expectNamesPrefixed(recording, component);
  });

  test.each(["dev", "prod"] as const)(
    "the policy pack, profile %s, finds one exemption, which the README records",
    async (profile) => {
      const recording = await record();
      // As the engine tells it: which resource's ARN a property is.
      const byArn = new Map(recording.resources.map(({ urn, outputs }) => [outputs.arn, [urn]]));
      const resources = recording.resources.map(({ urn, type, name, id, inputs }) => ({
        urn,
        type,
        name,
        id,
        props: inputs,
        dependencies: Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, byArn.get(value) ?? []])),
      }));
      const { findings } = evaluate(resources, { rules: RULES, levels: levelsOf(profile) });
      // Who reads the bucket is the distribution, whose log names the readers.
      expect(findings.map(({ rule, name }) => `${rule} ${name}`)).toEqual(["s3-access-logging page-bucket"]);
    },
  );
});

describe("a page alone", () => {
  test("has CloudFront's name and certificate, and no web ACL, for written reasons", async () => {
    const recording = await record(bare());
    const distribution = recording.one(DISTRIBUTION);
    expect(distribution.inputs).toMatchObject({
      aliases: [],
      viewerCertificate: { cloudfrontDefaultCertificate: true },
      orderedCacheBehaviors: [],
      tags: { "palisade:lowered:certificate": REASON, "palisade:lowered:firewall": REASON },
    });
    expect(distribution.inputs.webAclId).toBeUndefined();
    expect(recording.count(HEADERS)).toBe(1);
    expect(await resolved(recording.result.url)).toBe(`https://${distribution.outputs.domainName}`);
  });

  test("takes other files, places, times, sources and tags", async () => {
    const recording = await record({
      ...bare(),
      files: { "start.html": "<!doctype html>" },
      rootFile: "start.html",
      priceClass: PriceClass.Everywhere,
      strictTransportDays: 365,
      logRetentionDays: 7,
      allowDeletion: "it is made anew at will",
      contentSources: {
        connect: ["https://api.example.com"],
        images: ["https://*.example.com"],
        fonts: ["https://fonts.example.com/a"],
      },
      teamTags: { team: "shop" },
    });
    expect(recording.one(DISTRIBUTION).inputs).toMatchObject({
      defaultRootObject: "start.html",
      priceClass: "PriceClass_All",
      tags: { team: "shop" },
    });
    expect(recording.one(BUCKET).inputs).toMatchObject({
      forceDestroy: true,
      tags: { "palisade:lowered:deletion-protection": "it is made anew at will" },
    });
    expect(recording.one("aws:cloudwatch/logGroup:LogGroup").inputs.retentionInDays).toBe(7);
    const { securityHeadersConfig } = recording.one(HEADERS).inputs as {
      securityHeadersConfig: Record<string, Record<string, unknown>>;
    };
    expect(securityHeadersConfig.strictTransportSecurity?.accessControlMaxAgeSec).toBe(31_536_000);
    expect(securityHeadersConfig.contentSecurityPolicy?.contentSecurityPolicy).toContain(
      "img-src 'self' https://*.example.com; font-src 'self' https://fonts.example.com/a; connect-src 'self' https://api.example.com;",
    );
  });

  test("takes an API at the root of its host, without a header", async () => {
    const api = { url: "https://api.example.com", paths: ["/v1/*"] };
    const { origins } = (await record({ ...bare(), api })).one(DISTRIBUTION).inputs as { origins: object[] };
    expect(origins[1]).toMatchObject({ domainName: "api.example.com", originPath: "" });
    expect(origins[1]).not.toHaveProperty("customHeaders");
  });
});

describe("an argument that is not allowed", () => {
  const reasonWanted =
    "allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports";
  const sources =
    "allowed: a literal list of https:// hosts, such as https://images.example.com; to fix it, name the hosts";
  const paths =
    "allowed: paths that begin with a slash, `*` for any characters and `?` for any one, and not all of them; to fix it, name what the API serves; every other path is the page's";
  const file =
    "allowed: a path of letters, digits, `._-` and `/` that the folder does not have, such as config.json; to fix it, rename the file";
  const domain =
    "allowed: a literal { name, certificateArn } whose name is a host in lower case, such as shop.example.com; to fix it, give both, or leave domain out and say why in allowDefaultCertificate";
  const folderWanted =
    "allowed: the path of a folder that exists; to fix it, build the page first, and give the folder that it is built into";
  const few = "allowed: a literal { url, paths } with 1 to 24 paths; to fix it, list the paths that the page calls";
  const url = "https://api.example.com";
  test.each<[string, Record<string, unknown>, string]>([
    ["no folder", { folder: "/nowhere" }, `folder is "/nowhere"; ${folderWanted}`],
    ["a folder that is an Output", { folder: pulumi.output("x") }, `folder is an Output; ${folderWanted}`],
    [
      "files that are an Output",
      { files: pulumi.output({}) },
      "files is an Output; allowed: a literal record: each file's text, by its path; to fix it, pass a literal: its keys decide which files exist",
    ],
    ["a file outside", { files: { "../x.js": "" } }, `files["../x.js"] is a path of another form; ${file}`],
    ["a file that is there", { files: { "app.js": "" } }, `files["app.js"] is a file of the folder too; ${file}`],
    [
      "a file that browsers guess about",
      { files: { "x.exe": "" } },
      'files["x.exe"] is a file of an unknown type; allowed: .css, .html, .ico, .jpg, .js, .json, .mjs, .png, .svg, .txt, .wasm, .webmanifest, .webp, .woff2; to fix it, keep it out of the folder: what is in it is public',
    ],
    [
      "no root file",
      { rootFile: "home.html" },
      'rootFile is "home.html"; allowed: a file of folder or of files; to fix it, add the file, or name another',
    ],
    ["a domain that is an Output", { domain: pulumi.output({}) }, `domain is an Output; ${domain}`],
    ["a host that is none", { domain: { name: "Shop", certificateArn: "a" } }, `domain is "Shop"; ${domain}`],
    ["no certificate", { domain: { name: "shop.example.com" } }, `domain is "shop.example.com"; ${domain}`],
    [
      "a reason that outlived its cause",
      { domain: full().domain },
      `allowDefaultCertificate is "${REASON}"; allowed: nothing, where the floor certificate is not lowered; to fix it, remove allowDefaultCertificate`,
    ],
    ["no reason", { allowDefaultCertificate: undefined }, `allowDefaultCertificate is not set; ${reasonWanted}`],
    ["no firewall, for no reason", { allowNoFirewall: "" }, `allowNoFirewall is ""; ${reasonWanted}`],
    ["an API without paths", { api: { url, paths: [] } }, `api.paths is []; ${few}`],
    ["an API that is an Output", { api: pulumi.output({}) }, `api.paths is not set; ${few}`],
    ["an API that takes everything", { api: { url, paths: ["/*"] } }, `api.paths is "/*"; ${paths}`],
    ["a path without a slash", { api: { url, paths: ["session"] } }, `api.paths is "session"; ${paths}`],
    [
      "an unsafe source",
      { contentSources: { images: ["'unsafe-inline'"] } },
      `contentSources.images is "'unsafe-inline'"; ${sources}`,
    ],
    ["a scheme alone", { contentSources: { connect: ["https:"] } }, `contentSources.connect is "https:"; ${sources}`],
    [
      "a directive in a source",
      { contentSources: { fonts: ["https://x; script-src *"] } },
      `contentSources.fonts is "https://x; script-src *"; ${sources}`,
    ],
    [
      "a source that is no list",
      { contentSources: { images: "https://x" } },
      `contentSources.images is "https://x"; ${sources}`,
    ],
    ["sources that are an Output", { contentSources: pulumi.output({}) }, `contentSources is an Output; ${sources}`],
    [
      "a short HSTS",
      { strictTransportDays: 364 },
      "strictTransportDays is 364; allowed: a whole number from 365 to 3650; to fix it, set strictTransportDays to one",
    ],
    [
      "a price class that is none",
      { priceClass: "cheap" },
      'priceClass is "cheap"; allowed: PriceClass_100, PriceClass_200, PriceClass_All; to fix it, set priceClass to one of them',
    ],
  ])("%s", (_title, args, sentence) => {
    const sentenceOf = () => {
      try {
        webFrontendSettings("page", { ...bare(), ...args } as WebFrontendArgs);
      } catch (error) {
        return (error as Error).message;
      }
      return "no error";
    };
    expect(sentenceOf()).toBe(`WebFrontend "page": ${sentence}`);
  });

  test("an unknown file of the folder", () => {
    writeFileSync(join(folder, "images", "secrets.env"), "");
    expect(() => webFrontendSettings("page", bare())).toThrow(
      'WebFrontend "page": folder/images/secrets.env is a file of an unknown type; allowed: .css,',
    );
    rmSync(join(folder, "images", "secrets.env"));
  });

  test("an API's URL is looked at when it is known", async () => {
    const api = { url: pulumi.output("http://api.example.com"), paths: ["/v1/*"] };
    await expect(record({ ...bare(), api })).rejects.toThrow(
      'WebFrontend "page": api.url is "http://api.example.com"; allowed: an https:// URL without a query; to fix it, give the API\'s invoke URL with its stage',
    );
  });

  test("leaves nothing behind", async () => {
    const made = await recordStack(() => {
      try {
        new WebFrontend("page", { ...bare(), folder: "/nowhere" });
      } catch (error) {
        return (error as Error).message;
      }
      return "no error";
    });
    expect(made.result).toContain('folder is "/nowhere"');
    expect(made.types()).toEqual({ "palisade:index:WebFrontend": 1 });
  });
});
