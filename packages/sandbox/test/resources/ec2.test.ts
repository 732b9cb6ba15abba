import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { subnetCidr } from "../../src/resources/ec2.ts";
import { type Emulated, type Made, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
let vpc: Made;
beforeAll(async () => {
  emulated = await startEmulated();
  vpc = await emulated.create("awsx:ec2:Vpc", {
    cidrBlock: "10.1.0.0/16",
    numberOfAvailabilityZones: 2,
    subnetSpecs: [{ type: "Isolated" }],
    tags: { team: "a" },
  });
}, 180_000);
afterAll(() => emulated.sandbox.close());

async function group(GroupId: string) {
  const { ec2 } = emulated.sandbox.clients;
  return (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }))).SecurityGroups?.[0];
}

test("subnets divide a block evenly", () => {
  expect(subnetCidr("10.1.0.0/16", 0, 2)).toBe("10.1.0.0/17");
  expect(subnetCidr("10.1.0.0/16", 1, 2)).toBe("10.1.128.0/17");
  expect(subnetCidr("10.1.0.0/16", 5, 6)).toBe("10.1.160.0/19");
  expect(subnetCidr("10.1.0.0/16", 0, 1)).toBe("10.1.0.0/17");
});

test("Crosswalk's VPC has a subnet for each zone and kind", async () => {
  const { ec2 } = emulated.sandbox.clients;
  expect(vpc.outputs.isolatedSubnetIds).toHaveLength(2);
  expect(vpc.outputs.publicSubnetIds).toEqual([]);
  expect(vpc.outputs.routeTables).toHaveLength(2);
  const SubnetIds = vpc.outputs.isolatedSubnetIds as string[];
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
  expect(Subnets?.map(({ CidrBlock, AvailabilityZone }) => `${AvailabilityZone} ${CidrBlock}`).sort()).toEqual([
    "us-east-1a 10.1.0.0/17",
    "us-east-1b 10.1.128.0/17",
  ]);

  const other = await emulated.create("awsx:ec2:Vpc", {});
  expect(other.outputs.publicSubnetIds).toHaveLength(3);
  expect(other.outputs.privateSubnetIds).toHaveLength(3);
  await other.delete();
  const VpcIds = [other.outputs.vpcId as string];
  expect(await outcome(ec2.send(new DescribeVpcsCommand({ VpcIds })))).toBe("InvalidVpcID.NotFound");
  await other.delete();
});

test("a security group has the rules that are written and no other", async () => {
  const bare = await emulated.create("aws:ec2/securityGroup:SecurityGroup", { vpcId: vpc.outputs.vpcId });
  expect((await group(bare.id))?.IpPermissionsEgress).toEqual([]);
  expect(bare.outputs.arn).toBe(`arn:aws:ec2:us-east-1:123456789012:security-group/${bare.id}`);
  await bare.update({ vpcId: vpc.outputs.vpcId });

  const inline = await emulated.create("aws:ec2/securityGroup:SecurityGroup", {
    name: "open",
    description: "MySQL from anywhere",
    vpcId: vpc.outputs.vpcId,
    ingress: [
      { protocol: "tcp", fromPort: 3306, toPort: 3306, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
      { protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [bare.id], self: true },
    ],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    tags: { team: "a" },
  });
  const made = await group(inline.id);
  expect(made?.IpPermissions?.map(({ FromPort }) => FromPort).sort()).toEqual([3306, 443]);
  expect(made?.IpPermissions?.find(({ FromPort }) => FromPort === 443)?.UserIdGroupPairs).toHaveLength(2);
  expect(made?.IpPermissionsEgress?.[0]?.IpProtocol).toBe("-1");

  await inline.update({ ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }] });
  const changed = await group(inline.id);
  expect(changed?.IpPermissions?.map(({ FromPort }) => FromPort)).toEqual([22]);
  expect(changed?.IpPermissionsEgress).toEqual([]);
  await inline.delete();
  expect(await outcome(group(inline.id))).toBe("InvalidGroup.NotFound");
  await inline.delete();
});

test("rules of their own come and go in both directions", async () => {
  const client = await emulated.create("aws:ec2/securityGroup:SecurityGroup", { vpcId: vpc.outputs.vpcId });
  const server = await emulated.create("aws:ec2/securityGroup:SecurityGroup", { vpcId: vpc.outputs.vpcId });
  const tcp = { ipProtocol: "tcp", fromPort: 3306, toPort: 3306 };
  const ingress = await emulated.create("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
    ...tcp,
    securityGroupId: server.id,
    referencedSecurityGroupId: client.id,
  });
  const egress = await emulated.create("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", {
    ...tcp,
    securityGroupId: client.id,
    cidrIpv4: "10.1.0.0/16",
    description: "to the database",
  });
  expect((await group(server.id))?.IpPermissions?.[0]?.UserIdGroupPairs?.[0]?.GroupId).toBe(client.id);
  expect((await group(client.id))?.IpPermissionsEgress?.[0]?.IpRanges?.[0]).toEqual({
    CidrIp: "10.1.0.0/16",
    Description: "to the database",
  });
  await ingress.delete();
  await egress.delete();
  expect((await group(server.id))?.IpPermissions).toEqual([]);
  expect((await group(client.id))?.IpPermissionsEgress).toEqual([]);
  await emulated.create("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", {
    ...tcp,
    securityGroupId: client.id,
    cidrIpv6: "::/0",
  });
  expect((await group(client.id))?.IpPermissionsEgress?.[0]?.Ipv6Ranges?.[0]?.CidrIpv6).toBe("::/0");
});

