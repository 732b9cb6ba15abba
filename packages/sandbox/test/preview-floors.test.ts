import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, expect, test } from "vitest";
import { AnalyticsPipeline, type AnalyticsPipelineArgs } from "../../analytics-pipeline/src/index.ts";
import { EdgeFirewall, type EdgeFirewallArgs } from "../../edge-firewall/src/index.ts";
import { HardenedDatabase, type HardenedDatabaseArgs, IdempotencyTable } from "../../hardened-database/src/index.ts";
import { CodeSigning, HardenedFunction, type HardenedFunctionArgs } from "../../hardened-function/src/index.ts";
import {
  MfaMode,
  PolicyStore,
  RevocationTable,
  SecureGateway,
  type SecureGatewayArgs,
  ThreatProtection,
  UserPool,
  type UserPoolArgs,
} from "../../secure-gateway/src/index.ts";
import { set, smallArgs, smallDocument } from "../../secure-gateway/test/fixtures.ts";
import { API_DOCUMENT, POLICIES, USER_POOL } from "../../secure-gateway/test/policy-store/support.ts";
import {
  AuditTrail,
  type AuditTrailArgs,
  DataEvents,
  FindingChannel,
  ResponsePlan,
  type ResponsePlanArgs,
  Siem,
  type SiemArgs,
  SiemEngine,
  ThreatDetection,
  type ThreatDetectionArgs,
  ThreatSimulator,
} from "../../threat-detection/src/index.ts";
import { WebFrontend, type WebFrontendArgs } from "../../web-frontend/src/index.ts";
import { previewStage } from "../src/preview.ts";

/**
 * Each option that lowers a floor yields exactly its finding: one `lowered-floor` more than without the option, and nothing else. The table is
 * compared with the options that the components' schemas say need a written reason, so that a new one cannot be without its row.
 */

const REASON = "a written reason of the test";
const code = () => new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export const a = 1;") });
const folder = mkdtempSync(join(tmpdir(), "preview-floors-"));
writeFileSync(join(folder, "index.html"), "<!doctype html>");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hardened = (more: Partial<HardenedFunctionArgs> = {}) =>
  new HardenedFunction("orders", { code: code(), ...more });
const database = (more: Partial<HardenedDatabaseArgs> = {}) =>
  new HardenedDatabase("db", { databaseName: "shop", ...more });
const egress = (more: object = {}) =>
  database({
    egressFirewall: {
      allowedDomains: ["api.partner.example"],
      confirmPriceOf290DollarsAMonthForEachZone: REASON,
      ...more,
    },
  });
