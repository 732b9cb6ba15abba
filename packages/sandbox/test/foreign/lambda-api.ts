import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A counter: an API with one proxy route, a function, and a table, with the managed policies that examples use. */
export function lambdaApi() {
  const table = new aws.dynamodb.Table("counter", {
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    readCapacity: 5,
    writeCapacity: 5,
  });
  const role = new aws.iam.Role("function", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("function", { role, policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole });
  new aws.iam.RolePolicy("table", {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["dynamodb:UpdateItem", "dynamodb:PutItem", "dynamodb:GetItem"],
          Resource: table.arn,
        },
      ],
    }),
  });
  const handler = new aws.lambda.Function("counter", {
    runtime: "nodejs22.x",
    handler: "index.handler",
    role: role.arn,
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => 1;"),
    }),
    environment: { variables: { TABLE: table.name } },
  });
  const api = new aws.apigateway.RestApi("counter");
  const resource = new aws.apigateway.Resource("any", {
    restApi: api.id,
    parentId: api.rootResourceId,
    pathPart: "{proxy+}",
  });
  const method = new aws.apigateway.Method("any", {
    restApi: api.id,
    resourceId: resource.id,
    httpMethod: "ANY",
    authorization: "NONE",
  });
  const integration = new aws.apigateway.Integration("any", {
    restApi: api.id,
    resourceId: resource.id,
    httpMethod: method.httpMethod,
    integrationHttpMethod: "POST",
    type: "AWS_PROXY",
    uri: handler.invokeArn,
  });
  const deployment = new aws.apigateway.Deployment("counter", { restApi: api.id }, { dependsOn: [integration] });
  const stage = new aws.apigateway.Stage("dev", { restApi: api.id, deployment: deployment.id, stageName: "dev" });
  new aws.lambda.Permission("counter", {
    action: "lambda:InvokeFunction",
    function: handler.name,
    principal: "apigateway.amazonaws.com",
    sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
  });
  return { url: stage.invokeUrl };
}
