import type { FunctionRef } from "@palisade/core";
import {
  CacheClusterSize,
  type CustomDomainArgs,
  ExecutionLogLevel,
  QuotaPeriod,
  type SecureGatewayArgs,
  TlsPolicy,
} from "../../src/index.ts";
import { functionRef, set, smallDocument } from "../fixtures.ts";

/** The change of one input, and whether the stage takes it up only with a new deployment. */
export interface InputChange {
  /** The input as the component's schema names it; `*` stands for the key of a record. Parts of the document follow `apiDocument/`. */
  input: string;
  from: SecureGatewayArgs;
  to: SecureGatewayArgs;
  deploys: boolean;
}

const ACCOUNT = "111122223333";
const KEY = `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key`;
const ACL = `arn:aws-cn:wafv2:cn-north-1:${ACCOUNT}:regional/webacl`;
const LOG = `arn:aws-cn:logs:cn-north-1:${ACCOUNT}:log-group`;
const CERTIFICATE = `arn:aws-cn:acm:cn-north-1:${ACCOUNT}:certificate`;
const POLICY = '{"Version":"2012-10-17","Statement":[]}';

/** The small document with an operation whose answers can be kept. */
function document() {
  return set(smallDocument(), ["paths", "/pets/{petId}", "get"], {
    operationId: "getPet",
    summary: "A pet",
    "x-palisade-groups": ["keeper"],
    parameters: [{ name: "view", in: "query", schema: { type: "string" } }],
    responses: { "200": { description: "The pet" } },
  });
}

/** A gateway that uses every option but those of a private API. */
function everything(): SecureGatewayArgs {
  return {
    apiDocument: document(),
    functions: {
      replacePet: functionRef("pets", "live"),
      getPet: functionRef("pets", "live"),
      getStatus: functionRef("status", "live"),
    },
    authorizer: { function: functionRef("authorizer", "live"), resultTtlSeconds: 30 },
    stageName: "v1",
    description: "Pets for all",
    resourcePolicyJson: POLICY,
    tlsPolicy: TlsPolicy.Tls12PfsPq,
    customDomain: {
      domainName: "api.example.com",
      certificateArn: `${CERTIFICATE}/1`,
      basePath: "v1",
      ownershipCertificateArn: `${CERTIFICATE}/2`,
      hostedZoneId: "Z0",
    },
    cors: {
      origin: "https://pets.example.com",
      allowCredentials: false,
      allowedHeaders: ["Authorization"],
      exposedHeaders: ["ETag"],
      maxAgeSeconds: 60,
    },
    responseCache: {
      operations: { getPet: { ttlSeconds: 30, allowAuthenticated: "A pet is read by its keeper many times." } },
      clusterSizeGigabytes: CacheClusterSize.Gb05,
    },
    existingClientCertificateId: "c1",
    minimumCompressionBytes: 2048,
    binaryMediaTypes: ["image/png"],
    integrationTimeoutMilliseconds: 5000,
    throttling: { rateLimit: 10, burstLimit: 20 },
    operationThrottling: { getStatus: { rateLimit: 1, burstLimit: 2 } },
    executionLogLevel: ExecutionLogLevel.Error,
    logRetentionDays: 30,
    kmsKeyArn: `${KEY}/1`,
    existingAccessLogGroup: { logGroupArn: `${LOG}:one`, logGroupName: "one" },
    firewall: { webAclArn: `${ACL}/one/1` },
    usagePlan: {
      quotaLimit: 1000,
      quotaPeriod: QuotaPeriod.Day,
      throttling: { rateLimit: 5, burstLimit: 6 },
      operationThrottling: { getPet: { rateLimit: 3, burstLimit: 4 } },
    },
    teamTags: { team: "pets" },
  };
}

