import { childName, NAME_RULES, physicalName, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EgressFirewallArgs } from "./args.ts";
import type { BuildContext } from "./context.ts";
import { EGRESS_CIDR_BLOCK, EGRESS_RULE_CAPACITY } from "./defaults.ts";
import type { Network } from "./network.ts";
import { emptyGroup } from "./security-groups.ts";

/** Where functions are placed that reach the allowed domains. */
export interface Egress {
  /** Subnets whose only way out leads through the firewall. */
  subnetIds: pulumi.Output<string[]>;
  /** Their route tables, which the endpoint of DynamoDB is added to. */
  routeTableIds: pulumi.Output<string>[];
  /** The security group of functions that go out. */
  securityGroupId: pulumi.Output<string>;
}

/** The ranges of one zone, made from the option's /22: 64 addresses for functions, 16 each for the firewall and the NAT gateway. */
interface Zone {
  index: number;
  name: pulumi.Output<string>;
  functions: string;
  firewall: string;
  nat: string;
}

/**
 * A way out of the network for functions, and for nothing else: subnets of their own, whose default route leads through AWS Network
 * Firewall, which lets connections to named domains pass and drops all others, and from there through NAT gateways. The subnets of
 * the database have no route to it.
 *
 * The routes follow AWS's own architecture: what comes back must pass the same firewall endpoint, since it keeps the state.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html
 */
export function egressFirewall(context: BuildContext, network: Network): Egress | undefined {
  const args = context.args.egressFirewall;
  if (args === undefined) return undefined;
  const { name, settings, tags, child } = context;
  const range = args.cidrBlock ?? EGRESS_CIDR_BLOCK;
  const zones = zonesOf(range, settings.availabilityZones, child);
  const association = new aws.ec2.VpcIpv4CidrBlockAssociation(
    childName(name, "egress-range"),
    { vpcId: network.vpcId, cidrBlock: range },
    child,
  );
  const inRange = { ...child, dependsOn: [association] };
  const gateway = new aws.ec2.InternetGateway(childName(name, "egress-gateway"), { vpcId: network.vpcId, tags }, child);
  const subnet = (zone: Zone, role: "functions" | "firewall" | "nat") =>
    new aws.ec2.Subnet(
      childName(name, `egress-${role}-${zone.index}`),
      {
        vpcId: network.vpcId,
        availabilityZone: zone.name,
        cidrBlock: zone[role],
        // Security Hub EC2.15: no address of the internet by default; the NAT gateway brings its own.
        mapPublicIpOnLaunch: false,
        tags,
      },
      inRange,
    );
  const placed = zones.map((zone) => ({
    zone,
    functions: subnet(zone, "functions"),
    firewall: subnet(zone, "firewall"),
    nat: subnet(zone, "nat"),
  }));
  const firewall = createFirewall(
    context,
    network,
    args,
    range,
    placed.map((each) => each.firewall.id),
  );
  const routeTableIds = placed.map(({ zone, ...subnets }) => {
    const address = new aws.ec2.Eip(childName(name, `egress-address-${zone.index}`), { domain: "vpc", tags }, child);
    const nat = new aws.ec2.NatGateway(
      childName(name, `egress-nat-${zone.index}`),
      { subnetId: subnets.nat.id, allocationId: address.allocationId, tags },
      { ...child, dependsOn: [gateway] },
    );
    const endpoint = endpointOf(firewall, subnets.firewall.id);
    routes(context, network, zone, "firewall", subnets.firewall, [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }]);
    routes(context, network, zone, "nat", subnets.nat, [
      { cidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
      // Answers pass the firewall's endpoint of the zone that the request passed.
      { cidrBlock: zone.functions, vpcEndpointId: endpoint },
    ]);
    const out = [{ cidrBlock: "0.0.0.0/0", vpcEndpointId: endpoint }];
    return routes(context, network, zone, "functions", subnets.functions, out);
  });
  return {
    subnetIds: pulumi.all(placed.map(({ functions }) => functions.id)),
    routeTableIds,
    securityGroupId: egressGroup(context, network, args),
  };
}

/** The option's range, zone by zone: each has an eighth. */
function zonesOf(range: string, count: number, child: pulumi.CustomResourceOptions): Zone[] {
  const names = aws.getAvailabilityZonesOutput({ state: "available" }, { parent: child.parent }).names;
  const [address = ""] = range.split("/");
  const base = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const written = (offset: number, length: number) => {
    const at = base + offset;
    return `${[24, 16, 8, 0].map((shift) => Math.floor(at / 2 ** shift) % 256).join(".")}/${length}`;
  };
  return Array.from({ length: count }, (_, index) => ({
    index,
    name: names.apply((all) => all[index] ?? ""),
    functions: written(index * 128, 26),
    firewall: written(index * 128 + 64, 28),
    nat: written(index * 128 + 80, 28),
  }));
}

interface Route {
  cidrBlock: string;
  vpcEndpointId?: pulumi.Input<string>;
  natGatewayId?: pulumi.Input<string>;
  gatewayId?: pulumi.Input<string>;
}

