import { rejection } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import type { EgressFirewallArgs, HardenedDatabaseArgs } from "../src/index.ts";
import { recordDatabase } from "./support.ts";

const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const NAT = "aws:ec2/natGateway:NatGateway";
const FIREWALL = "aws:networkfirewall/firewall:Firewall";
const POLICY = "aws:networkfirewall/firewallPolicy:FirewallPolicy";
const RULES = "aws:networkfirewall/ruleGroup:RuleGroup";
const LOGGING = "aws:networkfirewall/loggingConfiguration:LoggingConfiguration";

const EGRESS: EgressFirewallArgs = {
  allowedDomains: ["api.carrier.example", ".payments.example"],
  confirmPriceOf290DollarsAMonthForEachZone: "the carrier is called from the orders' network",
};

/** A firewall with an endpoint in each of its subnets, as AWS reports them: in no order. */
const outputs = {
  [SUBNET]: ({ name }: { name: string }) => ({ id: `id-${name}` }),
  [TABLE]: ({ name }: { name: string }) => ({ id: `id-${name}` }),
  [NAT]: ({ name }: { name: string }) => ({ id: `id-${name}` }),
  "aws:ec2/eip:Eip": ({ name }: { name: string }) => ({ allocationId: `eip-${name}` }),
  "aws:ec2/internetGateway:InternetGateway": () => ({ id: "igw-1" }),
  [FIREWALL]: ({ inputs }: { inputs: Record<string, unknown> }) => ({
    firewallStatuses: [
      {
        syncStates: (inputs.subnetMappings as { subnetId: string }[]).toReversed().map(({ subnetId }) => ({
          availabilityZone: "z",
          attachments: [{ subnetId, endpointId: `vpce-${subnetId}` }],
        })),
      },
    ],
  }),
};
const record = (args: Partial<HardenedDatabaseArgs> = {}, egress: Partial<EgressFirewallArgs> = {}) =>
  recordDatabase({ egressFirewall: { ...EGRESS, ...egress }, ...args }, { outputs });
const faultOf = async (egress: unknown, args: Partial<HardenedDatabaseArgs> = {}) =>
  (await rejection(() => recordDatabase({ egressFirewall: egress as EgressFirewallArgs, ...args }))).message;

describe("without the option", () => {
  test("nothing leaves the network, and nothing is there to pay for", async () => {
    const recording = await recordDatabase();
    for (const type of [FIREWALL, POLICY, RULES, NAT, SUBNET, "aws:ec2/internetGateway:InternetGateway"]) {
      expect(recording.count(type), type).toBe(0);
    }
    expect(recording.result.egressSubnetIds).toBeUndefined();
    expect(() => recording.result.egressPlacement()).toThrow(
      'HardenedDatabase "db": egressFirewall is not given, but a function is placed to use it; allowed: { allowedDomains, ' +
        "confirmPriceOf290DollarsAMonthForEachZone }; to fix it, give egressFirewall, or place the function by placement(), " +
        "which has no way out",
    );
  });
});