const gateway = (more: Partial<SecureGatewayArgs> = {}) => new SecureGateway("api", smallArgs(more));
const domain = { domainName: "api.example.com", certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1" };
const pool = (more: Partial<UserPoolArgs> = {}) => new UserPool("users", more);
const store = (more: object = {}) =>
  new PolicyStore("permissions", { apiDocument: API_DOCUMENT, policies: POLICIES, userPool: USER_POOL, ...more });
const firewall = (more: EdgeFirewallArgs = {}) => new EdgeFirewall("edge", more);
const forwarded = { headerName: "x-forwarded-for", trustReason: REASON };
const notifier = () => new HardenedFunction("notifier", { code: code() });
const detection = (more: Partial<ThreatDetectionArgs> = {}) =>
  new ThreatDetection("detection", { channel: new FindingChannel("findings"), notifier: notifier(), ...more });
const trail = (more: AuditTrailArgs = {}) => new AuditTrail("audit", more);
const ORDERS = "arn:aws:lambda:eu-central-1:123456789012:function:orders";
const ROLES = "arn:aws:iam::123456789012:role/functions/";
const response = (more: Partial<ResponsePlanArgs> = {}) => {
  const channel = new FindingChannel("findings");
  const plan = new ResponsePlan("plan", {
    channel,
    notifier: notifier(),
    quarantine: { functionArns: [ORDERS] },
    ...more,
  });
  return hardened({ statements: plan.responderStatements() });
};
const revoking = () => response({ revokeSessions: { roleArns: [`${ROLES}orders`] } });
const pipeline = (more: Partial<AnalyticsPipelineArgs> = {}) =>
  new AnalyticsPipeline("calls", { apiAccessLog: { logGroupName: "api-access" }, ...more });
const siemFunction = (name: string) => ({
  functionName: name,
  functionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${name}:live`,
  qualifier: "live",
  roleName: `${name}-role`,
  roleArn: `arn:aws:iam::123456789012:role/${name}-role`,
  logGroupName: `/palisade/${name}`,
});
const siem = (more: Partial<SiemArgs> = {}) =>
  new Siem("siem", {
    transform: siemFunction("ocsf"),
    setup: siemFunction("siem-setup"),
    network: { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2", "subnet-3"], securityGroupIds: ["sg-1"] },
    ...more,
  });
const siemDomain = (more: Partial<SiemArgs> = {}) => siem({ engine: SiemEngine.Domain, ...more });
const page = (more: Partial<WebFrontendArgs> = {}) =>
  new WebFrontend("page", {
    folder,
    domain: { name: "shop.example.com", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" },
    webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/page/1",
    ...more,
  });
/** The small document with a cached-able read that needs a token. */
const withRead = () => {
  const get = {
    operationId: "readPet",
    "x-palisade-groups": ["keeper"],
    responses: { "200": { description: "A pet" } },
  };
  const apiDocument = set(smallDocument(), ["paths", "/pets/{petId}", "get"], get);
  const { functions } = smallArgs();
  const replacePet = functions.replacePet;
  if (replacePet === undefined) throw new Error("the small document has no replacePet");
  return { apiDocument, functions: { ...functions, readPet: replacePet } };
};
const cached = (allowAuthenticated?: string): Partial<SecureGatewayArgs> => ({
  ...withRead(),
  responseCache: {
    operations: {
      getStatus: { ttlSeconds: 30 },
      ...(allowAuthenticated === undefined ? {} : { readPet: { ttlSeconds: 30, allowAuthenticated } }),
    },
  },
});
const withoutAuthorizer = () => {
  const put = ["paths", "/pets/{petId}", "put"];
  const open = set(set(smallDocument(), [...put, "security"], []), [...put, "x-palisade-unauthenticated"], REASON);
  return set(open, [...put, "x-palisade-groups"], undefined);
};
const withoutModel = () =>
  set(smallDocument(), ["paths", "/pets/{petId}", "put", "requestBody", "content"], {
    "application/xml": { schema: { type: "string" } },
  });

interface Row {
  /** `Type.property` of the component's schema. */
  option: string;
  without: () => unknown;
  with: () => unknown;
  /** Every finding that is there with the option and not without it: `rule key`. */
  findings: string[];
}

const row = (option: string, without: () => unknown, lowered: () => unknown, ...floors: string[]): Row => ({
  option,
  without,
  with: lowered,
  findings: floors.map((floor) => `lowered-floor ${floor}`),
});

const ROWS: Row[] = [
  row(
    "HardenedFunction.plainEnvironmentReasons",
    () => hardened({ environment: { REGION_NAME: "eu" } }),
    () => hardened({ environment: { API_KEY: "public" }, plainEnvironmentReasons: { API_KEY: REASON } }),
    "plain-environment-API_KEY",
  ),
  row(
    "PolicyStatement.wildcardReason",
    () =>
      hardened({
        statements: [{ sid: "Tell", actions: ["sns:Publish"], resources: ["arn:aws:sns:eu-central-1:123456789012:a"] }],
      }),
    () =>
      hardened({ statements: [{ sid: "Tell", actions: ["sns:Publish"], resources: ["*"], wildcardReason: REASON }] }),
    "wildcard-Tell",
  ),
  row(
    "CodeSigning.allowDeletion",
    () => new CodeSigning("code"),
    () => new CodeSigning("code", { allowDeletion: REASON }),
    "deletion-protection",
  ),
  row("HardenedDatabase.allowDeletion", database, () => database({ allowDeletion: REASON }), "deletion-protection"),
  row(
    "HardenedDatabase.allowSingleInstance",
    database,
    () => database({ allowSingleInstance: REASON }),
    "multiple-instances",
  ),
  row("EgressFirewallArgs.allowPlainHttp", egress, () => egress({ allowPlainHttp: REASON }), "egress-plain-http"),
  row(
    "IdempotencyTable.allowDeletion",
    () => new IdempotencyTable("keys"),
    () => new IdempotencyTable("keys", { allowDeletion: REASON }),
    "deletion-protection",
  ),
  row(
    "RevocationTable.allowDeletion",
    () => new RevocationTable("revoked"),
    () => new RevocationTable("revoked", { allowDeletion: REASON }),
    "deletion-protection",
  ),
  row("PolicyStore.allowDeletion", store, () => store({ allowDeletion: REASON }), "deletion-protection"),
  row(
    "PolicyStore.allowUnaskedResources",
    store,
    () => store({ allowUnaskedResources: REASON }),
    "resource-permissions",
  ),
  row("UserPool.allowDeletion", pool, () => pool({ allowDeletion: REASON }), "deletion-protection"),
  row("UserPool.allowPasswordOnly", pool, () => pool({ mfa: MfaMode.Off, allowPasswordOnly: REASON }), "second-factor"),
  row(
    "UserPool.allowUnguardedSignIn",
    pool,
    () => pool({ threatProtection: ThreatProtection.Audit, allowUnguardedSignIn: REASON }),
    "threat-protection",
  ),
  row(
    "SecureGateway.apiDocument",
    gateway,
    () => gateway({ apiDocument: withoutAuthorizer() }),
    "unauthenticated-route-replacePet",
  ),
  row(
    "SecureGateway.apiDocument",
    gateway,
    () => gateway({ apiDocument: withoutModel() }),
    "unmodelled-body-replacePet",
  ),
  row("SecureGateway.allowImportWarnings", gateway, () => gateway({ allowImportWarnings: REASON }), "import-warnings"),
  row(
    "SecureGateway.allowDefaultEndpoint",
    () => gateway({ customDomain: domain }),
    () => gateway({ customDomain: domain, disableExecuteApiEndpoint: false, allowDefaultEndpoint: REASON }),
    "default-endpoint",
  ),
  row(
    "CustomDomainArgs.mutualTls",
    () => gateway({ customDomain: domain }),
    () => gateway({ customDomain: { ...domain, mutualTls: { truststoreUri: "s3://partners/truststore.pem" } } }),
    "tls-policy",
  ),
  row(
    "CachedOperationArgs.allowAuthenticated",
    () => gateway(cached()),
    () => gateway(cached(REASON)),
    "cached-authenticated-readPet",
  ),
  row(
    "EdgeFirewall.omittedRules",
    firewall,
    () => firewall({ omittedRules: { "sql-injection": REASON } }),
    "firewall-omitted-sql-injection",
  ),
  row(
    "ForwardedAddressArgs.trustReason",
    () => firewall({ countryRules: { far: { countryCodes: ["AQ"] } } }),
    () => firewall({ countryRules: { far: { countryCodes: ["AQ"], forwardedAddress: forwarded } } }),
    "firewall-forwarded-country-far",
  ),
  row(
    "BodyExceptionArgs.reason",
    firewall,
    () => firewall({ crossSiteScripting: { bodyExceptions: [{ path: "/orders/import", reason: REASON }] } }),
    "firewall-body-cross-site-scripting-0",
  ),
  row("CountModeArgs.reason", firewall, () => firewall({ countMode: { reason: REASON } }), "firewall-count-all"),
  row(
    "CountModeArgs.reason",
    firewall,
    () => firewall({ countMode: { rules: ["sql-injection"], reason: REASON } }),
    "firewall-count-sql-injection",
  ),
  row(
    "FindingChannel.allowDeletion",
    () => new FindingChannel("findings"),
    () => new FindingChannel("findings", { allowDeletion: REASON }),
    "finding-table-deletion-protection",
  ),
  row(
    "ThreatDetection.declinedFeatures",
    detection,
    () => detection({ declinedFeatures: { RDS_LOGIN_EVENTS: REASON } }),
    "guardduty-rds-login-events",
  ),
  row(
    "ThreatDetection.mutedTypes",
    detection,
    () => detection({ mutedTypes: { "PenTest:IAMUser/KaliLinux": REASON } }),
    "muted-PenTest:IAMUser/KaliLinux",
  ),
  row(
    "AuditTrail.declinedDataEvents",
    trail,
    () =>
      trail({
        dataEvents: [DataEvents.S3Objects, DataEvents.LambdaInvocations, DataEvents.DynamoDbItems],
        declinedDataEvents: REASON,
      }),
    "trail-data-events",
  ),
  row(
    "ResponsePlan.allowDeletion",
    response,
    () => response({ allowDeletion: REASON }),
    "response-table-deletion-protection",
  ),
  row(
    "QuarantineArgs.wildcardReason",
    response,
    () => response({ quarantine: { functionArns: [`${ORDERS}-*`], wildcardReason: REASON } }),
    "wildcard-StopFunctions",
  ),
  row(
    "RevokeSessionsArgs.wildcardReason",
    revoking,
    () => response({ revokeSessions: { roleArns: [`${ROLES}*`], wildcardReason: REASON } }),
    "wildcard-LookAtRevocations",
    "wildcard-RevokeSessions",
  ),
  row("AnalyticsPipeline.allowDeletion", pipeline, () => pipeline({ allowDeletion: REASON }), "deletion-protection"),
  row(
    "Siem.allowPublicEndpoint",
    siem,
    () => siem({ network: undefined, allowPublicEndpoint: REASON }),
    "siem-public-endpoint",
  ),
  row(
    "Siem.allowPublicEndpoint",
    siemDomain,
    () => siemDomain({ network: undefined, allowPublicEndpoint: REASON }),
    "siem-public-endpoint",
  ),
  row("Siem.allowFewNodes", siemDomain, () => siemDomain({ allowFewNodes: REASON }), "siem-availability"),
  row(
    "ThreatSimulator.allowSimulation",
    () => undefined,
    () => new ThreatSimulator("drill", { detectorId: "12abc34d567e8fa901bc2d34e56789f0", allowSimulation: REASON }),
    // Outside of weak it is not there without the option.
    "threat-simulation",
  ),
  row(
    "WebFrontend.allowDefaultCertificate",
    page,
    () =>
      new WebFrontend("page", {
        folder,
        allowDefaultCertificate: REASON,
        webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/page/1",
      }),
    "certificate",
  ),
  row(
    "WebFrontend.allowNoFirewall",
    page,
    () => {
      return new WebFrontend("page", {
        folder,
        domain: { name: "shop.example.com", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" },
        allowNoFirewall: REASON,
      });
    },
    "firewall",
  ),
  row("WebFrontend.allowDeletion", page, () => page({ allowDeletion: REASON }), "deletion-protection"),
];

/** By program, since many rows have the same one without the option. */
const known = new Map<() => unknown, Promise<string[]>>();
async function findingsOf(program: () => unknown): Promise<string[]> {
  const found = known.get(program) ?? judged(program);
  known.set(program, found);
  return found;
}
async function judged(program: () => unknown): Promise<string[]> {
  const { policy } = await previewStage({ stage: "prod", config: {}, program: () => void program() });
  return policy.findings.map(({ rule, key, name }) => `${rule} ${key} ${name}`);
}

test.each(ROWS)("$option yields exactly $findings", async ({ without, with: lowered, findings }) => {
  const [before, after] = [await findingsOf(without), await findingsOf(lowered)];
  const more = after.filter((each) => !before.includes(each));
  expect(more.map((each) => each.split(" ").slice(0, 2).join(" ").trim())).toEqual(findings);
  expect(before.filter((each) => !after.includes(each))).toEqual([]);
});

/** Options of which the schema speaks of a reason, and that lower nothing: why. */
const NO_FLOOR: Record<string, string> = {
  "EgressFirewallArgs.confirmPriceOf290DollarsAMonthForEachZone": "it confirms a price",
  "HardenedFunction.statements": "the statement's own wildcardReason does",
  "PolicyStatement.actions": "the statement's own wildcardReason does",
  "PolicyStatement.resources": "the statement's own wildcardReason does",
  "QuarantineArgs.functionArns": "its wildcardReason does",
  "RevokeSessionsArgs.roleArns": "its wildcardReason does",
  "AnalyticsPipeline.encryptAccountCatalog": "it confirms a setting of the whole account, which encrypts more",
  "QuickSightArgs.existingSubscription": "it confirms a price",
  "WarehouseArgs.confirmPriceOf3DollarsAnHourInUse": "it confirms a price",
};

interface Schema {
  resources?: Record<string, { inputProperties?: Record<string, { description?: string }> }>;
  types?: Record<string, { properties?: Record<string, { description?: string }> }>;
}

test("every option of a component that takes a written reason is in the table", () => {
  const options = new Set<string>();
  for (const file of globSync("packages/*/test/schema.golden.json", {
    cwd: resolve(import.meta.dirname, "../../.."),
  })) {
    const schema: Schema = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../..", file), "utf8"));
    const owners = [
      ...Object.entries(schema.resources ?? {}).map(
        ([token, { inputProperties }]) => [token, inputProperties] as const,
      ),
      ...Object.entries(schema.types ?? {}).map(([token, { properties }]) => [token, properties] as const),
    ];
    for (const [token, properties] of owners) {
      for (const [property, { description = "" }] of Object.entries(properties ?? {})) {
        if (/reason|palisade:lowered:|^Why\b/i.test(`${property} ${description}`))
          options.add(`${token.split(":").at(-1)}.${property}`);
      }
    }
  }
  const rows = new Set(ROWS.map(({ option }) => option));
  expect([...options].filter((option) => !rows.has(option) && !(option in NO_FLOOR)).sort()).toEqual([]);
  expect([...rows, ...Object.keys(NO_FLOOR)].filter((option) => !options.has(option)).sort()).toEqual([]);
});

test("every floor that a component's source names is in the table", () => {
  const named = new Set<string>();
  const root = resolve(import.meta.dirname, "../../..");
  for (const file of globSync("packages/*/src/**/*.ts", { cwd: root })) {
    if (/^packages\/(?:core|lab|policy-pack|sandbox|supply-chain|testing|plugin)\//.test(file)) continue;
    for (const [, floor = ""] of readFileSync(join(root, file), "utf8").matchAll(/\bfloor: (?:"([^"]+)"|`([^`]+)`)/g))
      if (floor !== "") named.add(floor);
  }
  const shown = ROWS.flatMap(({ findings }) => findings.map((finding) => finding.slice("lowered-floor ".length)));
  expect([...named].filter((floor) => !shown.includes(floor))).toEqual([]);
});
