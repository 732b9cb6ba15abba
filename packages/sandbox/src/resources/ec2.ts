import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DescribePrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  ModifyVpcEndpointCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type VpcEndpointType,
} from "@aws-sdk/client-ec2";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, policyJson, tagList } from "./values.ts";

function named(type: "vpc" | "subnet" | "security-group" | "vpc-endpoint", tags: Record<string, string> | undefined) {
  return tags && Object.keys(tags).length > 0 ? [{ ResourceType: type, Tags: tagList(tags) }] : undefined;
}

/** Gives things the tags of the program, and takes those away that it no longer names. */
async function retag(
  Resources: string[],
  before: unknown,
  now: Record<string, string> | undefined,
  { clients: { ec2 } }: Pick<HandlerContext, "clients">,
): Promise<void> {
  const gone = Object.keys((before as Record<string, string> | undefined) ?? {}).filter(
    (Key) => now?.[Key] === undefined,
  );
  if (gone.length > 0) await ec2.send(new DeleteTagsCommand({ Resources, Tags: gone.map((Key) => ({ Key })) }));
  if (now && Object.keys(now).length > 0) await ec2.send(new CreateTagsCommand({ Resources, Tags: tagList(now) }));
}

/** What a list has that another has not. */
function without(list: readonly string[] | undefined, other: readonly string[] | undefined): string[] {
  return (list ?? []).filter((item) => !other?.includes(item));
}

interface InlineRule {
  protocol: string;
  fromPort: number;
  toPort: number;
  cidrBlocks?: string[];
  ipv6CidrBlocks?: string[];
  securityGroups?: string[];
  prefixListIds?: string[];
  self?: boolean;
  description?: string;
}

interface SecurityGroupInputs {
  name?: string;
  description?: string;
  vpcId?: string;
  ingress?: InlineRule[];
  egress?: InlineRule[];
  tags?: Record<string, string>;
}

function permission(rule: InlineRule, ownId: string): IpPermission {
  const Description = rule.description;
  const groups = [...(rule.securityGroups ?? []), ...(rule.self ? [ownId] : [])];
  return {
    IpProtocol: rule.protocol,
    FromPort: rule.protocol === "-1" ? undefined : rule.fromPort,
    ToPort: rule.protocol === "-1" ? undefined : rule.toPort,
    IpRanges: rule.cidrBlocks?.map((CidrIp) => ({ CidrIp, Description })),
    Ipv6Ranges: rule.ipv6CidrBlocks?.map((CidrIpv6) => ({ CidrIpv6, Description })),
    PrefixListIds: rule.prefixListIds?.map((PrefixListId) => ({ PrefixListId, Description })),
    UserIdGroupPairs: groups.map((GroupId) => ({ GroupId, Description })),
  };
}

async function putRules(GroupId: string, inputs: SecurityGroupInputs, { clients }: HandlerContext): Promise<void> {
  const Filters = [{ Name: "group-id", Values: [GroupId] }];
  const { SecurityGroupRules = [] } = await clients.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  const ids = (egress: boolean) =>
    SecurityGroupRules.flatMap(({ IsEgress, SecurityGroupRuleId }) =>
      IsEgress === egress && SecurityGroupRuleId ? [SecurityGroupRuleId] : [],
    );
  // AWS gives a new group an outbound rule to everywhere, and the provider takes it away: only what is written counts.
  if (ids(true).length > 0) {
    await clients.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds: ids(true) }));
  }
  if (ids(false).length > 0) {
    await clients.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: ids(false) }));
  }
  if (inputs.ingress?.length) {
    const IpPermissions = inputs.ingress.map((rule) => permission(rule, GroupId));
    await clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  }
  if (inputs.egress?.length) {
    const IpPermissions = inputs.egress.map((rule) => permission(rule, GroupId));
    await clients.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
  }
}

const securityGroup = handler<SecurityGroupInputs>({
  replaceOnChanges: ["description", "name", "namePrefix", "vpcId"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(255);
    const { GroupId = "" } = await ctx.clients.ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: name,
        Description: inputs.description ?? "Managed by Pulumi",
        VpcId: inputs.vpcId,
        TagSpecifications: named("security-group", inputs.tags),
      }),
    );
    await putRules(GroupId, inputs, ctx);
    const arn = `arn:${ctx.partition}:ec2:${ctx.region}:${ctx.accountId}:security-group/${GroupId}`;
    return { id: GroupId, outputs: { name, arn, ownerId: ctx.accountId } };
  },
  async update(id, olds, news, ctx) {
    // A group with rules of their own resources has none inline, and keeps those.
    if (news.ingress || news.egress) await putRules(id, news, ctx);
    await retag([id], olds.tags, news.tags, ctx);
    return { id, outputs: { name: olds.name, arn: olds.arn, ownerId: olds.ownerId } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id })));
  },
});

interface RuleInputs {
  securityGroupId: string;
  ipProtocol: string;
  fromPort?: number;
  toPort?: number;
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: string;
  referencedSecurityGroupId?: string;
  description?: string;
  tags?: Record<string, string>;
}