function routes(
  { name, tags, child }: BuildContext,
  network: Network,
  zone: Zone,
  role: string,
  subnet: aws.ec2.Subnet,
  list: Route[],
): pulumi.Output<string> {
  const table = new aws.ec2.RouteTable(
    childName(name, `egress-${role}-routes-${zone.index}`),
    { vpcId: network.vpcId, routes: list, tags },
    child,
  );
  new aws.ec2.RouteTableAssociation(
    childName(name, `egress-${role}-association-${zone.index}`),
    { subnetId: subnet.id, routeTableId: table.id },
    child,
  );
  return table.id;
}

/** The endpoint that the firewall made in a subnet. */
function endpointOf(firewall: aws.networkfirewall.Firewall, subnetId: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.all([firewall.firewallStatuses, subnetId]).apply(([statuses, wanted]) => {
    const attachments = statuses.flatMap(({ syncStates }) => syncStates.flatMap((state) => state.attachments));
    return attachments.find((attachment) => attachment.subnetId === wanted)?.endpointId ?? "";
  });
}

function createFirewall(
  context: BuildContext,
  network: Network,
  args: EgressFirewallArgs,
  range: string,
  subnetIds: pulumi.Output<string>[],
): aws.networkfirewall.Firewall {
  const { name, settings, tags, child } = context;
  const kmsKeyArn = context.args.kmsKeyArn;
  const encryptionConfiguration = kmsKeyArn === undefined ? undefined : { type: "CUSTOMER_KMS", keyId: kmsKeyArn };
  const domains = new aws.networkfirewall.RuleGroup(
    childName(name, "egress-domains"),
    {
      type: "STATEFUL",
      capacity: EGRESS_RULE_CAPACITY,
      description: "Domains that functions may reach",
      encryptionConfiguration,
      ruleGroup: {
        // Networks that connections come from: by default the VPC's first range alone, which functions with a way out are not in.
        ruleVariables: { ipSets: [{ key: "HOME_NET", ipSet: { definitions: [range] } }] },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: "ALLOWLIST",
            targetTypes: args.allowPlainHttp === undefined ? ["TLS_SNI"] : ["TLS_SNI", "HTTP_HOST"],
            targets: args.allowedDomains,
          },
        },
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
      },
      tags,
    },
    child,
  );
  const policy = new aws.networkfirewall.FirewallPolicy(
    childName(name, "egress-policy"),
    {
      description: "What is not a connection to an allowed domain is dropped",
      encryptionConfiguration,
      firewallPolicy: {
        // Security Hub NetworkFirewall.4 and .5: every packet is judged by the domains; a fragment, which cannot be, is dropped.
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:drop"],
        statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "DROP" },
        // The first packets of a connection carry no domain: what is established without an allowed one is dropped, and told of.
        statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
        statefulRuleGroupReferences: [{ resourceArn: domains.arn, priority: 1 }],
      },
      tags,
    },
    child,
  );
  const firewall = new aws.networkfirewall.Firewall(
    childName(name, "egress-firewall"),
    {
      description: "The way out of the functions in the database's network",
      vpcId: network.vpcId,
      subnetMappings: subnetIds.map((subnetId) => ({ subnetId })),
      firewallPolicyArn: policy.arn,
      // Security Hub NetworkFirewall.9 and .10; a stage whose deletion is allowed must be able to delete it.
      deleteProtection: !settings.deletable,
      subnetChangeProtection: !settings.deletable,
      firewallPolicyChangeProtection: !settings.deletable,
      encryptionConfiguration,
      tags: context.loweredTags("egress-plain-http"),
    },
    child,
  );
  logFirewall(context, firewall);
  return firewall;
}

/** Security Hub NetworkFirewall.2: connections, and those that were dropped. */
function logFirewall(
  { name, args, settings, tags, child }: BuildContext,
  firewall: aws.networkfirewall.Firewall,
): void {
  const group = new aws.cloudwatch.LogGroup(
    childName(name, "egress-log-group"),
    {
      name: physicalName(`/palisade/${stackPrefix()}/${name}/egress`, NAME_RULES.logGroup),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: args.kmsKeyArn,
      tags,
    },
    child,
  );
  new aws.networkfirewall.LoggingConfiguration(
    childName(name, "egress-logging"),
    {
      firewallArn: firewall.arn,
      loggingConfiguration: {
        logDestinationConfigs: ["ALERT", "FLOW"].map((logType) => ({
          logType,
          logDestinationType: "CloudWatchLogs",
          logDestination: { logGroup: group.name },
        })),
      },
    },
    child,
  );
}

/** Functions that go out may connect to the ports of the allowed protocols; where to, the firewall says. */
function egressGroup(context: BuildContext, network: Network, args: EgressFirewallArgs): pulumi.Output<string> {
  const { name, tags, child } = context;
  const group = emptyGroup(context, "egress", "Functions with a way out through the egress firewall", network);
  for (const port of args.allowPlainHttp === undefined ? [443] : [443, 80]) {
    new aws.vpc.SecurityGroupEgressRule(
      childName(name, `egress-${port}`),
      { securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4: "0.0.0.0/0", tags },
      child,
    );
  }
  return group.id;
}