describe("the firewall", () => {
  test("lets the allowed domains pass by the TLS handshake, and drops everything else", async () => {
    const recording = await record();
    expect(recording.one(RULES).inputs).toMatchObject({
      type: "STATEFUL",
      capacity: 1000,
      ruleGroup: {
        ruleVariables: { ipSets: [{ key: "HOME_NET", ipSet: { definitions: ["10.64.16.0/22"] } }] },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: "ALLOWLIST",
            targetTypes: ["TLS_SNI"],
            targets: ["api.carrier.example", ".payments.example"],
          },
        },
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
      },
    });
    // NetworkFirewall.3 to .6: a rule group, full and fragmented packets, and no empty stateless group.
    expect(recording.one(POLICY).inputs.firewallPolicy).toEqual({
      statelessDefaultActions: ["aws:forward_to_sfe"],
      statelessFragmentDefaultActions: ["aws:drop"],
      statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "DROP" },
      statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
      statefulRuleGroupReferences: [{ resourceArn: recording.one(RULES).outputs.arn, priority: 1 }],
    });
  });

  test("is protected from deletion and from other subnets and policies, in each zone (NetworkFirewall.9, .10)", async () => {
    const { inputs } = (await record()).one(FIREWALL);
    expect(inputs).toMatchObject({
      vpcId: "vpc-made",
      deleteProtection: true,
      subnetChangeProtection: true,
      firewallPolicyChangeProtection: true,
      subnetMappings: [{ subnetId: "id-db-egress-firewall-0" }, { subnetId: "id-db-egress-firewall-1" }],
    });
    expect((await record({ allowDeletion: "a stage of a test" })).one(FIREWALL).inputs).toMatchObject({
      deleteProtection: false,
      subnetChangeProtection: false,
      firewallPolicyChangeProtection: false,
    });
  });

  test("is logged, what it drops and what it lets pass (NetworkFirewall.2)", async () => {
    const recording = await record({ logRetentionDays: 30, kmsKeyArn: "arn:key" });
    const group = recording.one("aws:cloudwatch/logGroup:LogGroup", "db-egress-log-group");
    expect(group.inputs).toMatchObject({
      name: "/palisade/shop-dev/db/egress",
      retentionInDays: 30,
      kmsKeyId: "arn:key",
    });
    const to = { logDestinationType: "CloudWatchLogs", logDestination: { logGroup: group.outputs.name } };
    expect(recording.one(LOGGING).inputs).toEqual({
      firewallArn: recording.one(FIREWALL).outputs.arn,
      loggingConfiguration: {
        logDestinationConfigs: [
          { logType: "ALERT", ...to },
          { logType: "FLOW", ...to },
        ],
      },
    });
    for (const type of [FIREWALL, POLICY, RULES]) {
      expect(recording.one(type).inputs.encryptionConfiguration).toEqual({ type: "CUSTOMER_KMS", keyId: "arn:key" });
    }
  });

  test("lets plain HTTP pass for a reason only, which becomes a tag", async () => {
    const recording = await record({}, { allowPlainHttp: "the carrier has no TLS until May" });
    expect(recording.one(RULES).inputs).toMatchObject({
      ruleGroup: { rulesSource: { rulesSourceList: { targetTypes: ["TLS_SNI", "HTTP_HOST"] } } },
    });
    expect(recording.one(FIREWALL).inputs.tags).toMatchObject({
      "palisade:lowered:egress-plain-http": "the carrier has no TLS until May",
    });
    const ports = recording
      .all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
      .filter(({ inputs }) => inputs.cidrIpv4 === "0.0.0.0/0");
    expect(ports.map(({ inputs }) => [inputs.securityGroupId, inputs.fromPort, inputs.toPort])).toEqual([
      ["sg-db-egress-security-group", 443, 443],
      ["sg-db-egress-security-group", 80, 80],
    ]);
    expect(await faultOf({ ...EGRESS, allowPlainHttp: "http" })).toContain(
      'egressFirewall.allowPlainHttp is "http"; allowed: a written reason of at least 10 characters',
    );
  });
});

describe("the routes", () => {
  test("lead functions through the firewall of their zone, out and back, and the database nowhere", async () => {
    const recording = await record();
    const byName = Object.fromEntries(recording.all(TABLE).map(({ name, inputs }) => [name, inputs.routes]));
    const all = "0.0.0.0/0";
    const zone = (at: number, functions: string) => ({
      [`db-egress-functions-routes-${at}`]: [{ cidrBlock: all, vpcEndpointId: `vpce-id-db-egress-firewall-${at}` }],
      [`db-egress-firewall-routes-${at}`]: [{ cidrBlock: all, natGatewayId: `id-db-egress-nat-${at}` }],
      [`db-egress-nat-routes-${at}`]: [
        { cidrBlock: all, gatewayId: "igw-1" },
        { cidrBlock: functions, vpcEndpointId: `vpce-id-db-egress-firewall-${at}` },
      ],
    });
    expect(byName).toEqual({ ...zone(0, "10.64.16.0/26"), ...zone(1, "10.64.16.128/26") });
    const associations = recording
      .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
      .map(({ inputs }) => [inputs.subnetId, inputs.routeTableId]);
    expect(associations).toHaveLength(6);
    for (const [subnet, table] of associations) {
      expect(table).toBe(String(subnet).replace(/-(\d)$/, "-routes-$1"));
    }
    expect(recording.one("awsx:ec2:Vpc").inputs.subnetSpecs).toEqual([{ type: "Isolated" }]);
  });

  test("have subnets of their own in a second range of the VPC, none of which gives addresses of the internet", async () => {
    const recording = await record({ availabilityZones: 3 }, { cidrBlock: "10.99.4.0/22" });
    expect(recording.one("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation").inputs).toEqual({
      vpcId: "vpc-made",
      cidrBlock: "10.99.4.0/22",
    });
    const subnets = recording.all(SUBNET);
    expect(Object.fromEntries(subnets.map(({ name, inputs }) => [name, inputs.cidrBlock]))).toEqual({
      "db-egress-functions-0": "10.99.4.0/26",
      "db-egress-firewall-0": "10.99.4.64/28",
      "db-egress-nat-0": "10.99.4.80/28",
      "db-egress-functions-1": "10.99.4.128/26",
      "db-egress-firewall-1": "10.99.4.192/28",
      "db-egress-nat-1": "10.99.4.208/28",
      "db-egress-functions-2": "10.99.5.0/26",
      "db-egress-firewall-2": "10.99.5.64/28",
      "db-egress-nat-2": "10.99.5.80/28",
    });
    expect(subnets.every(({ inputs }) => inputs.mapPublicIpOnLaunch === false)).toBe(true);
    const zones = (role: string) =>
      subnets.filter(({ name }) => name.includes(role)).map((one) => one.inputs.availabilityZone);
    expect(new Set(zones("functions")).size).toBe(3);
    expect(zones("nat")).toEqual(zones("functions"));
  });

  test("keep DynamoDB within AWS, from the new subnets too", async () => {
    const endpoint = (await record()).one("aws:ec2/vpcEndpoint:VpcEndpoint", "db-dynamodb-endpoint");
    expect(endpoint.inputs.routeTableIds).toEqual([
      "rtb-a",
      "rtb-b",
      "id-db-egress-functions-routes-0",
      "id-db-egress-functions-routes-1",
    ]);
  });

  test("place a function that uses the database and goes out", async () => {
    const database = (await record()).result;
    const { subnetIds, securityGroupIds } = database.egressPlacement("secretsManager");
    const resolved = await new Promise((done) => subnetIds && database.egressSubnetIds?.apply(done));
    expect(resolved).toEqual(["id-db-egress-functions-0", "id-db-egress-functions-1"]);
    expect(securityGroupIds).toHaveLength(3);
    expect(() => database.egressPlacement("kms")).toThrow("endpoints.kms is not switched on");
  });
});

