import { type PolicyResource, UNKNOWN } from "@palisade/policy-pack";
import { expect, test } from "vitest";
import { previewStage } from "../src/preview.ts";
import { costOf, priceTable } from "../src/preview-cost.ts";
import { readStackConfig } from "../src/stack-config.ts";

const resource = (
  type: string,
  props: Record<string, unknown>,
  more: Partial<PolicyResource> = {},
): PolicyResource => ({
  type,
  name: "a",
  urn: `urn:pulumi:s::p::${type}::a`,
  props,
  ...more,
});
const of = (type: string, props: Record<string, unknown>, others: PolicyResource[] = []) =>
  costOf([resource(type, props, { urn: "urn:subject" }), ...others], "eu-central-1").resources.find(
    ({ urn }) => urn === "urn:subject",
  );

const CLUSTER = resource("aws:rds/cluster:Cluster", {
  clusterIdentifier: "c",
  serverlessv2ScalingConfiguration: { minCapacity: 0.5 },
});

/** An instance of the cluster with this id in its URN. */
const instanceOf = (id: string) =>
  resource("aws:rds/clusterInstance:ClusterInstance", {}, { dependencies: { clusterIdentifier: [`urn:${id}`] } });

test.each<[string, string, Record<string, unknown>, PolicyResource[], number | undefined, string]>([
  ["rules", "aws:wafv2/webAcl:WebAcl", { rules: [1, 2, 3] }, [], 8, "5 web ACL + 3 x 1 rules"],
  ["unknown rules", "aws:wafv2/webAcl:WebAcl", { rules: UNKNOWN }, [], undefined, "5 web ACL + ? x 1 rules"],
  [
    "an interface endpoint in two subnets",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcEndpointType: "Interface", subnetIds: ["a", "b"] },
    [],
    17.52,
    "2 x 0.012 x 730 hours addresses of an interface endpoint",
  ],
  [
    "a gateway endpoint",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcEndpointType: "Gateway", subnetIds: ["a"] },
    [],
    0,
    "0 x 0.012 x 730 hours addresses of an interface endpoint",
  ],
  [
    "an instance of a cluster",
    "aws:rds/clusterInstance:ClusterInstance",
    { instanceClass: "db.serverless", clusterIdentifier: "c" },
    [CLUSTER],
    51.1,
    "0.5 x 0.14 x 730 hours least Aurora capacity units",
  ],
  [
    "a provisioned instance",
    "aws:rds/clusterInstance:ClusterInstance",
    { instanceClass: "db.r8g.large", clusterIdentifier: "c" },
    [CLUSTER],
    undefined,
    "? x 0.14 x 730 hours least Aurora capacity units",
  ],
  [
    "an instance of who knows what",
    "aws:rds/clusterInstance:ClusterInstance",
    { instanceClass: "db.serverless" },
    [],
    undefined,
    "? x 0.14 x 730 hours least Aurora capacity units",
  ],
  [
    "a managed secret",
    "aws:rds/cluster:Cluster",
    { manageMasterUserPassword: true },
    [],
    0.4,
    "1 x 0.4 managed secret of the administrator + 0 x 0.003125 x 730 hours capacity units with advanced Database Insights",
  ],
  [
    "advanced insights of two instances",
    "aws:rds/cluster:Cluster",
    { databaseInsightsMode: "advanced", serverlessv2ScalingConfiguration: { minCapacity: 0.5 } },
    [instanceOf("subject"), instanceOf("subject"), instanceOf("another")],
    2.28,
    "0 x 0.4 managed secret of the administrator + 1 x 0.003125 x 730 hours capacity units with advanced Database Insights",
  ],
  [
    "advanced insights of who knows what",
    "aws:rds/cluster:Cluster",
    { databaseInsightsMode: "advanced" },
    [],
    undefined,
    "0 x 0.4 managed secret of the administrator + ? x 0.003125 x 730 hours capacity units with advanced Database Insights",
  ],
  [
    "no NAT",
    "awsx:ec2:Vpc",
    { natGateways: { strategy: "None" } },
    [],
    0,
    "0 x 0.052 x 730 hours NAT gateways + 0 x 0.005 x 730 hours their public addresses",
  ],
  [
    "one NAT",
    "awsx:ec2:Vpc",
    { natGateways: { strategy: "Single" } },
    [],
    41.61,
    "1 x 0.052 x 730 hours NAT gateways + 1 x 0.005 x 730 hours their public addresses",
  ],
  [
    "awsx's default: one a zone",
    "awsx:ec2:Vpc",
    { numberOfAvailabilityZones: 2 },
    [],
    83.22,
    "2 x 0.052 x 730 hours NAT gateways + 2 x 0.005 x 730 hours their public addresses",
  ],
  [
    "three zones",
    "awsx:ec2:Vpc",
    {},
    [],
    124.83,
    "3 x 0.052 x 730 hours NAT gateways + 3 x 0.005 x 730 hours their public addresses",
  ],
  [
    "a firewall",
    "aws:networkfirewall/firewall:Firewall",
    { subnetMappings: [1] },
    [],
    288.35,
    "1 x 0.395 x 730 hours endpoints",
  ],
  [
    "a cache",
    "aws:apigateway/stage:Stage",
    { cacheClusterEnabled: true, cacheClusterSize: "0.5" },
    [],
    14.6,
    "1 x 0.02 x 730 hours half a GB of cache",
  ],
  ["a key", "aws:kms/key:Key", {}, [], 1, "1 key"],
  ["a function", "aws:lambda/function:Function", {}, [], 0, ""],
])("%s", (_what, type, props, others, usd, formula) => {
  const cost = of(type, props, others);
  expect(cost?.idleUsd).toBe(usd);
  expect(cost?.formula).toBe(formula);
});