function rulePermission(rule: RuleInputs): IpPermission {
  const Description = rule.description;
  return {
    IpProtocol: rule.ipProtocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    IpRanges: rule.cidrIpv4 ? [{ CidrIp: rule.cidrIpv4, Description }] : undefined,
    Ipv6Ranges: rule.cidrIpv6 ? [{ CidrIpv6: rule.cidrIpv6, Description }] : undefined,
    PrefixListIds: rule.prefixListId ? [{ PrefixListId: rule.prefixListId, Description }] : undefined,
    UserIdGroupPairs: rule.referencedSecurityGroupId
      ? [{ GroupId: rule.referencedSecurityGroupId, Description }]
      : undefined,
  };
}

function rule(direction: "ingress" | "egress") {
  const inbound = direction === "ingress";
  return handler<RuleInputs>({
    replaceOnChanges: ["securityGroupId"],
    async create(inputs, { clients, partition, region, accountId }) {
      const { ec2 } = clients;
      const input = { GroupId: inputs.securityGroupId, IpPermissions: [rulePermission(inputs)] };
      const { SecurityGroupRules } = inbound
        ? await ec2.send(new AuthorizeSecurityGroupIngressCommand(input))
        : await ec2.send(new AuthorizeSecurityGroupEgressCommand(input));
      const id = SecurityGroupRules?.[0]?.SecurityGroupRuleId as string;
      const arn = `arn:${partition}:ec2:${region}:${accountId}:security-group-rule/${id}`;
      await retag([id], undefined, inputs.tags, { clients });
      return { id, outputs: { securityGroupRuleId: id, arn } };
    },
    async update(id, olds, news, { clients }) {
      await clients.ec2.send(
        new ModifySecurityGroupRulesCommand({
          GroupId: news.securityGroupId,
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: id,
              SecurityGroupRule: {
                IpProtocol: news.ipProtocol,
                FromPort: news.fromPort,
                ToPort: news.toPort,
                CidrIpv4: news.cidrIpv4,
                CidrIpv6: news.cidrIpv6,
                PrefixListId: news.prefixListId,
                ReferencedGroupId: news.referencedSecurityGroupId,
                Description: news.description,
              },
            },
          ],
        }),
      );
      await retag([id], olds.tags, news.tags, { clients });
      return { id, outputs: { securityGroupRuleId: id, arn: olds.arn } };
    },
    async delete(id, olds, { clients: { ec2 } }) {
      const input = { GroupId: olds.securityGroupId as string, SecurityGroupRuleIds: [id] };
      await ignoreMissing(
        inbound
          ? ec2.send(new RevokeSecurityGroupIngressCommand(input))
          : ec2.send(new RevokeSecurityGroupEgressCommand(input)),
      );
    },
  });
}

interface EndpointInputs {
  vpcId: string;
  serviceName: string;
  vpcEndpointType?: string;
  subnetIds?: string[];
  securityGroupIds?: string[];
  routeTableIds?: string[];
  privateDnsEnabled?: boolean;
  policy?: unknown;
  tags?: Record<string, string>;
}

const vpcEndpoint = handler<EndpointInputs>({
  replaceOnChanges: ["serviceName", "vpcEndpointType", "vpcId"],
  async create(inputs, { clients, partition, region, accountId }) {
    const { VpcEndpoint } = await clients.ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: inputs.vpcId,
        ServiceName: inputs.serviceName,
        VpcEndpointType: (inputs.vpcEndpointType ?? "Gateway") as VpcEndpointType,
        SubnetIds: inputs.subnetIds,
        SecurityGroupIds: inputs.securityGroupIds,
        RouteTableIds: inputs.routeTableIds,
        PrivateDnsEnabled: inputs.privateDnsEnabled,
        PolicyDocument: inputs.policy === undefined ? undefined : policyJson(inputs.policy),
        TagSpecifications: named("vpc-endpoint", inputs.tags),
      }),
    );
    const id = VpcEndpoint?.VpcEndpointId as string;
    const gateway = (inputs.vpcEndpointType ?? "Gateway") === "Gateway";
    const { PrefixLists } = gateway
      ? await clients.ec2.send(
          new DescribePrefixListsCommand({ Filters: [{ Name: "prefix-list-name", Values: [inputs.serviceName] }] }),
        )
      : {};
    return {
      id,
      outputs: {
        arn: `arn:${partition}:ec2:${region}:${accountId}:vpc-endpoint/${id}`,
        prefixListId: PrefixLists?.[0]?.PrefixListId ?? "",
        state: VpcEndpoint?.State,
        dnsEntries: [],
        networkInterfaceIds: VpcEndpoint?.NetworkInterfaceIds ?? [],
      },
    };
  },
  async update(id, olds, news, { clients }) {
    const before = olds as unknown as EndpointInputs;
    await clients.ec2.send(
      new ModifyVpcEndpointCommand({
        VpcEndpointId: id,
        PolicyDocument: news.policy === undefined ? undefined : policyJson(news.policy),
        ResetPolicy: news.policy === undefined && before.policy !== undefined ? true : undefined,
        PrivateDnsEnabled: news.privateDnsEnabled,
        AddSubnetIds: without(news.subnetIds, before.subnetIds),
        RemoveSubnetIds: without(before.subnetIds, news.subnetIds),
        AddSecurityGroupIds: without(news.securityGroupIds, before.securityGroupIds),
        RemoveSecurityGroupIds: without(before.securityGroupIds, news.securityGroupIds),
        AddRouteTableIds: without(news.routeTableIds, before.routeTableIds),
        RemoveRouteTableIds: without(before.routeTableIds, news.routeTableIds),
      }),
    );
    await retag([id], olds.tags, news.tags, { clients });
    const kept = ["arn", "prefixListId", "state", "dnsEntries", "networkInterfaceIds"].map((key) => [key, olds[key]]);
    return { id, outputs: Object.fromEntries(kept) };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })));
  },
});

