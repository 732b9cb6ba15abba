import { type Recording, recordStack, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { gatewaySettings } from "../../src/gateway/validate.ts";
import { CacheClusterSize, SecureGateway, type SecureGatewayArgs, TlsPolicy } from "../../src/index.ts";
import { functionRef, sentenceOf, set, smallArgs, smallDocument } from "../fixtures.ts";

const REST_API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const DOMAIN = "aws:apigateway/domainName:DomainName";
const CERTIFICATE_ARN = "arn:aws-cn:acm:cn-north-1:111122223333:certificate/11111111-2222-3333-4444-555555555555";

/** The small gateway with two GET operations, one of them open. */
function withPet(more: Partial<SecureGatewayArgs> = {}): SecureGatewayArgs {
  const apiDocument = set(smallDocument(), ["paths", "/pets/{petId}", "get"], {
    operationId: "getPet",
    "x-palisade-groups": ["keeper"],
    parameters: [
      { name: "view", in: "query", schema: { type: "string" } },
      { name: "Accept-Language", in: "header", schema: { type: "string" } },
    ],
    responses: { "200": { description: "The pet" } },
  });
  const functions = { ...smallArgs().functions, getPet: functionRef("pets", "live") };
  return smallArgs({ apiDocument, functions, ...more });
}

const record = (more: Partial<SecureGatewayArgs>): Promise<Recording<SecureGateway>> =>
  recordStack(() => new SecureGateway("api", withPet(more)));
const bodyOf = (recording: Recording<unknown>) => JSON.parse(String(recording.one(REST_API).inputs.body));

/** Arguments as JavaScript may give them, past the type checker. */
const refuse = (more: Record<string, unknown>) =>
  sentenceOf(() => gatewaySettings("api", withPet(more as Partial<SecureGatewayArgs>)));

const REASON = "A pet is read by its keeper many times a minute.";

describe("responseCache", () => {
  test("keeps the named operations only, encrypted, for the time given, in a cluster of the size given", async () => {
    const recording = await record({
      responseCache: {
        operations: { getStatus: { ttlSeconds: 300 }, getPet: { ttlSeconds: 60, allowAuthenticated: REASON } },
        clusterSizeGigabytes: CacheClusterSize.Gb16,
      },
      operationThrottling: { getPet: { rateLimit: 1, burstLimit: 2 } },
    });
    expect(recording.one(STAGE).inputs).toMatchObject({ cacheClusterEnabled: true, cacheClusterSize: "1.6" });
    const settings = (name: string) => recording.one(SETTINGS, name).inputs;
    const encrypted = {
      cacheDataEncrypted: true,
      requireAuthorizationForCacheControl: true,
      unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403",
    };
    expect(settings("api-method-settings")).toMatchObject({ settings: { cachingEnabled: false, ...encrypted } });
    expect(settings("api-method-settings-getStatus")).toMatchObject({
      methodPath: "~1status/GET",
      settings: {
        cachingEnabled: true,
        cacheTtlInSeconds: 300,
        ...encrypted,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
      },
    });
    expect(settings("api-method-settings-getPet")).toMatchObject({
      settings: { cachingEnabled: true, cacheTtlInSeconds: 60, throttlingRateLimit: 1, throttlingBurstLimit: 2 },
    });
    expect(recording.count(SETTINGS)).toBe(3);
    expect(recording.one(REST_API).inputs.tags).toMatchObject({
      "palisade:lowered:cached-authenticated-getPet": REASON,
    });
  });

  test("is keyed by every parameter of the document and by what the caller is known by", async () => {
    const operations = { getStatus: { ttlSeconds: 1 }, getPet: { ttlSeconds: 1, allowAuthenticated: REASON } };
    const { paths } = bodyOf(await record({ responseCache: { operations } }));
    expect(paths["/pets/{petId}"].get["x-amazon-apigateway-integration"].cacheKeyParameters).toEqual([
      "method.request.path.petId",
      "method.request.querystring.view",
      "method.request.header.Accept-Language",
      "method.request.header.Authorization",
    ]);
    expect(paths["/status"].get["x-amazon-apigateway-integration"].cacheKeyParameters).toEqual([]);
    expect(paths["/pets/{petId}"].put["x-amazon-apigateway-integration"]).not.toHaveProperty("cacheKeyParameters");
  });

  test("is keyed by the page that asks too, where an answer names it", async () => {
    const operations = { getStatus: { ttlSeconds: 1 } };
    const { paths } = bodyOf(
      await record({ responseCache: { operations }, cors: { origin: "https://pets.example.com" } }),
    );
    expect(paths["/status"].get["x-amazon-apigateway-integration"].cacheKeyParameters).toEqual([
      "method.request.header.Origin",
    ]);
    expect(paths["/status"].get.parameters).toEqual([
      { name: "Origin", in: "header", required: false, schema: { type: "string" } },
    ]);
  });

  test("costs nothing where it is not asked for", async () => {
    const recording = await record({});
    expect(recording.one(STAGE).inputs).not.toHaveProperty("cacheClusterEnabled");
    expect(JSON.stringify(bodyOf(recording))).not.toContain("cacheKeyParameters");
  });

  test.each<[string, unknown, string]>([
    [
      "an Output",
      pulumi.output({}),
      "responseCache is an Output; allowed: a literal { operations, clusterSizeGigabytes }",
    ],
    [
      "no operation",
      { operations: {} },
      "responseCache.operations is empty; allowed: at least one operation: the cluster costs the same with none; to fix it, name the operations whose answers are kept, or leave responseCache out",
    ],
    [
      "an operation that is none",
      { operations: { getCat: { ttlSeconds: 1 } } },
      'responseCache.operations["getCat"] is for an operation that apiDocument does not have; allowed: replacePet, getPet, getStatus',
    ],
    [
      "a number in an operation's place",
      { operations: { getStatus: 300 } },
      "responseCache.operations.getStatus is 300; allowed: a literal { ttlSeconds, allowAuthenticated }",
    ],
    [
      "what changes something",
      { operations: { replacePet: { ttlSeconds: 1, allowAuthenticated: REASON } } },
      "responseCache.operations.replacePet is a PUT operation; allowed: GET operations: what changes something must reach its function; to fix it, remove replacePet from responseCache.operations",
    ],
    [
      "an authenticated operation without a reason",
      { operations: { getPet: { ttlSeconds: 1 } } },
      "responseCache.operations.getPet.allowAuthenticated is not set; allowed: a written reason: getPet answers a caller, and its answer would be repeated without asking the function; to fix it, leave getPet out of responseCache.operations, or say why it is cached for each caller",
    ],
    [
      "a reason that is none",
      { operations: { getPet: { ttlSeconds: 1, allowAuthenticated: "fast" } } },
      'responseCache.operations.getPet.allowAuthenticated is "fast"; allowed: a written reason of at least 10 characters',
    ],
    [
      "a reason without need",
      { operations: { getStatus: { ttlSeconds: 1, allowAuthenticated: REASON } } },
      `responseCache.operations.getStatus.allowAuthenticated is "${REASON}"; allowed: nothing on an operation without an authorizer, which answers everybody the same; to fix it, remove it`,
    ],
    [
      "an authenticated answer kept for longer than a revoked token",
      { operations: { getPet: { ttlSeconds: 61, allowAuthenticated: REASON } } },
      "responseCache.operations.getPet.ttlSeconds is 61; allowed: a whole number from 1 to 60",
    ],
    [
      "an answer kept for longer than an hour",
      { operations: { getStatus: { ttlSeconds: 3601 } } },
      "responseCache.operations.getStatus.ttlSeconds is 3601; allowed: a whole number from 1 to 3600",
    ],
    [
      "an answer kept for no time",
      { operations: { getStatus: { ttlSeconds: 0 } } },
      "responseCache.operations.getStatus.ttlSeconds is 0; allowed: a whole number from 1 to 3600",
    ],
    [
      "a size that there is not",
      { operations: { getStatus: { ttlSeconds: 1 } }, clusterSizeGigabytes: "1" },
      'responseCache.clusterSizeGigabytes is "1"; allowed: 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237',
    ],
  ])("refuses %s", (_title, responseCache, sentence) => {
    expect(refuse({ responseCache })).toContain(sentence);
  });
});

describe("cors", () => {
  test("names what the document's callers send, for the one origin", async () => {
    const body = bodyOf(await record({ cors: { origin: "https://pets.example.com" } }));
    const { responseParameters } =
      body.paths["/pets/{petId}"].options["x-amazon-apigateway-integration"].responses.default;
    expect(responseParameters).toEqual({
      "method.response.header.Access-Control-Allow-Origin": "'https://pets.example.com'",
      "method.response.header.Access-Control-Allow-Methods": "'PUT,GET'",
      "method.response.header.Access-Control-Allow-Headers": "'Accept-Language,Authorization,Content-Type'",
      "method.response.header.Access-Control-Max-Age": "'600'",
      "method.response.header.Vary": "'Origin'",
    });
    expect(body["x-amazon-apigateway-gateway-responses"].UNAUTHORIZED.responseParameters).toMatchObject({
      "gatewayresponse.header.Access-Control-Allow-Origin": "'https://pets.example.com'",
    });
  });

  test("lets a page send its key where callers are counted, never the cookie's header", async () => {
    const cookie = { type: "apiKey", in: "cookie", name: "session" };
    const { apiDocument } = withPet();
    const body = bodyOf(
      await record({
        apiDocument: set(apiDocument, ["components", "securitySchemes", "bearer"], cookie),
        cors: { origin: "https://pets.example.com", allowCredentials: true },
        usagePlan: {},
      }),
    );
    const { responseParameters } =
      body.paths["/pets/{petId}"].options["x-amazon-apigateway-integration"].responses.default;
    expect(responseParameters).toMatchObject({
      "method.response.header.Access-Control-Allow-Credentials": "'true'",
      "method.response.header.Access-Control-Allow-Headers": "'Accept-Language,Content-Type,x-api-key'",
    });
    // A preflight carries no key.
    expect(body.paths["/pets/{petId}"].options.security).toEqual([]);
  });

  const exactly =
    "allowed: one origin exactly, as https://partners.example.com: no wildcard, no null, no path, no slash at its end; to fix it, set cors.origin to the page's own";
  test.each([
    ["*"],
    ["null"],
    ["https://*.example.com"],
    ["http://pets.example.com"],
    ["https://pets.example.com/"],
    ["https://pets.example.com/page"],
    ["https://PETS.example.com"],
    ["https://user@pets.example.com"],
    ["https://pets.example.com:443"],
    ["https://"],
    [["https://pets.example.com"]],
    [undefined],
  ])("refuses the origin %j", (origin) => {
    const shown = origin === undefined ? "not set" : JSON.stringify(origin);
    expect(refuse({ cors: { origin } })).toBe(`SecureGateway "api": cors.origin is ${shown}; ${exactly}`);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "an Output",
      { cors: pulumi.output({}) },
      "cors is an Output; allowed: a literal { origin, allowCredentials, allowedHeaders, exposedHeaders, maxAgeSeconds }",
    ],
    [
      "a wildcard of headers",
      { cors: { origin: "https://a.example", allowedHeaders: ["Accept", "*"] } },
      'cors.allowedHeaders[1] is "*"; allowed: the name of one header: letters, digits and hyphens, no wildcard; to fix it, name each header',
    ],
    [
      "a wildcard of readable headers",
      { cors: { origin: "https://a.example", exposedHeaders: ["*"] } },
      'cors.exposedHeaders[0] is "*"',
    ],
    [
      "a header with a quote",
      { cors: { origin: "https://a.example", allowedHeaders: ["a'b"] } },
      `cors.allowedHeaders[0] is "a'b"`,
    ],
    [
      "a preflight for a day",
      { cors: { origin: "https://a.example", maxAgeSeconds: 86_400 } },
      "cors.maxAgeSeconds is 86400; allowed: a whole number from 0 to 7200",
    ],
    [
      "a document with a preflight of its own",
      {
        cors: { origin: "https://a.example" },
        apiDocument: set(withPet().apiDocument, ["paths", "/status", "options"], { operationId: "preflightStatus" }),
        functions: { ...withPet().functions, preflightStatus: functionRef("status") },
      },
      "cors is beside OPTIONS /status of apiDocument; allowed: a document without OPTIONS: preflights are answered from cors; to fix it, remove OPTIONS /status from apiDocument, or leave cors out and answer preflights in the function",
    ],
  ])("refuses %s", (_title, more, sentence) => {
    expect(refuse(more)).toContain(sentence);
  });
});

