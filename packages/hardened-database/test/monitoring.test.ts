import { expect, test } from "vitest";
import { recordDatabase } from "./support.ts";

test("Enhanced Monitoring's role is assumed for this cluster's instances only and has AWS's policy for it", async () => {
  const recording = await recordDatabase({
    permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
    monitoringIntervalSeconds: 15,
  });
  const role = recording.one("aws:iam/role:Role", "db-monitoring-role");
  expect(role.inputs.permissionsBoundary).toBe("arn:aws:iam::111122223333:policy/boundary");
  expect(JSON.parse(String(role.inputs.assumeRolePolicy)).Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "monitoring.rds.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": "arn:aws:rds:eu-central-1:111122223333:db:shop-dev-db-*" },
      },
    },
  ]);
  const attachment = recording.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  expect(attachment.inputs).toEqual({
    role: role.outputs.name,
    policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
  });
  for (const instance of recording.all("aws:rds/clusterInstance:ClusterInstance")) {
    expect(instance.inputs.monitoringInterval).toBe(15);
    // The instance waits for the policy, through its role's ARN.
    expect(instance.options.dependsOn).toContain(attachment.urn);
  }
});

test("nobody is told by default, the topic of failures and maintenance when there is one", async () => {
  expect((await recordDatabase()).count("aws:rds/eventSubscription:EventSubscription")).toBe(0);
  const topic = "arn:aws:sns:eu-central-1:111122223333:alarms";
  const recording = await recordDatabase({ alarmTopicArn: topic });
  const cluster = recording.one("aws:rds/cluster:Cluster");
  const instances = recording.all("aws:rds/clusterInstance:ClusterInstance");
  expect(
    recording
      .all("aws:rds/eventSubscription:EventSubscription")
      .map(({ inputs }) => [inputs.snsTopic, inputs.sourceType, inputs.sourceIds, inputs.eventCategories]),
  ).toEqual([
    [topic, "db-cluster", [cluster.id], ["failover", "failure", "maintenance"]],
    [topic, "db-instance", instances.map(({ id }) => id), ["configuration change", "failure", "maintenance"]],
  ]);
});