interface AwsxVpcInputs {
  cidrBlock?: string;
  numberOfAvailabilityZones?: number;
  availabilityZoneNames?: string[];
  subnetSpecs?: { type: "Public" | "Private" | "Isolated" }[];
  tags?: Record<string, string>;
}

/** The n-th of equal parts of an IPv4 block, as CIDR. */
export function subnetCidr(block: string, index: number, count: number): string {
  const [address = "", bits = ""] = block.split("/");
  const extra = Math.ceil(Math.log2(Math.max(count, 2)));
  const prefix = Number(bits) + extra;
  const base = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const at = base + index * 2 ** (32 - prefix);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(at / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

const SUBNETS = ["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"];
const NETWORK_OUTPUTS = ["vpcId", ...SUBNETS, "routeTables", "natGateways", "eips"];

function subnetsOf(network: Properties): string[] {
  return SUBNETS.flatMap((key) => network[key] as string[]);
}

/**
 * A VPC of Crosswalk, which is a component whose children only its own plugin knows: a VPC, and in each zone a subnet and a
 * route table for each kind that is asked for. Its gateways and routes are not made: nothing here is routed.
 */
const awsxVpc = handler<AwsxVpcInputs>({
  // Crosswalk itself makes and deletes subnets for another zone; here that would be another network.
  replaceOnChanges: ["cidrBlock", "numberOfAvailabilityZones", "availabilityZoneNames", "subnetSpecs"],
  async create(inputs, { clients, region, physicalName }) {
    const { ec2 } = clients;
    const cidr = inputs.cidrBlock ?? "10.0.0.0/16";
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({ CidrBlock: cidr, TagSpecifications: named("vpc", inputs.tags) }),
    );
    const vpcId = Vpc?.VpcId as string;
    const zones =
      inputs.availabilityZoneNames ??
      ["a", "b", "c", "d", "e", "f"].slice(0, inputs.numberOfAvailabilityZones ?? 3).map((zone) => `${region}${zone}`);
    const kinds = inputs.subnetSpecs?.map(({ type }) => type) ?? ["Public", "Private"];
    const subnets: Record<string, string[]> = { Public: [], Private: [], Isolated: [] };
    const routeTables: { id: string }[] = [];
    for (const [zoneIndex, AvailabilityZone] of zones.entries()) {
      for (const [kindIndex, kind] of kinds.entries()) {
        const CidrBlock = subnetCidr(cidr, zoneIndex * kinds.length + kindIndex, zones.length * kinds.length);
        const { Subnet } = await ec2.send(
          new CreateSubnetCommand({
            VpcId: vpcId,
            CidrBlock,
            AvailabilityZone,
            TagSpecifications: named("subnet", inputs.tags),
          }),
        );
        subnets[kind]?.push(Subnet?.SubnetId as string);
        const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }));
        routeTables.push({ id: RouteTable?.RouteTableId as string });
      }
    }
    return {
      id: physicalName(),
      outputs: {
        vpcId,
        publicSubnetIds: subnets.Public,
        privateSubnetIds: subnets.Private,
        isolatedSubnetIds: subnets.Isolated,
        routeTables,
        natGateways: [],
        eips: [],
      },
    };
  },
  async update(id, olds, news, { clients }) {
    await retag([olds.vpcId as string, ...subnetsOf(olds)], olds.tags, news.tags, { clients });
    return { id, outputs: Object.fromEntries(NETWORK_OUTPUTS.map((key) => [key, olds[key]])) };
  },
  async delete(_id, olds, { clients }) {
    for (const SubnetId of subnetsOf(olds))
      await ignoreMissing(clients.ec2.send(new DeleteSubnetCommand({ SubnetId })));
    for (const { id } of olds.routeTables as { id: string }[]) {
      await ignoreMissing(clients.ec2.send(new DeleteRouteTableCommand({ RouteTableId: id })));
    }
    await ignoreMissing(clients.ec2.send(new DeleteVpcCommand({ VpcId: olds.vpcId as string })));
  },
});

/** EC2's networks: stored, with ids; no packet is filtered or routed by them. */
export const ec2: ServiceHandlers = {
  types: {
    "aws:ec2/securityGroup:SecurityGroup": securityGroup,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule("ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule("egress"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
    "awsx:ec2:Vpc": awsxVpc,
  },
};