describe("customDomain", () => {
  const domain = { domainName: "api.example.com", certificateArn: CERTIFICATE_ARN };

  test("is mapped to the stage under the API's TLS policy, and the API's own address is off", async () => {
    const recording = await record({ customDomain: domain, tlsPolicy: TlsPolicy.Tls13 });
    expect(recording.one(DOMAIN, "api-domain").inputs).toEqual({
      domainName: "api.example.com",
      regionalCertificateArn: CERTIFICATE_ARN,
      endpointConfiguration: { types: "REGIONAL" },
      securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
      endpointAccessMode: "STRICT",
      tags: { "palisade:component": "SecureGateway", "palisade:name": "api" },
    });
    expect(recording.one("aws:apigateway/basePathMapping:BasePathMapping", "api-domain-mapping").inputs).toEqual({
      domainName: "api.example.com",
      restApi: recording.one(REST_API).id,
      stageName: "live",
    });
    expect(recording.count("aws:route53/record:Record")).toBe(0);
    const { inputs } = recording.one(REST_API);
    expect(inputs).toMatchObject({
      disableExecuteApiEndpoint: true,
      securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
    });
    expect(bodyOf(recording)["x-amazon-apigateway-endpoint-configuration"]).toEqual({
      disableExecuteApiEndpoint: true,
    });
    const { domainUrl, domainTargetName, domainTargetZoneId } = recording.result;
    expect(await resolved(domainUrl as pulumi.Output<string>)).toBe("https://api.example.com");
    expect(domainTargetName).toBeDefined();
    expect(domainTargetZoneId).toBeDefined();
  });

  test("with a base path, a zone and certificates of the clients", async () => {
    const recording = await record({
      customDomain: {
        ...domain,
        basePath: "v1",
        hostedZoneId: "Z1",
        mutualTls: { truststoreUri: "s3://partners/truststore.pem", truststoreVersion: "3" },
        ownershipCertificateArn: CERTIFICATE_ARN,
      },
      teamTags: { team: "pets" },
    });
    const made = recording.one(DOMAIN);
    expect(made.inputs).toMatchObject({
      securityPolicy: "TLS_1_2",
      mutualTlsAuthentication: { truststoreUri: "s3://partners/truststore.pem", truststoreVersion: "3" },
      ownershipVerificationCertificateArn: CERTIFICATE_ARN,
      tags: { team: "pets" },
    });
    const api = recording.one(REST_API).inputs;
    expect(api).toMatchObject({
      securityPolicy: "TLS_1_2",
      tags: { "palisade:lowered:tls-policy": "AWS has none of its newer TLS policies for a domain with mutual TLS" },
    });
    // AWS has no access mode for its older policies.
    for (const inputs of [made.inputs, api]) expect(inputs).not.toHaveProperty("endpointAccessMode");
    expect(bodyOf(recording)["x-amazon-apigateway-security-policy"]).toBe("TLS_1_2");
    expect(bodyOf(recording)).not.toHaveProperty("x-amazon-apigateway-endpoint-access-mode");
    expect(recording.one("aws:apigateway/basePathMapping:BasePathMapping").inputs.basePath).toBe("v1");
    expect(recording.one("aws:route53/record:Record", "api-domain-record").inputs).toMatchObject({
      zoneId: "Z1",
      name: "api.example.com",
      type: "A",
    });
    expect(await resolved(recording.result.domainUrl as pulumi.Output<string>)).toBe("https://api.example.com/v1");
  });

  test("leaves the API's own address open for a written reason only", async () => {
    const recording = await record({ customDomain: domain, allowDefaultEndpoint: "Partners move until spring." });
    expect(recording.one(REST_API).inputs).toMatchObject({
      disableExecuteApiEndpoint: false,
      tags: { "palisade:lowered:default-endpoint": "Partners move until spring." },
    });
    const again = await record({
      customDomain: domain,
      allowDefaultEndpoint: "Partners move until spring.",
      disableExecuteApiEndpoint: false,
    });
    expect(again.one(REST_API).inputs.disableExecuteApiEndpoint).toBe(false);
    expect((await record({})).result.domainUrl).toBeUndefined();
  });

  test("is refused as an Output too, when it is known", async () => {
    const known = record({ customDomain: domain, disableExecuteApiEndpoint: pulumi.output(false) });
    await expect(known).rejects.toThrow(
      'SecureGateway "api": disableExecuteApiEndpoint is false; allowed: true beside customDomain: at the API\'s own address the ' +
        "domain's TLS policy and mutual TLS do not hold; to fix it, remove it, or say in allowDefaultEndpoint why that address stays open",
    );
    const name = record({ customDomain: { ...domain, domainName: pulumi.output("*.example.com") } });
    await expect(name).rejects.toThrow('customDomain.domainName is "*.example.com"');
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "an Output",
      { customDomain: pulumi.output({}) },
      "customDomain is an Output; allowed: a literal { domainName, certificateArn, basePath, mutualTls, hostedZoneId }",
    ],
    [
      "an open address without a reason",
      { customDomain: domain, disableExecuteApiEndpoint: false },
      "disableExecuteApiEndpoint is false; allowed: true beside customDomain",
    ],
    [
      "a reason for an address that is off",
      { customDomain: domain, disableExecuteApiEndpoint: true, allowDefaultEndpoint: REASON },
      `allowDefaultEndpoint is "${REASON}"; allowed: nothing where disableExecuteApiEndpoint is true; to fix it, remove one of the two`,
    ],
    [
      "a reason without a domain",
      { allowDefaultEndpoint: REASON },
      `allowDefaultEndpoint is "${REASON}"; allowed: nothing without a customDomain: the API then has no other address; to fix it, remove it`,
    ],
    [
      "a reason that is none",
      { customDomain: domain, allowDefaultEndpoint: "legacy" },
      'allowDefaultEndpoint is "legacy"; allowed: a written reason of at least 10 characters',
    ],
    [
      "a wildcard",
      { customDomain: { ...domain, domainName: "*.example.com" } },
      'customDomain.domainName is "*.example.com"; allowed: a full domain name in lower case without a wildcard, as api.example.com; to fix it, set it to the name of the certificate',
    ],
    [
      "a name in upper case",
      { customDomain: { ...domain, domainName: "API.example.com" } },
      'customDomain.domainName is "API.example.com"',
    ],
    ["no name", { customDomain: { certificateArn: CERTIFICATE_ARN } }, "customDomain.domainName is not set"],
    [
      "a certificate of IAM's",
      { customDomain: { ...domain, certificateArn: "arn:aws:iam::111122223333:server-certificate/a" } },
      "customDomain.certificateArn is \"arn:aws:iam::111122223333:server-certificate/a\"; allowed: the ARN of a certificate of ACM's, in the API's region; to fix it, request a certificate there and set its ARN",
    ],
    [
      "a path with a slash",
      { customDomain: { ...domain, basePath: "/v1" } },
      'customDomain.basePath is "/v1"; allowed: a literal path of one segment without slashes at its ends, at most 300 characters; to fix it, write it so, as v1, or leave it out for the domain\'s root',
    ],
    [
      "a path that is an Output",
      { customDomain: { ...domain, basePath: pulumi.output("v1") } },
      "customDomain.basePath is an Output",
    ],
    [
      "mutual TLS that is an Output",
      { customDomain: { ...domain, mutualTls: pulumi.output({}) } },
      "customDomain.mutualTls is an Output; allowed: a literal { truststoreUri, truststoreVersion }",
    ],
    [
      "a truststore on the web",
      { customDomain: { ...domain, mutualTls: { truststoreUri: "https://example.com/t.pem" } } },
      'customDomain.mutualTls.truststoreUri is "https://example.com/t.pem"; allowed: the address of a PEM file in S3, as s3://bucket/key; to fix it, put the authorities\' certificates there and set it',
    ],
    [
      "a newer policy beside mutual TLS",
      { customDomain: { ...domain, mutualTls: { truststoreUri: "s3://partners/t.pem" } }, tlsPolicy: TlsPolicy.Tls13 },
      'tlsPolicy is "SecurityPolicy_TLS13_1_3_2025_09"; allowed: nothing beside customDomain.mutualTls: AWS has none of its newer policies for mutual TLS; to fix it, remove it, and the API and its domain have TLS_1_2, or remove customDomain.mutualTls',
    ],
    [
      "a policy of old",
      { tlsPolicy: "TLS_1_0" },
      'tlsPolicy is "TLS_1_0"; allowed: SecurityPolicy_TLS13_1_3_2025_09, SecurityPolicy_TLS13_1_3_FIPS_2025_09, SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09, SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09',
    ],
    [
      "a domain of a private API",
      { customDomain: domain, privateAccess: { vpcIds: ["vpc-0123456789abcdef0"] } },
      "customDomain is set beside privateAccess; allowed: one of the two: a regional domain cannot be mapped to a private API; to fix it, leave customDomain out; a private domain name is made with aws.apigateway.DomainName and its access association",
    ],
  ])("refuses %s", (_title, more, sentence) => {
    expect(refuse(more)).toContain(sentence);
  });
});

