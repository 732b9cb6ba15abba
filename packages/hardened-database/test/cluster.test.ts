import { describe, expect, test } from "vitest";
import { recordDatabase } from "./support.ts";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/one";

test("the cluster is encrypted, protected, audited and entered with IAM tokens", async () => {
  const recording = await recordDatabase();
  const { inputs } = recording.one("aws:rds/cluster:Cluster");
  const { tags: _, dbClusterParameterGroupName, dbSubnetGroupName, ...rest } = inputs;
  expect(rest).toEqual({
    autoMinorVersionUpgrade: true,
    backupRetentionPeriod: 14,
    clusterIdentifier: "shop-dev-db",
    copyTagsToSnapshot: true,
    databaseInsightsMode: "standard",
    databaseName: "shop",
    deleteAutomatedBackups: false,
    deletionProtection: true,
    enableHttpEndpoint: false,
    enabledCloudwatchLogsExports: ["audit", "error", "iam-db-auth-error"],
    engine: "aurora-mysql",
    engineMode: "provisioned",
    engineVersion: "8.0.mysql_aurora.3.11.1",
    finalSnapshotIdentifier: "shop-dev-db-final",
    iamDatabaseAuthenticationEnabled: true,
    manageMasterUserPassword: true,
    masterUsername: "palisade_owner",
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: 7,
    port: 13306,
    serverlessv2ScalingConfiguration: { maxCapacity: 4, minCapacity: 0.5 },
    skipFinalSnapshot: false,
    storageEncrypted: true,
    vpcSecurityGroupIds: ["sg-db-database-security-group"],
  });
  expect(dbClusterParameterGroupName).toBe(
    recording.one("aws:rds/clusterParameterGroup:ClusterParameterGroup").outputs.name,
  );
  expect(dbSubnetGroupName).toBe(recording.one("aws:rds/subnetGroup:SubnetGroup").outputs.name);
});

test("the subnet group has the isolated subnets only", async () => {
  const recording = await recordDatabase();
  expect(recording.one("aws:rds/subnetGroup:SubnetGroup").inputs.subnetIds).toEqual(
    recording.one("awsx:ec2:Vpc").outputs.isolatedSubnetIds,
  );
});

test("the server demands TLS 1.2 or 1.3, reads no file of a client, and audits connections, users and definitions", async () => {
  const { inputs } = (await recordDatabase()).one("aws:rds/clusterParameterGroup:ClusterParameterGroup");
  expect(inputs.family).toBe("aurora-mysql8.0");
  expect(inputs.parameters).toEqual([
    { name: "require_secure_transport", value: "ON" },
    { name: "tls_version", value: "TLSv1.2,TLSv1.3", applyMethod: "pending-reboot" },
    { name: "local_infile", value: "0" },
    { name: "server_audit_logging", value: "1" },
    { name: "server_audit_events", value: "CONNECT,QUERY_DCL,QUERY_DDL" },
  ]);
});