/** A gateway whose clients show certificates: `tlsPolicy` cannot stand beside it. */
function certified(): SecureGatewayArgs {
  const { tlsPolicy, customDomain, ...others } = everything();
  const mutualTls = { truststoreUri: "s3://partners/truststore.pem", truststoreVersion: "1" };
  return { ...others, customDomain: { ...(customDomain as CustomDomainArgs), mutualTls } };
}

/** A private gateway: `customDomain` and `resourcePolicyJson` cannot stand beside it. */
function hidden(): SecureGatewayArgs {
  const { customDomain, resourcePolicyJson, ...others } = everything();
  return {
    ...others,
    privateAccess: { vpcEndpointIds: ["vpce-0123456789abcdef0"], vpcIds: ["vpc-0123456789abcdef0"] },
  };
}

type Row = [input: string, path: (string | number)[], value: unknown, more?: Partial<SecureGatewayArgs>];

/** The change of one input of a gateway. */
function changes(base: () => SecureGatewayArgs, deploys: boolean, rows: Row[]): InputChange[] {
  return rows.map(([input, path, value, more]) => ({
    input,
    deploys,
    from: base(),
    to: { ...(set({ ...base() }, path, value) as unknown as SecureGatewayArgs), ...more },
  }));
}

const PATHS = ["apiDocument", "paths"];
const PET = [...PATHS, "/pets/{petId}"];
const PUT = [...PET, "put"];

/** What a stage takes up at once: another deployment would change nothing. */
const AT_ONCE: Row[] = [
  // Where functions are and who may call them are permissions on the functions.
  ["functions.*.functionName", ["functions", "replacePet", "functionName"], "pets2"],
  ["functions.*.functionArn", ["functions", "replacePet", "functionArn"], functionRef("pets2").functionArn],
  ["functions.*.qualifier", ["functions", "replacePet", "qualifier"], "next"],
  ["authorizer.function.functionName", ["authorizer", "function", "functionName"], "authorizer2"],
  ["authorizer.function.functionArn", ["authorizer", "function", "functionArn"], functionRef("other").functionArn],
  ["authorizer.function.qualifier", ["authorizer", "function", "qualifier"], "next"],
  ["authorizer.permittedElsewhere", ["authorizer", "permittedElsewhere"], true],
  // Another stage of the deployment that there is.
  ["stageName", ["stageName"], "v2"],
  ["description", ["description"], "Pets for many"],
  // The domain and what it is mapped to stand beside the API.
  ["customDomain.domainName", ["customDomain", "domainName"], "pets.example.com"],
  ["customDomain.certificateArn", ["customDomain", "certificateArn"], `${CERTIFICATE}/3`],
  ["customDomain.basePath", ["customDomain", "basePath"], "v2"],
  ["customDomain.ownershipCertificateArn", ["customDomain", "ownershipCertificateArn"], `${CERTIFICATE}/4`],
  ["customDomain.hostedZoneId", ["customDomain", "hostedZoneId"], "Z1"],
  // Settings of the stage and its methods.
  ["responseCache.operations.*.ttlSeconds", ["responseCache", "operations", "getPet", "ttlSeconds"], 60],
  ["responseCache.clusterSizeGigabytes", ["responseCache", "clusterSizeGigabytes"], CacheClusterSize.Gb16],
  ["existingClientCertificateId", ["existingClientCertificateId"], "c2"],
  ["throttling.rateLimit", ["throttling", "rateLimit"], 11],
  ["throttling.burstLimit", ["throttling", "burstLimit"], 21],
  ["operationThrottling.*.rateLimit", ["operationThrottling", "getStatus", "rateLimit"], 2],
  ["operationThrottling.*.burstLimit", ["operationThrottling", "getStatus", "burstLimit"], 3],
  ["executionLogLevel", ["executionLogLevel"], ExecutionLogLevel.Info],
  ["logRetentionDays", ["logRetentionDays"], 60],
  ["kmsKeyArn", ["kmsKeyArn"], `${KEY}/2`],
  ["existingAccessLogGroup.logGroupArn", ["existingAccessLogGroup", "logGroupArn"], `${LOG}:two`],
  ["existingAccessLogGroup.logGroupName", ["existingAccessLogGroup", "logGroupName"], "two"],
  ["firewall.webAclArn", ["firewall", "webAclArn"], `${ACL}/two/2`],
  ["usagePlan.quotaLimit", ["usagePlan", "quotaLimit"], 2000],
  ["usagePlan.quotaPeriod", ["usagePlan", "quotaPeriod"], QuotaPeriod.Week],
  ["usagePlan.throttling.rateLimit", ["usagePlan", "throttling", "rateLimit"], 7],
  ["usagePlan.throttling.burstLimit", ["usagePlan", "throttling", "burstLimit"], 8],
  ["usagePlan.operationThrottling.*.rateLimit", ["usagePlan", "operationThrottling", "getPet", "rateLimit"], 2],
  ["usagePlan.operationThrottling.*.burstLimit", ["usagePlan", "operationThrottling", "getPet", "burstLimit"], 5],
  // Tags, and how an import is checked.
  ["teamTags", ["teamTags", "team"], "cats"],
  [
    "responseCache.operations.*.allowAuthenticated",
    ["responseCache", "operations", "getPet", "allowAuthenticated"],
    "A pet seldom changes, and is read many times.",
  ],
  ["allowImportWarnings", ["allowImportWarnings"], "AWS warns of a keyword of a newer draft."],
  // The authorizer reads them, from its environment.
  ["apiDocument/groups", [...PUT, "x-palisade-groups"], ["other"]],
  // What API Gateway imports nothing of: it does not check what a function answers.
  [
    "apiDocument/answer's schema",
    [...PUT, "responses", "200", "content"],
    { "text/html": { schema: { type: "string" } } },
  ],
  ["apiDocument/unused schema", ["apiDocument", "components", "schemas", "Dog"], { type: "object" }],
];

