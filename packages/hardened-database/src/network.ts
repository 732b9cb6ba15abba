import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";
import { flowLog } from "./flow-log.ts";

/** Where the database and the functions that use it are. */
export interface Network {
  vpcId: pulumi.Output<string>;
  /** Subnets without a route to the internet. */
  subnetIds: pulumi.Output<string[]>;
  routeTableIds: pulumi.Output<string[]>;
}

/** Makes the isolated network, or adopts the caller's. */
export function network(context: BuildContext): Network {
  const existing = context.args.existingNetwork;
  if (existing === undefined) return createNetwork(context);
  return {
    vpcId: pulumi.output(existing.vpcId),
    subnetIds: pulumi.output(existing.subnetIds),
    routeTableIds: pulumi.output(existing.routeTableIds ?? []),
  };
}

function createNetwork(context: BuildContext): Network {
  const { name, settings, tags, child } = context;
  const vpc = new awsx.ec2.Vpc(
    childName(name, "vpc"),
    {
      cidrBlock: settings.cidrBlock,
      numberOfAvailabilityZones: settings.availabilityZones,
      // Isolated subnets have no route out: there is no internet gateway and nothing to pay for.
      subnetStrategy: awsx.ec2.SubnetAllocationStrategy.Auto,
      subnetSpecs: [{ type: awsx.ec2.SubnetType.Isolated }],
      natGateways: { strategy: awsx.ec2.NatGatewayStrategy.None },
      // Both are needed for an interface endpoint's private name.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags,
    },
    child,
  );
  // Security Hub EC2.2: whatever is started without a security group can neither be reached nor reach anything.
  new aws.ec2.DefaultSecurityGroup(
    childName(name, "default-security-group"),
    { vpcId: vpc.vpcId, ingress: [], egress: [], tags },
    child,
  );
  if (settings.flowLogs) flowLog(context, vpc.vpcId);
  return {
    vpcId: vpc.vpcId,
    subnetIds: vpc.isolatedSubnetIds,
    routeTableIds: vpc.routeTables.apply((tables) => pulumi.output(tables.map(({ id }) => id))),
  };
}
