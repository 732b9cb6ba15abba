import { UNKNOWN } from "@palisade/policy-pack";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { previewStage } from "../src/preview.ts";
import { terraformAddress, terraformPlan, terraformType } from "../src/preview-terraform.ts";

/** Terraform's names, as its provider's documentation has them (registry.terraform.io/providers/hashicorp/aws/latest/docs). */
test.each([
  ["aws:s3/bucket:Bucket", "aws_s3_bucket"],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws_s3_bucket_server_side_encryption_configuration",
  ],
  ["aws:s3/bucketObjectv2:BucketObjectv2", "aws_s3_object"],
  ["aws:apigateway/restApi:RestApi", "aws_api_gateway_rest_api"],
  ["aws:apigatewayv2/route:Route", "aws_apigatewayv2_route"],
  ["aws:ec2/securityGroup:SecurityGroup", "aws_security_group"],
  ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "aws_vpc_security_group_egress_rule"],
  ["aws:rds/cluster:Cluster", "aws_rds_cluster"],
  ["aws:rds/subnetGroup:SubnetGroup", "aws_db_subnet_group"],
  ["aws:cfg/recorder:Recorder", "aws_config_configuration_recorder"],
  ["aws:cloudwatch/logGroup:LogGroup", "aws_cloudwatch_log_group"],
  ["aws:wafv2/webAcl:WebAcl", "aws_wafv2_web_acl"],
])("%s is %s", (type, name) => {
  expect(terraformType(type)).toBe(name);
  expect(terraformAddress(type, "a b.c-d")).toBe(`${name}.a_b_c-d`);
});

test("what is no resource of AWS's provider has no name", () => {
  expect(["awsx:ec2:Vpc", "random:index/id:Id", "palisade:index:Thing"].map(terraformType)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(terraformAddress("awsx:ec2:Vpc", "network")).toBeUndefined();
});

const byAddress = async (program: () => unknown) => {
  const { terraform } = await previewStage({ stage: "prod", config: {}, program });
  const { planned_values, resource_changes, configuration } = terraform.plan;
  const values = Object.fromEntries(planned_values.root_module.resources.map((each) => [each.address, each.values]));
  const expressions = Object.fromEntries(
    configuration.root_module.resources.map((each) => [each.address, each.expressions]),
  );
  expect(resource_changes.map(({ address, change }) => [address, change])).toEqual(
    Object.entries(values).map(([address, after]) => [address, { actions: ["create"], before: null, after }]),
  );
  return { values, expressions, left: terraform.left };
};

test("blocks, lists, maps and names are written as Terraform writes them", async () => {
  const { values, expressions, left } = await byAddress(() => {
    new aws.s3.BucketLifecycleConfiguration("life", {
      bucket: "shop",
      rules: [{ id: "all", status: "Enabled", expiration: { days: 30 } }],
    });
    new aws.lambda.Function("orders", {
      name: "orders",
      role: "arn:aws:iam::123456789012:role/orders",
      code: new pulumi.asset.AssetArchive({}),
      environment: { variables: { someKey: "a" } },
      tags: { "palisade:Name": "orders" },
    });
    new aws.wafv2.WebAclLoggingConfiguration("log", {
      logDestinationConfigs: ["arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-a"],
      resourceArn: "arn",
      redactedFields: [{ singleHeader: { name: "cookie" } }],
    });
  });
  expect(values).toEqual({
    "aws_s3_bucket_lifecycle_configuration.life": {
      bucket: "shop",
      rule: [{ id: "all", status: "Enabled", expiration: [{ days: 30 }] }],
    },
    "aws_lambda_function.orders": {
      function_name: "orders",
      role: "arn:aws:iam::123456789012:role/orders",
      filename: "(a file)",
      environment: [{ variables: { someKey: "a" } }],
      tags: { "palisade:Name": "orders" },
    },
    "aws_wafv2_web_acl_logging_configuration.log": {
      log_destination_configs: ["arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-a"],
      resource_arn: "arn",
      redacted_fields: [{ single_header: [{ name: "cookie" }] }],
    },
  });
  expect(Object.values(expressions)).toEqual([{}, {}, {}]);
  expect(left).toEqual([]);
});

test("what only AWS knows is left out and refers to its resource; a document that holds it has a made-up one in it", async () => {
  const { values, expressions } = await byAddress(() => {
    const bucket = new aws.s3.Bucket("logs", {});
    const key = new aws.kms.Key("key", {});
    const group = new aws.ec2.SecurityGroup("group", {});
    new aws.s3.BucketVersioning("versions", { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } });
    new aws.s3.BucketServerSideEncryptionConfiguration("encryption", {
      bucket: bucket.bucket,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } }],
    });
    new aws.iam.RolePolicy("reads", {
      role: "reader",
      policy: pulumi.jsonStringify({ Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: bucket.arn }] }),
    });
    new aws.lambda.Function("reader", {
      role: "role",
      vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1", group.id] },
      environment: { variables: { BUCKET: bucket.bucket } },
    });
  });
  expect(values["aws_s3_bucket_versioning.versions"]).toEqual({ versioning_configuration: [{ status: "Enabled" }] });
  expect(expressions["aws_s3_bucket_versioning.versions"]).toEqual({
    bucket: { references: ["aws_s3_bucket.logs.id", "aws_s3_bucket.logs"] },
  });
  expect(values["aws_s3_bucket_server_side_encryption_configuration.encryption"]).toEqual({
    rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }],
  });
  expect(expressions["aws_s3_bucket_server_side_encryption_configuration.encryption"]?.rule).toEqual([
    {
      apply_server_side_encryption_by_default: [
        { kms_master_key_id: { references: ["aws_kms_key.key.id", "aws_kms_key.key"] } },
      ],
    },
  ]);
  const { policy } = values["aws_iam_role_policy.reads"] as { policy: string };
  expect(JSON.parse(policy).Statement[0].Resource).toMatch(/^arn:aws:s3:::logs-[0-9a-f]{7}$/);
  expect(values["aws_lambda_function.reader"]).toEqual({
    role: "role",
    vpc_config: [{ subnet_ids: ["subnet-1"], security_group_ids: ["sg-1", null] }],
    environment: [{ variables: { BUCKET: null } }],
  });
  expect(expressions["aws_lambda_function.reader"]?.vpc_config).toEqual([
    { security_group_ids: { references: ["aws_security_group.group.id", "aws_security_group.group"] } },
  ]);
});

test("what cannot be exported is told; a value that comes from nowhere is left out", () => {
  const vpc = { type: "awsx:ec2:Vpc", name: "network", urn: "urn:1", props: {} };
  const topic = {
    type: "aws:sns/topic:Topic",
    name: "topic",
    urn: "urn:2",
    props: { kmsMasterKeyId: UNKNOWN, fifoTopic: null },
  };
  const { plan, left } = terraformPlan([topic, vpc], []);
  expect(left).toEqual([
    {
      type: "awsx:ec2:Vpc",
      name: "network",
      reason:
        "Terraform has no such resource: it is Pulumi's own, or a component whose children only its provider knows",
    },
  ]);
  expect(plan.planned_values.root_module.resources.map(({ values }) => values)).toEqual([{ fifo_topic: null }]);
  expect(plan.configuration.root_module.resources.map(({ expressions }) => expressions)).toEqual([{}]);
});