/** What a stage takes up only with a new deployment. */
const ON_DEPLOYMENT: Row[] = [
  ["functions.*.invokeArn", ["functions", "replacePet", "invokeArn"], functionRef("pets2").invokeArn],
  ["authorizer.function.invokeArn", ["authorizer", "function", "invokeArn"], functionRef("other").invokeArn],
  ["authorizer.resultTtlSeconds", ["authorizer", "resultTtlSeconds"], 0],
  ["resourcePolicyJson", ["resourcePolicyJson"], '{"Version":"2012-10-17","Statement":[{"Sid":"One"}]}'],
  ["tlsPolicy", ["tlsPolicy"], TlsPolicy.Tls13],
  [
    "disableExecuteApiEndpoint",
    ["disableExecuteApiEndpoint"],
    false,
    { allowDefaultEndpoint: "Partners move to the new name until spring." },
  ],
  ["cors.origin", ["cors", "origin"], "https://cats.example.com"],
  ["allowDefaultEndpoint", ["allowDefaultEndpoint"], "Partners move to the new name until spring."],
  ["cors.allowCredentials", ["cors", "allowCredentials"], true],
  ["cors.allowedHeaders", ["cors", "allowedHeaders"], ["Authorization", "X-Own"]],
  ["cors.exposedHeaders", ["cors", "exposedHeaders"], []],
  ["cors.maxAgeSeconds", ["cors", "maxAgeSeconds"], 61],
  ["minimumCompressionBytes", ["minimumCompressionBytes"], 0],
  ["binaryMediaTypes", ["binaryMediaTypes"], ["image/png", "image/gif"]],
  ["integrationTimeoutMilliseconds", ["integrationTimeoutMilliseconds"], 5001],
  ["apiDocument/title", ["apiDocument", "info", "title"], "Cats"],
  ["apiDocument/version", ["apiDocument", "info", "version"], "8"],
  [
    "apiDocument/path",
    [...PATHS, "/cats"],
    { get: { ...getStatus(), operationId: "getCats" } },
    withFunction("getCats"),
  ],
  ["apiDocument/method", [...PET, "delete"], { operationId: "removePet" }, withFunction("removePet")],
  [
    "apiDocument/operationId",
    [...PUT, "operationId"],
    "putPet",
    {
      functions: {
        putPet: functionRef("pets", "live"),
        getPet: functionRef("pets", "live"),
        getStatus: functionRef("status", "live"),
      },
    },
  ],
  ["apiDocument/summary", [...PUT, "summary"], "Another pet in the place of one"],
  ["apiDocument/parameters", [...PUT, "parameters"], [{ name: "q", in: "query", required: true, schema: {} }]],
  ["apiDocument/cached parameter", [...PET, "get", "parameters", 0, "name"], "form"],
  ["apiDocument/body required", [...PUT, "requestBody", "required"], false],
  ["apiDocument/model", ["apiDocument", "components", "schemas", "Pet", "properties", "name", "maxLength"], 41],
  ["apiDocument/responses", [...PUT, "responses", "200", "description"], "Another pet"],
  [
    "apiDocument/identity source",
    ["apiDocument", "components", "securitySchemes", "bearer"],
    { type: "apiKey", in: "cookie", name: "s" },
  ],
  [
    "apiDocument/open operation",
    [...PATHS, "/pets/{petId}", "put"],
    { operationId: "replacePet", security: [], "x-palisade-unauthenticated": "Anybody may do it." },
  ],
  // Their presence, which the document that is imported depends on.
  ["cors", ["cors"], undefined],
  ["responseCache", ["responseCache"], undefined],
  ["usagePlan", ["usagePlan"], undefined],
  ["customDomain", ["customDomain"], undefined],
];