test("what has no price is listed, never taken for free; what is free is said to be", () => {
  const cost = costOf(
    [
      resource("aws:quicksight/folder:Folder", {}),
      resource("aws:iam/role:Role", {}),
      resource("aws:lambda/alias:Alias", {}),
    ],
    "us-east-1",
  );
  expect(cost).toMatchObject({
    idleUsd: 0,
    otherRegion: true,
    notPriced: [{ type: "aws:quicksight/folder:Folder", count: 1 }],
  });
});

test("every price has its page at AWS, a formula for use or a price while idle, and a quantity that is known", () => {
  const table = priceTable();
  expect(table.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  for (const [type, { page, idle, usage }] of Object.entries(table.types)) {
    expect(page, type).toMatch(/^https:\/\/aws\.amazon\.com\/[\w./-]+\/pricing\//);
    expect(idle.length + usage.length, type).toBeGreaterThan(0);
    expect(() => of(type, {})).not.toThrow();
  }
  expect(Object.keys(table.types).filter((type) => table.free.types.includes(type))).toEqual([]);
  const broken = {
    ...table,
    types: { x: { page: "", usage: [], idle: [{ what: "", usd: 1, per: "month" as const, times: "moons" }] } },
  };
  expect(() => costOf([resource("x", {})], "", broken)).toThrow(
    'preview-prices.json: no quantity "moons"; allowed: one, rules,',
  );
});

/** US dollars a month. The design's budget for `dev` is 25 with one endpoint in the network; each further one costs 8.76. */
const DEV_BUDGET = 25 + 8.76;

test("a row says what it was compared with, and how many were not is known", () => {
  const rows = Object.values(priceTable().types).filter(({ idle }) => idle.length > 0);
  const checked = rows.flatMap((row) => row.checked ?? []);
  for (const { on, against, says } of checked) {
    expect(on).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(against).toMatch(/^https:\/\//);
    expect(says.length).toBeGreaterThan(5);
  }
  // Six of those that cost something while idle; none whose price differs by Region: no copy of AWS's list for eu-central-1 was found.
  expect(checked).toHaveLength(6);
  expect(rows.length).toBeGreaterThan(checked.length);
});

test("dev stays in its budget while idle, with its firewall on, and nothing in it is without a price", async () => {
  const program = (await import("@palisade/stacks")).default;
  const { cost } = await previewStage({ stage: "dev", config: await readStackConfig("dev"), program });
  expect(cost.resources.filter(({ type }) => type === "aws:wafv2/webAcl:WebAcl")).toHaveLength(1);
  expect(cost.idleUsd).toBeLessThanOrEqual(DEV_BUDGET);
  expect(cost.notPriced).toEqual([]);
  expect(cost.resources.filter(({ idleUsd }) => idleUsd === undefined)).toEqual([]);
}, 60_000);
