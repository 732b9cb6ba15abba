import { invalid, type NetworkPlacement, type PolicyStatement } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import type { HardenedDatabaseArgs } from "./args.ts";
import { cluster, logGroupName } from "./cluster.ts";
import { buildContext } from "./context.ts";
import { egressFirewall } from "./egress-firewall.ts";
import { type EndpointGroups, endpoints } from "./endpoints.ts";
import { type Network, network } from "./network.ts";
import { databaseGroups } from "./security-groups.ts";
import { connectStatement, masterSecret, masterSecretStatements } from "./statements.ts";
import { validateDatabase } from "./validate.ts";

/** What the methods need and no other language may see: a field would become an output. */
interface Internals {
  name: string;
  endpointGroups: EndpointGroups;
  kmsKeyArn?: pulumi.Input<string>;
}

const internals = new WeakMap<HardenedDatabase, Internals>();

/**
 * An Aurora MySQL Serverless v2 cluster that nothing outside of its isolated network can reach: encrypted, TLS only,
 * audited, backed up, and entered with IAM tokens. Only whoever may read the RDS-managed secret is the master user.
 */
export class HardenedDatabase extends pulumi.ComponentResource {
  /** Name of the cluster. */
  public readonly clusterIdentifier: pulumi.Output<string>;
  /** ARN of the cluster. */
  public readonly clusterArn: pulumi.Output<string>;
  /** The cluster's resource id (`cluster-ABC...`), which `rds-db:connect` names it by. */
  public readonly clusterResourceId: pulumi.Output<string>;
  /** Host name of the writer. */
  public readonly clusterEndpoint: pulumi.Output<string>;
  /** Host name of the readers. */
  public readonly readerEndpoint: pulumi.Output<string>;
  /** TCP port of both. */
  public readonly port: pulumi.Output<number>;
  /** Name of the database (schema). */
  public readonly databaseName: pulumi.Output<string>;
  /** Name of the master user. */
  public readonly masterUsername: pulumi.Output<string>;
  /** ARN of the secret with the master user's password, which RDS keeps and rotates. */
  public readonly masterSecretArn: pulumi.Output<string>;
  /** Name of the log group of the audit log. */
  public readonly auditLogGroupName: pulumi.Output<string>;
  /** Id of the VPC. */
  public readonly vpcId: pulumi.Output<string>;
  /** Ids of the isolated subnets. */
  public readonly subnetIds: pulumi.Output<string[]>;
  /** Id of the database's security group. */
  public readonly databaseSecurityGroupId: pulumi.Output<string>;
  /** Id of the security group that a function needs to reach the database. It allows no other connection, but DNS: no group filters the VPC's resolver. */
  public readonly clientSecurityGroupId: pulumi.Output<string>;
  /** Ids of the security groups that a function needs to reach an endpoint, by the endpoint's switch. */
  public readonly endpointClientSecurityGroupIds: pulumi.Output<Record<string, string>>;
  /** Ids of the subnets of functions that reach the domains of `egressFirewall`; missing without it. */
  public readonly egressSubnetIds?: pulumi.Output<string[]>;
  /** Id of the security group that such a function needs; missing without `egressFirewall`. */
  public readonly egressSecurityGroupId?: pulumi.Output<string>;

  /**
   * @throws PalisadeError when an argument is not allowed, before any resource is created.
   */
  constructor(name: string, args: HardenedDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:HardenedDatabase", name, {}, opts);
    validateDatabase(name, args);
    const context = buildContext(name, args, this);
    const net = network(context);
    const groups = databaseGroups(context, net);
    const made = cluster(context, net, groups.databaseSecurityGroupId);
    const egress = egressFirewall(context, net);
    const endpointGroups = endpoints(context, egress === undefined ? net : withRoutes(net, egress.routeTableIds));
    internals.set(this, { name, endpointGroups, kmsKeyArn: args.kmsKeyArn });

    this.clusterIdentifier = made.clusterIdentifier;
    this.clusterArn = made.arn;
    this.clusterResourceId = made.clusterResourceId;
    this.clusterEndpoint = made.endpoint;
    this.readerEndpoint = made.readerEndpoint;
    this.port = made.port;
    this.databaseName = made.databaseName;
    this.masterUsername = made.masterUsername;
    this.masterSecretArn = masterSecret(name, made);
    this.auditLogGroupName = made.clusterIdentifier.apply((cluster) => logGroupName(cluster, "audit"));
    this.vpcId = net.vpcId;
    this.subnetIds = net.subnetIds;
    this.databaseSecurityGroupId = groups.databaseSecurityGroupId;
    this.clientSecurityGroupId = groups.clientSecurityGroupId;
    this.endpointClientSecurityGroupIds = pulumi.output(endpointGroups);
    if (egress !== undefined) {
      this.egressSubnetIds = egress.subnetIds;
      this.egressSecurityGroupId = egress.securityGroupId;
    }
    this.registerOutputs({
      clusterIdentifier: this.clusterIdentifier,
      clusterArn: this.clusterArn,
      clusterResourceId: this.clusterResourceId,
      clusterEndpoint: this.clusterEndpoint,
      readerEndpoint: this.readerEndpoint,
      port: this.port,
      databaseName: this.databaseName,
      masterUsername: this.masterUsername,
      masterSecretArn: this.masterSecretArn,
      auditLogGroupName: this.auditLogGroupName,
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
      databaseSecurityGroupId: this.databaseSecurityGroupId,
      clientSecurityGroupId: this.clientSecurityGroupId,
      endpointClientSecurityGroupIds: this.endpointClientSecurityGroupIds,
      ...(egress !== undefined && {
        egressSubnetIds: this.egressSubnetIds,
        egressSecurityGroupId: this.egressSecurityGroupId,
      }),
    });
  }