const CERTIFIED_AT_ONCE: Row[] = [
  ["customDomain.mutualTls.truststoreUri", ["customDomain", "mutualTls", "truststoreUri"], "s3://partners/other.pem"],
  ["customDomain.mutualTls.truststoreVersion", ["customDomain", "mutualTls", "truststoreVersion"], "2"],
];

/** Its presence, which the TLS policy of the API depends on. */
const CERTIFIED: Row[] = [["customDomain.mutualTls", ["customDomain", "mutualTls"], undefined]];

const HIDDEN: Row[] = [
  ["privateAccess.vpcEndpointIds", ["privateAccess", "vpcEndpointIds"], ["vpce-00000000000000001"]],
  ["privateAccess.vpcIds", ["privateAccess", "vpcIds"], ["vpc-00000000000000001"]],
  ["privateAccess", ["privateAccess"], undefined],
];

function getStatus(): object {
  const { paths } = smallDocument() as { paths: Record<string, Record<string, object>> };
  return paths["/status"]?.get as object;
}

function withFunction(operationId: string): { functions: Record<string, FunctionRef> } {
  return { functions: { ...everything().functions, [operationId]: functionRef("pets", "live") } };
}

/** Every input, what is taken up at once first, so that a deployed gateway can go from each to the next. */
export const INPUT_CHANGES: InputChange[] = [
  ...changes(everything, false, AT_ONCE),
  ...changes(everything, true, ON_DEPLOYMENT),
  ...changes(certified, false, CERTIFIED_AT_ONCE),
  ...changes(certified, true, CERTIFIED),
  ...changes(hidden, true, HIDDEN),
];

/** Every input of a gateway that is taken up at once, changed together. */
function allAtOnce(base: () => SecureGatewayArgs, rows: Row[]): { from: SecureGatewayArgs; to: SecureGatewayArgs } {
  const all = rows.reduce(
    (args, [, path, value]) => set(args, path, value),
    base() as unknown as Record<string, unknown>,
  );
  return { from: base(), to: all as unknown as SecureGatewayArgs };
}

export const ALL_AT_ONCE = [allAtOnce(everything, AT_ONCE), allAtOnce(certified, CERTIFIED_AT_ONCE)];