test("the source of a Zero-ETL integration writes the enhanced binary log, with whole rows", async () => {
  const { inputs } = (await recordDatabase({ zeroEtl: true })).one(
    "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  );
  const applyMethod = "pending-reboot";
  expect((inputs.parameters as unknown[]).slice(5)).toEqual([
    { name: "aurora_enhanced_binlog", value: "1", applyMethod },
    { name: "binlog_backup", value: "0", applyMethod },
    { name: "binlog_format", value: "ROW", applyMethod },
    { name: "binlog_replication_globaldb", value: "0", applyMethod },
    { name: "binlog_row_image", value: "full", applyMethod },
    { name: "binlog_row_metadata", value: "full", applyMethod },
  ]);
});

test("the instances are private, monitored and minor versions are installed; the first is the writer", async () => {
  const recording = await recordDatabase();
  const [first, second] = recording.all("aws:rds/clusterInstance:ClusterInstance");
  const { tags: _, ...inputs } = first?.inputs ?? {};
  expect(inputs).toEqual({
    autoMinorVersionUpgrade: true,
    clusterIdentifier: recording.one("aws:rds/cluster:Cluster").id,
    copyTagsToSnapshot: true,
    engine: "aurora-mysql",
    identifier: "shop-dev-db-1",
    instanceClass: "db.serverless",
    monitoringInterval: 60,
    monitoringRoleArn: recording.one("aws:iam/role:Role", "db-monitoring-role").outputs.arn,
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: 7,
    promotionTier: 0,
    publiclyAccessible: false,
  });
  expect(second?.inputs).toMatchObject({ identifier: "shop-dev-db-2", promotionTier: 1 });
});

test("the log groups are there, with retention and key, before RDS would make its own", async () => {
  const recording = await recordDatabase({ logRetentionDays: 30, kmsKeyArn: KEY });
  const groups = recording
    .all("aws:cloudwatch/logGroup:LogGroup")
    .filter(({ inputs }) => String(inputs.name).startsWith("/aws/rds/"));
  expect(groups.map(({ inputs }) => [inputs.name, inputs.retentionInDays, inputs.kmsKeyId])).toEqual([
    ["/aws/rds/cluster/shop-dev-db/audit", 30, KEY],
    ["/aws/rds/cluster/shop-dev-db/error", 30, KEY],
    ["/aws/rds/cluster/shop-dev-db/iam-db-auth-error", 30, KEY],
  ]);
  const { dependsOn } = recording.one("aws:rds/cluster:Cluster").options;
  for (const { urn } of groups) expect(dependsOn).toContain(urn);
});

test("a key of the caller's encrypts the storage, the secret and the performance data", async () => {
  const recording = await recordDatabase({ kmsKeyArn: KEY });
  expect(recording.one("aws:rds/cluster:Cluster").inputs).toMatchObject({
    kmsKeyId: KEY,
    masterUserSecretKmsKeyId: KEY,
    performanceInsightsKmsKeyId: KEY,
  });
});

test.each([
  ["x".repeat(80), "dev"],
  ["Shop__of-", "dev--blue"],
])("RDS accepts the names of project %j and stack %j", async (project, stack) => {
  const recording = await recordDatabase({ instances: 16 }, { project, stack });
  const names = [
    recording.one("aws:rds/cluster:Cluster").inputs.clusterIdentifier,
    ...recording.all("aws:rds/clusterInstance:ClusterInstance").map(({ inputs }) => inputs.identifier),
  ];
  expect(names).toHaveLength(17);
  for (const identifier of names) expect(identifier).toMatch(/^(?=.{1,63}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
});

describe("what the options change", () => {
  test.each([
    [
      "a pausing cluster",
      { minCapacity: 0 },
      { serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 300 } },
    ],
    [
      "a pausing cluster with its own patience",
      { minCapacity: 0, secondsUntilAutoPause: 900, maxCapacity: 1 },
      { serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 1, secondsUntilAutoPause: 900 } },
    ],
    [
      "a least capacity above the default greatest",
      { minCapacity: 8 },
      { serverlessv2ScalingConfiguration: { minCapacity: 8, maxCapacity: 8 } },
    ],
    [
      "advanced insights",
      { advancedInsights: true },
      { databaseInsightsMode: "advanced", performanceInsightsRetentionPeriod: 465 },
    ],
    [
      "a deletable cluster",
      { allowDeletion: "a stage to try things on" },
      { deletionProtection: false, skipFinalSnapshot: true, deleteAutomatedBackups: true },
    ],
    [
      "its own names and version",
      { masterUsername: "keeper", port: 4000, engineVersion: "8.0.mysql_aurora.3.12.0", backupRetentionDays: 35 },
      { masterUsername: "keeper", port: 4000, engineVersion: "8.0.mysql_aurora.3.12.0", backupRetentionPeriod: 35 },
    ],
  ])("%s", async (_, args, expected) => {
    expect((await recordDatabase(args)).one("aws:rds/cluster:Cluster").inputs).toMatchObject(expected);
  });

  test("a deletable cluster names no final snapshot", async () => {
    const recording = await recordDatabase({ allowDeletion: "a stage to try things on" });
    expect(recording.one("aws:rds/cluster:Cluster").inputs.finalSnapshotIdentifier).toBeUndefined();
  });

  test("one instance with a reason, three when asked", async () => {
    const alone = await recordDatabase({ allowSingleInstance: "nobody waits for it" });
    expect(alone.count("aws:rds/clusterInstance:ClusterInstance")).toBe(1);
    const three = await recordDatabase({ instances: 3 });
    expect(three.all("aws:rds/clusterInstance:ClusterInstance").map(({ name }) => name)).toEqual([
      "db-instance-1",
      "db-instance-2",
      "db-instance-3",
    ]);
  });

  test("audited events", async () => {
    const recording = await recordDatabase({ auditEvents: ["CONNECT", "QUERY"] });
    expect(recording.one("aws:rds/clusterParameterGroup:ClusterParameterGroup").inputs.parameters).toContainEqual({
      name: "server_audit_events",
      value: "CONNECT,QUERY",
    });
  });
});