test("endpoints: a gateway has a prefix list, an interface has none", async () => {
  const { ec2 } = emulated.sandbox.clients;
  const gateway = await emulated.create("aws:ec2/vpcEndpoint:VpcEndpoint", {
    vpcId: vpc.outputs.vpcId,
    serviceName: "com.amazonaws.us-east-1.dynamodb",
    routeTableIds: (vpc.outputs.routeTables as { id: string }[]).map(({ id }) => id),
    policy: { Version: "2012-10-17", Statement: [] },
    tags: { team: "a" },
  });
  expect(gateway.outputs.prefixListId).toMatch(/^pl-/);
  await emulated.create("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", {
    securityGroupId: (await emulated.create("aws:ec2/securityGroup:SecurityGroup", { vpcId: vpc.outputs.vpcId })).id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    prefixListId: gateway.outputs.prefixListId,
  });
  const inside = await emulated.create("aws:ec2/vpcEndpoint:VpcEndpoint", {
    vpcId: vpc.outputs.vpcId,
    vpcEndpointType: "Interface",
    serviceName: "com.amazonaws.us-east-1.secretsmanager",
    subnetIds: vpc.outputs.isolatedSubnetIds,
    privateDnsEnabled: true,
  });
  expect(inside.outputs.prefixListId).toBe("");
  const VpcEndpointIds = [inside.id];
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds }));
  expect(VpcEndpoints?.[0]?.VpcEndpointType).toBe("Interface");
  await inside.delete();
  const left = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds }));
  expect(left.VpcEndpoints?.map(({ State }) => String(State).toLowerCase()) ?? []).not.toContain("available");
});

test("what a later program changes of a network is changed in place, tags and all", async () => {
  const { ec2 } = emulated.sandbox.clients;
  const tagsOf = async (id: string) => {
    const Filters = [{ Name: "resource-id", Values: [id] }];
    const { Tags = [] } = await ec2.send(new DescribeTagsCommand({ Filters }));
    return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  };
  const network = await emulated.create("awsx:ec2:Vpc", {
    numberOfAvailabilityZones: 1,
    subnetSpecs: [{ type: "Isolated" }],
    tags: { team: "a", old: "1" },
  });
  const { vpcId, isolatedSubnetIds, routeTables } = network.outputs as {
    vpcId: string;
    isolatedSubnetIds: string[];
    routeTables: { id: string }[];
  };
  const after = await network.update({ numberOfAvailabilityZones: 1, tags: { team: "b" } });
  expect(after).toEqual({ id: network.id, outputs: network.outputs });
  expect(await tagsOf(vpcId)).toEqual({ team: "b" });
  expect(await tagsOf(isolatedSubnetIds[0] as string)).toEqual({ team: "b" });

  const group = await emulated.create("aws:ec2/securityGroup:SecurityGroup", { vpcId, tags: { team: "a" } });
  await group.update({ vpcId, tags: {} });
  expect(await tagsOf(group.id)).toEqual({});
  const other = await emulated.create("aws:ec2/securityGroup:SecurityGroup", { vpcId });
  const tcp = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  const rule = await emulated.create("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
    ...tcp,
    referencedSecurityGroupId: other.id,
    tags: { team: "a" },
  });
  expect(await tagsOf(rule.id)).toEqual({ team: "a" });
  const changed = await rule.update({ ...tcp, cidrIpv4: "10.0.0.0/16", tags: { team: "b" } });
  expect(changed).toEqual({ id: rule.id, outputs: rule.outputs });
  expect(await tagsOf(rule.id)).toEqual({ team: "b" });
  const Filters = [{ Name: "group-id", Values: [group.id] }];
  const { SecurityGroupRules } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  expect(SecurityGroupRules?.filter(({ IsEgress }) => !IsEgress).map(({ CidrIpv4 }) => CidrIpv4)).toEqual([
    "10.0.0.0/16",
  ]);

  const endpoint = await emulated.create("aws:ec2/vpcEndpoint:VpcEndpoint", {
    vpcId,
    serviceName: "com.amazonaws.us-east-1.dynamodb",
    policy: { Version: "2012-10-17", Statement: [] },
  });
  const routed = routeTables.map(({ id }) => id);
  const kept = await endpoint.update({
    vpcId,
    serviceName: "com.amazonaws.us-east-1.dynamodb",
    routeTableIds: routed,
    tags: { team: "b" },
  });
  expect(kept.outputs).toEqual(endpoint.outputs);
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [endpoint.id] }));
  expect(VpcEndpoints?.[0]?.RouteTableIds).toEqual(routed);
  expect(await tagsOf(endpoint.id)).toEqual({ team: "b" });
});