describe("the option is refused", () => {
  test.each([
    [{ ...EGRESS, allowedDomains: [] }, "allowedDomains is a list of 0;"],
    [{ ...EGRESS, allowedDomains: undefined }, "allowedDomains is not set;"],
    [{ ...EGRESS, allowedDomains: ["https://a.example"] }, 'allowedDomains is "https://a.example";'],
    [{ ...EGRESS, allowedDomains: ["*.a.example"] }, 'allowedDomains is "*.a.example";'],
    [{ ...EGRESS, allowedDomains: ["A.example"] }, 'allowedDomains is "A.example";'],
    [{ ...EGRESS, allowedDomains: ["10.0.0.1"] }, 'allowedDomains is "10.0.0.1";'],
    [{ ...EGRESS, allowedDomains: ["example"] }, 'allowedDomains is "example";'],
  ])("%j", async (egress, sentence) => {
    expect(await faultOf(egress)).toBe(
      `HardenedDatabase "db": egressFirewall.${sentence} allowed: 1 to 100 domains in lower case, as api.partner.example, or ` +
        ".partner.example for all below it; to fix it, name each domain without a protocol, a port, a path or a star",
    );
  });

  test.each([
    [true, "is true"],
    ["yes", 'is "yes"'],
    [undefined, "is not set"],
  ])("without a reason for its price: %j", async (confirmed, received) => {
    expect(await faultOf({ ...EGRESS, confirmPriceOf290DollarsAMonthForEachZone: confirmed })).toBe(
      `HardenedDatabase "db": egressFirewall.confirmPriceOf290DollarsAMonthForEachZone ${received}; allowed: a ` +
        "written reason of at least 10 characters; to fix it, say why its price is worth it, or remove egressFirewall: nothing " +
        "leaves the network without it",
    );
  });

  test.each(["10.64.16.0/24", "10.64.17.0/22", "x"])("with the range %s", async (cidrBlock) => {
    expect(await faultOf({ ...EGRESS, cidrBlock })).toBe(
      `HardenedDatabase "db": egressFirewall.cidrBlock is "${cidrBlock}"; allowed: an IPv4 range of a /22 that begins where one can ` +
        'begin, as 10.64.16.0/22; to fix it, write it as in "10.64.16.0/22"',
    );
  });

  test("with a range that overlaps with the VPC's", async () => {
    expect(await faultOf(EGRESS, { cidrBlock: "10.64.0.0/16" })).toBe(
      'HardenedDatabase "db": egressFirewall.cidrBlock is "10.64.16.0/22"; allowed: a range that does not overlap with the VPC\'s, ' +
        "10.64.0.0/16; to fix it, choose another /22 of private addresses",
    );
  });

  test("as anything but a literal, and with a network of others", async () => {
    expect(await faultOf("on")).toContain('egressFirewall is "on"; allowed: a literal object');
    const existingNetwork = { vpcId: "vpc-1", subnetIds: ["a", "b"], routeTableIds: ["r"] };
    expect(await faultOf(EGRESS, { existingNetwork })).toBe(
      'HardenedDatabase "db": egressFirewall is given together with existingNetwork; allowed: only with a new network, whose ' +
        "routes are made here; to fix it, remove egressFirewall, and give the existing network a way out where it is made",
    );
  });
});
