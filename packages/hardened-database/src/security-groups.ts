import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";
import type { Network } from "./network.ts";

/** Makes a security group without any rule: Pulumi's provider removes the outbound rule that AWS adds. */
export function emptyGroup(
  { name, tags, child }: BuildContext,
  role: string,
  description: string,
  network: Network,
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    childName(name, `${role}-security-group`),
    { vpcId: network.vpcId, description, tags },
    child,
  );
}

/** Lets one group connect to another on one TCP port, and nothing else: a rule on each side. */
export function admit(
  { name, tags, child }: BuildContext,
  role: string,
  port: number,
  from: aws.ec2.SecurityGroup,
  to: aws.ec2.SecurityGroup,
): void {
  const rule = { ipProtocol: "tcp", fromPort: port, toPort: port, tags };
  new aws.vpc.SecurityGroupIngressRule(
    childName(name, `${role}-ingress`),
    { ...rule, securityGroupId: to.id, referencedSecurityGroupId: from.id },
    child,
  );
  new aws.vpc.SecurityGroupEgressRule(
    childName(name, `${role}-egress`),
    { ...rule, securityGroupId: from.id, referencedSecurityGroupId: to.id },
    child,
  );
}

/** The security groups of the database and of the functions that may connect to it. */
export interface DatabaseGroups {
  databaseSecurityGroupId: pulumi.Output<string>;
  clientSecurityGroupId: pulumi.Output<string>;
}

/** The database admits its clients only, on its port only; its clients reach the database only. */
export function databaseGroups(context: BuildContext, network: Network): DatabaseGroups {
  const database = emptyGroup(context, "database", "The database: admits its clients", network);
  const client = emptyGroup(context, "client", "Clients of the database: reach the database", network);
  admit(context, "client", context.settings.port, client, database);
  return { databaseSecurityGroupId: database.id, clientSecurityGroupId: client.id };
}