describe("privateAccess", () => {
  const statement = { Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };

  test("refuses whoever does not come from the endpoints and the networks that it names", async () => {
    const recording = await record({
      privateAccess: {
        vpcEndpointIds: ["vpce-0123456789abcdef0", pulumi.output("vpce-0123456789abcdef1")],
        vpcIds: ["vpc-0123456789abcdef0"],
      },
    });
    const { inputs } = recording.one(REST_API);
    expect(inputs.endpointConfiguration).toEqual({
      types: "PRIVATE",
      vpcEndpointIds: ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"],
    });
    expect(JSON.parse(String(inputs.policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Callers", Effect: "Allow", ...statement },
        {
          Sid: "OtherEndpoints",
          Effect: "Deny",
          ...statement,
          Condition: {
            StringNotEquals: { "aws:SourceVpce": ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"] },
          },
        },
        {
          Sid: "OtherNetworks",
          Effect: "Deny",
          ...statement,
          Condition: { StringNotEquals: { "aws:SourceVpc": ["vpc-0123456789abcdef0"] } },
        },
      ],
    });
    expect(bodyOf(recording)["x-amazon-apigateway-endpoint-configuration"]).toEqual({
      vpcEndpointIds: ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"],
    });
  });

  test("by networks alone needs no endpoint of its own", async () => {
    const { inputs } = (await record({ privateAccess: { vpcIds: ["vpc-01234567"] } })).one(REST_API);
    expect(inputs.endpointConfiguration).toEqual({ types: "PRIVATE" });
    const { Statement } = JSON.parse(String(inputs.policy));
    expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(["Callers", "OtherNetworks"]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "an Output",
      { privateAccess: pulumi.output({}) },
      "privateAccess is an Output; allowed: a literal { vpcEndpointIds, vpcIds }",
    ],
    [
      "nobody",
      { privateAccess: {} },
      "privateAccess is without vpcEndpointIds and vpcIds; allowed: at least one of them: AWS deploys no private API whose policy names nobody; to fix it, name the VPC endpoints or the VPCs of the callers",
    ],
    [
      "an empty list",
      { privateAccess: { vpcEndpointIds: [] } },
      "privateAccess.vpcEndpointIds is []; allowed: a literal list of at least one id: an empty one in the policy would refuse nobody, or everybody; to fix it, name the ids, or leave it out",
    ],
    [
      "a list that is an Output",
      { privateAccess: { vpcIds: pulumi.output(["vpc-1"]) } },
      "privateAccess.vpcIds is an Output",
    ],
    [
      "a network in an endpoint's place",
      { privateAccess: { vpcEndpointIds: ["vpc-0123456789abcdef0"] } },
      'privateAccess.vpcEndpointIds[0] is "vpc-0123456789abcdef0"; allowed: an id as vpce-0123456789abcdef0; to fix it, set it to one',
    ],
    [
      "every network",
      { privateAccess: { vpcIds: ["vpc-*"] } },
      'privateAccess.vpcIds[0] is "vpc-*"; allowed: an id as vpc-0123456789abcdef0',
    ],
    [
      "a policy beside it",
      { privateAccess: { vpcIds: ["vpc-01234567"] }, resourcePolicyJson: "{}" },
      "resourcePolicyJson is set beside privateAccess; allowed: one of the two: privateAccess is the resource policy of a private API; to fix it, remove one",
    ],
  ])("refuses %s", (_title, more, sentence) => {
    expect(refuse(more)).toContain(sentence);
  });

  test.each(["aws:PrincipalOrgID", "aws:PrincipalTag/team", "aws:userid", "AWS:PRINCIPALARN"])(
    "refuses a resource policy by %s, which no caller of this API has",
    (key) => {
      const policy = JSON.stringify({ Statement: [{ Condition: { StringEquals: { [key]: "o-1" } } }] });
      expect(refuse({ resourcePolicyJson: policy })).toBe(
        `SecureGateway "api": resourcePolicyJson is a policy with ${key}, which only requests that IAM authorizes have; ` +
          "allowed: keys of every request: aws:SourceIp, aws:SourceVpc, aws:SourceVpce, aws:SecureTransport, aws:CurrentTime; " +
          "to fix it, name the networks of the callers; an organization's are its VPC endpoints, in privateAccess",
      );
    },
  );

  test("takes a resource policy by address as it is, and refuses one of IAM's keys as an Output too", async () => {
    const policy = JSON.stringify({ Statement: [{ Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }] });
    expect((await record({ resourcePolicyJson: policy })).one(REST_API).inputs.policy).toBe(policy);
    const late = record({ resourcePolicyJson: pulumi.output('{"aws:PrincipalOrgID":"o-1"}') });
    await expect(late).rejects.toThrow("resourcePolicyJson is a policy with aws:PrincipalOrgID");
  });
});

describe("metering, certificates and imports", () => {
  test("a key's throttling of single operations is in the plan, by path and method", async () => {
    const recording = await record({
      usagePlan: {
        throttling: { rateLimit: 5, burstLimit: 6 },
        operationThrottling: { replacePet: { rateLimit: 1, burstLimit: 2 } },
      },
    });
    expect(recording.one("aws:apigateway/usagePlan:UsagePlan").inputs).toMatchObject({
      apiStages: [{ stage: "live", throttles: [{ path: "/pets/{petId}/PUT", rateLimit: 1, burstLimit: 2 }] }],
      throttleSettings: { rateLimit: 5, burstLimit: 6 },
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "of an operation that asks for no key",
      { usagePlan: { operationThrottling: { getStatus: { rateLimit: 1, burstLimit: 1 } } } },
      "usagePlan.operationThrottling.getStatus is of an operation without an authorizer, which asks for no API key; allowed: operations with an authorizer: a key only counts callers whom something else has identified; to fix it, throttle it for all callers together, in operationThrottling",
    ],
    [
      "by half",
      { usagePlan: { operationThrottling: { getPet: { rateLimit: 1 } } } },
      "usagePlan.operationThrottling.getPet.burstLimit is not set",
    ],
    [
      "of no operation",
      { usagePlan: { operationThrottling: { getCat: { rateLimit: 1, burstLimit: 1 } } } },
      'usagePlan.operationThrottling["getCat"] is for an operation that apiDocument does not have',
    ],
  ])("a key's throttling is refused %s", (_title, more, sentence) => {
    expect(refuse(more)).toContain(sentence);
  });

  test("existingClientCertificateId is shown to backends, and none is made", async () => {
    const recording = await record({ existingClientCertificateId: "c1" });
    expect(recording.one(STAGE).inputs.clientCertificateId).toBe("c1");
    expect(recording.count("aws:apigateway/clientCertificate:ClientCertificate")).toBe(0);
  });

  test("a document that AWS warns about is imported for a written reason only", async () => {
    const { inputs } = (await record({ allowImportWarnings: "AWS warns of a keyword." })).one(REST_API);
    expect(inputs).toMatchObject({
      failOnWarnings: false,
      tags: { "palisade:lowered:import-warnings": "AWS warns of a keyword." },
    });
    expect(refuse({ allowImportWarnings: "ok" })).toContain('allowImportWarnings is "ok"; allowed: a written reason');
  });
});
