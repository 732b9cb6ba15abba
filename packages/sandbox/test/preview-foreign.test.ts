import { expect, test } from "vitest";
import { previewStage } from "../src/preview.ts";
import { fargateService } from "./foreign/fargate-service.ts";
import { lambdaApi } from "./foreign/lambda-api.ts";
import { staticSite } from "./foreign/static-site.ts";

/** Programs that know nothing of Palisade, in the manner of pulumi/examples: every finding with the reason why it is right. */

test.each<[string, () => unknown, Record<string, string>, string[]]>([
  [
    "a static site",
    staticSite,
    {
      "s3-policy-public site 0": "its policy lets everyone read it, past CloudFront",
      "s3-public-access-block site": "it must be public for website hosting, and so says blockPublicAcls: false",
      "cloudfront-origin-https cdn site": "website hosting speaks HTTP alone, so CloudFront does",
      "cloudfront-web-acl cdn": "webAclId is not set",
      "s3-tls-only site": "its policy denies nothing",
      "cloudfront-logging cdn": "neither loggingConfig nor a delivery",
      "s3-access-logging site": "no BucketLogging",
      "s3-lifecycle site": "no lifecycle",
      "s3-versioning site": "no versioning (advisory)",
    },
    // The endpoint of website hosting is known when the bucket is there.
    ["cloudfront-function-access cdn"],
  ],
  [
    "a Fargate service",
    fargateService,
    {
      "ecr-scanning app": "scanOnPush is not set",
      "security-group-egress web 0.0.0.0/0": "egress of every protocol to everywhere",
      "ecr-immutable-tags app": "AWS's default is MUTABLE",
      "ecr-lifecycle app": "no LifecyclePolicy",
      // Not a finding: port 80 of a load balancer is open to everyone on purpose; load balancers and ECS are no part of this pack.
    },
    [],
  ],
  [
    "an API with Lambda and DynamoDB",
    lambdaApi,
    {
      "apigateway-method-authorization any": 'authorization: "NONE" on every method',
      "apigateway-method-validator any": "no validator",
      "apigateway-stage-access-log dev": "no accessLogSettings",
      "apigateway-stage-settings dev": "no MethodSettings: neither throttling nor execution logs",
      "apigateway-stage-web-acl dev": "no association",
      "apigateway-deployment-triggers counter": "no triggers: a change of the API stays undeployed",
      "dynamodb-deletion-protection counter": "deletionProtectionEnabled is not set",
      "dynamodb-recovery counter": "pointInTimeRecovery is not set",
      "dynamodb-scaling counter": "provisioned capacity without a scaling target",
      "lambda-log-group counter": "Lambda makes the log group, without retention",
      "apigateway-stage-tracing dev": "xrayTracingEnabled is not set",
      "lambda-tagged counter": "no tags (advisory)",
      "lambda-tracing counter": "tracingConfig is not set",
      // Not a finding: the role's statements name their actions and the table; the permission names the API.
    },
    [],
  ],
])("%s: exactly these findings, each for its reason", async (_what, program, findings, notEvaluated) => {
  const { policy } = await previewStage({ stage: "prod", config: {}, program });
  expect(policy.findings.map(({ rule, name, key }) => [rule, name, ...(key ? [key] : [])].join(" "))).toEqual(
    Object.keys(findings),
  );
  expect(policy.notEvaluated.map(({ rule, name }) => `${rule} ${name}`)).toEqual(notEvaluated);
});
