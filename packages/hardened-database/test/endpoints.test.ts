import type { Recording } from "@palisade/testing";
import { expect, test } from "vitest";
import { recordDatabase } from "./support.ts";

/** Every rule, as `from -> to : port`. */
function rules<T>(recording: Recording<T>): string[] {
  const short = (id: unknown) => String(id).replace(/^sg-db-|-security-group$/g, "");
  const found = recording.resources.flatMap(({ type, inputs }) => {
    const peer = short(inputs.referencedSecurityGroupId ?? inputs.prefixListId ?? inputs.cidrIpv4);
    const own = short(inputs.securityGroupId);
    const ports = `${inputs.ipProtocol} ${inputs.fromPort}-${inputs.toPort}`;
    if (type.endsWith(":SecurityGroupIngressRule")) return [`in ${peer} -> ${own} ${ports}`];
    if (type.endsWith(":SecurityGroupEgressRule")) return [`out ${own} -> ${peer} ${ports}`];
    return [];
  });
  // Resources are registered in the order in which their inputs resolve.
  return found.sort();
}

test("the database admits its clients only; each client group reaches one thing on one port", async () => {
  const recording = await recordDatabase();
  expect(rules(recording)).toEqual([
    "in client -> database tcp 13306-13306",
    "in secrets-manager-client -> secrets-manager-endpoint tcp 443-443",
    "out client -> database tcp 13306-13306",
    "out dynamodb-client -> pl-dynamodb tcp 443-443",
    "out secrets-manager-client -> secrets-manager-endpoint tcp 443-443",
  ]);
  for (const { inputs } of recording.all("aws:ec2/securityGroup:SecurityGroup")) {
    expect(inputs).not.toHaveProperty("ingress");
    expect(inputs).not.toHaveProperty("egress");
  }
});

test("Secrets Manager's endpoint has one address, a private name, and serves this account only", async () => {
  const recording = await recordDatabase();
  const { inputs } = recording.one("aws:ec2/vpcEndpoint:VpcEndpoint", "db-secrets-manager-endpoint");
  const [subnet] = recording.one("awsx:ec2:Vpc").outputs.isolatedSubnetIds as string[];
  expect(inputs).toMatchObject({
    vpcEndpointType: "Interface",
    serviceName: "com.amazonaws.eu-central-1.secretsmanager",
    subnetIds: [subnet],
    securityGroupIds: ["sg-db-secrets-manager-endpoint-security-group"],
    privateDnsEnabled: true,
  });
  expect(JSON.parse(String(inputs.policy)).Statement).toEqual([
    {
      Sid: "SameAccount",
      Effect: "Allow",
      Principal: "*",
      Action: "*",
      Resource: "*",
      Condition: {
        StringEquals: { "aws:PrincipalAccount": "111122223333", "aws:ResourceAccount": "111122223333" },
      },
    },
  ]);
});

test("DynamoDB's endpoint is a gateway on the isolated route tables, for this account only", async () => {
  const { inputs } = (await recordDatabase()).one("aws:ec2/vpcEndpoint:VpcEndpoint", "db-dynamodb-endpoint");
  expect(inputs).toMatchObject({
    vpcEndpointType: "Gateway",
    serviceName: "com.amazonaws.eu-central-1.dynamodb",
    routeTableIds: ["rtb-a", "rtb-b"],
  });
  expect(JSON.parse(String(inputs.policy)).Statement[0].Condition.StringEquals).toEqual({
    "aws:PrincipalAccount": "111122223333",
    "aws:ResourceAccount": "111122223333",
  });
});

test("each endpoint is a switch", async () => {
  const none = await recordDatabase({ endpoints: { secretsManager: false, dynamodb: false } });
  expect(none.count("aws:ec2/vpcEndpoint:VpcEndpoint")).toBe(0);
  expect(
    none
      .all("aws:ec2/securityGroup:SecurityGroup")
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["db-client-security-group", "db-database-security-group"]);

  const all = await recordDatabase({ endpoints: { kms: true, verifiedPermissions: true, availabilityZones: 2 } });
  expect(
    all
      .all("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(({ inputs }) => inputs.serviceName)
      .sort(),
  ).toEqual([
    "com.amazonaws.eu-central-1.dynamodb",
    "com.amazonaws.eu-central-1.kms",
    "com.amazonaws.eu-central-1.secretsmanager",
    "com.amazonaws.eu-central-1.verifiedpermissions",
  ]);
  expect(all.one("aws:ec2/vpcEndpoint:VpcEndpoint", "db-kms-endpoint").inputs.subnetIds).toHaveLength(2);
});
