import { expect, test } from "vitest";
import { recordDatabase } from "./support.ts";

test("the VPC has isolated subnets in two zones and no way out", async () => {
  const { tags: _, ...inputs } = (await recordDatabase()).one("awsx:ec2:Vpc").inputs;
  expect(inputs).toEqual({
    cidrBlock: "10.64.0.0/20",
    enableDnsHostnames: true,
    enableDnsSupport: true,
    natGateways: { strategy: "None" },
    numberOfAvailabilityZones: 2,
    subnetSpecs: [{ type: "Isolated" }],
    subnetStrategy: "Auto",
  });
});

test("the default security group has no rule", async () => {
  const recording = await recordDatabase();
  expect(recording.one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs).toMatchObject({
    vpcId: recording.one("awsx:ec2:Vpc").outputs.vpcId,
    ingress: [],
    egress: [],
  });
});

test("the range and the zones can be chosen", async () => {
  const recording = await recordDatabase({ cidrBlock: "10.9.0.0/16", availabilityZones: 3 });
  expect(recording.one("awsx:ec2:Vpc").inputs).toMatchObject({
    cidrBlock: "10.9.0.0/16",
    numberOfAvailabilityZones: 3,
  });
});

test("the log of the traffic has the key that is given", async () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
  const group = async (args: object) =>
    (await recordDatabase(args)).one("aws:cloudwatch/logGroup:LogGroup", "db-flow-log-group").inputs;

  expect(await group({ kmsKeyArn })).toMatchObject({ kmsKeyId: kmsKeyArn });
  expect(await group({})).not.toHaveProperty("kmsKeyId");
});

test("every security group is in the network", async () => {
  const recording = await recordDatabase({ endpoints: { kms: true, verifiedPermissions: true } });
  const groups = recording.all("aws:ec2/securityGroup:SecurityGroup");

  expect(groups.length).toBe(9);
  for (const { name, inputs } of groups) {
    expect(inputs.vpcId, name).toBe(recording.one("awsx:ec2:Vpc").outputs.vpcId);
  }
});

test("all traffic is logged, by a role that AWS assumes for this account only and that cannot make log groups", async () => {
  const recording = await recordDatabase({
    permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
    logRetentionDays: 7,
  });
  const role = recording.one("aws:iam/role:Role", "db-flow-log-role");
  const group = recording.one("aws:cloudwatch/logGroup:LogGroup", "db-flow-log-group");
  expect(recording.one("aws:ec2/flowLog:FlowLog").inputs).toMatchObject({
    vpcId: recording.one("awsx:ec2:Vpc").outputs.vpcId,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: group.outputs.arn,
    iamRoleArn: role.outputs.arn,
    maxAggregationInterval: 600,
  });
  expect(group.inputs).toMatchObject({ name: "/palisade/shop-dev/db/flow", retentionInDays: 7 });
  expect(role.inputs.permissionsBoundary).toBe("arn:aws:iam::111122223333:policy/boundary");
  expect(role.inputs.tags).toMatchObject({
    "palisade:lowered:wildcard-FindLogGroup": "DescribeLogGroups has no narrower resource",
  });
  expect(JSON.parse(String(role.inputs.assumeRolePolicy)).Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    },
  ]);
  expect(JSON.parse(String(recording.one("aws:iam/rolePolicy:RolePolicy").inputs.policy)).Statement).toEqual([
    {
      Sid: "WriteFlowLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
      Resource: [group.outputs.arn, `${group.outputs.arn}:*`],
    },
    { Sid: "FindLogGroup", Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] },
  ]);
});

test("flow logs can be left to somebody else", async () => {
  const recording = await recordDatabase({ flowLogs: false });
  expect(recording.count("aws:ec2/flowLog:FlowLog")).toBe(0);
  expect(recording.all("aws:iam/role:Role").map(({ name }) => name)).toEqual(["db-monitoring-role"]);
});

test("an existing network is used as it is", async () => {
  const recording = await recordDatabase({
    existingNetwork: { vpcId: "vpc-theirs", subnetIds: ["subnet-1", "subnet-2"], routeTableIds: ["rtb-theirs"] },
  });
  for (const type of ["awsx:ec2:Vpc", "aws:ec2/flowLog:FlowLog", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"]) {
    expect(recording.count(type), type).toBe(0);
  }
  expect(recording.one("aws:rds/subnetGroup:SubnetGroup").inputs.subnetIds).toEqual(["subnet-1", "subnet-2"]);
  expect(recording.one("aws:ec2/vpcEndpoint:VpcEndpoint", "db-dynamodb-endpoint").inputs).toMatchObject({
    vpcId: "vpc-theirs",
    routeTableIds: ["rtb-theirs"],
  });
  expect(recording.one("palisade:index:HardenedDatabase").outputs.vpcId).toBe("vpc-theirs");
});

test("an existing network without route tables does without the DynamoDB endpoint", async () => {
  const recording = await recordDatabase({
    existingNetwork: { vpcId: "vpc-theirs", subnetIds: ["subnet-1", "subnet-2"] },
    endpoints: { dynamodb: false },
  });
  expect(recording.all("aws:ec2/vpcEndpoint:VpcEndpoint").map(({ name }) => name)).toEqual([
    "db-secrets-manager-endpoint",
  ]);
});
