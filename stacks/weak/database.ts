import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export const DATABASE_NAME = "palisade";
export const DATABASE_USER = "admin";

/** WEAK: Aurora on the public internet, unencrypted, its master password in plain text. */
export function createDatabase(password: string) {
  const openToAll = new aws.ec2.SecurityGroup("weak-database", {
    description: "MySQL from anywhere",
    ingress: [{ protocol: "tcp", fromPort: 3306, toPort: 3306, cidrBlocks: ["0.0.0.0/0"] }],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const cluster = new aws.rds.Cluster("weak-database", {
    engine: "aurora-mysql",
    databaseName: DATABASE_NAME,
    masterUsername: DATABASE_USER,
    masterPassword: password,
    storageEncrypted: false,
    backupRetentionPeriod: 1,
    skipFinalSnapshot: true,
    vpcSecurityGroupIds: [openToAll.id],
  });
  const instance = new aws.rds.ClusterInstance("weak-database-1", {
    clusterIdentifier: cluster.id,
    engine: "aurora-mysql",
    instanceClass: "db.t3.medium",
    publiclyAccessible: true,
  });
  const environment = {
    DATABASE_HOST: cluster.endpoint,
    DATABASE_PORT: pulumi.interpolate`${cluster.port}`,
    DATABASE_NAME,
    DATABASE_USER,
    DATABASE_PASSWORD: password,
  };
  return { cluster, instance, environment };
}