  /**
   * The statement that lets a role connect as one database user with an IAM token, and as no other.
   *
   * @param user Name of the database user, which migrations create.
   * @throws PalisadeError when the name is no user's: `*` would be every user, the master user included.
   */
  connectStatement(user: string): PolicyStatement {
    return connectStatement(stateOf(this).name, this.clusterArn, this.clusterResourceId, user);
  }

  /** The statements that let a role read the master user's password: for the migrations function alone. */
  masterSecretStatements(): PolicyStatement[] {
    return masterSecretStatements(this.masterSecretArn, stateOf(this).kmsKeyArn);
  }

  /**
   * Where a function that uses the database is placed: the isolated subnets, with the client's security group and those of
   * the endpoints it needs.
   *
   * @param endpointKeys Switches of `endpoints` (`secretsManager`, `dynamodb`, `kms`, `verifiedPermissions`).
   * @throws PalisadeError when an endpoint is not switched on.
   */
  placement(...endpointKeys: string[]): NetworkPlacement {
    const groups = endpointGroupsOf(this, endpointKeys);
    return { subnetIds: this.subnetIds, securityGroupIds: [this.clientSecurityGroupId, ...groups] };
  }

  /**
   * Where a function is placed that uses the database and reaches the domains of `egressFirewall`: the subnets whose way out leads through
   * the firewall, with the security groups of both and those of the endpoints it needs.
   *
   * @param endpointKeys Switches of `endpoints` (`secretsManager`, `dynamodb`, `kms`, `verifiedPermissions`).
   * @throws PalisadeError without `egressFirewall`, or when an endpoint is not switched on.
   */
  egressPlacement(...endpointKeys: string[]): NetworkPlacement {
    const { egressSubnetIds, egressSecurityGroupId } = this;
    if (egressSubnetIds === undefined || egressSecurityGroupId === undefined) {
      throw invalid({
        component: "HardenedDatabase",
        name: stateOf(this).name,
        property: "egressFirewall",
        receivedText: "not given, but a function is placed to use it",
        allowed: "{ allowedDomains, confirmPriceOf290DollarsAMonthForEachZone }",
        fix: "give egressFirewall, or place the function by placement(), which has no way out",
      });
    }
    const groups = endpointGroupsOf(this, endpointKeys);
    return {
      subnetIds: egressSubnetIds,
      securityGroupIds: [this.clientSecurityGroupId, egressSecurityGroupId, ...groups],
    };
  }
}

/** The security groups of endpoints that are switched on. */
function endpointGroupsOf(database: HardenedDatabase, endpointKeys: string[]): pulumi.Output<string>[] {
  const { name, endpointGroups } = stateOf(database);
  return endpointKeys.map((key) => {
    const group = endpointGroups[key];
    if (group !== undefined) return group;
    throw invalid({
      component: "HardenedDatabase",
      name,
      property: `endpoints.${key}`,
      receivedText: "not switched on, but a function is placed to use it",
      allowed: `in placement(): ${Object.keys(endpointGroups).join(", ") || "no endpoint"}`,
      fix: `set endpoints.${key} to true, or leave it out of placement()`,
    });
  });
}

/** A network with further route tables for the endpoint of DynamoDB, which stays within AWS, past the firewall and its price. */
function withRoutes(net: Network, more: pulumi.Output<string>[]): Network {
  const routeTableIds = pulumi.all([net.routeTableIds, pulumi.all(more)]).apply(([own, added]) => [...own, ...added]);
  return { ...net, routeTableIds };
}

function stateOf(database: HardenedDatabase): Internals {
  const state = internals.get(database);
  if (state === undefined) throw new Error("HardenedDatabase: its constructor did not end");
  return state;
}
