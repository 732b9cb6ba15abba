import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * The probe's one function: an authorizer that allows the token `allow`, an integration that says its request id, and on a
 * direct invocation the teller of the credentials that it was given.
 */
const CODE = `export const handler = async (event) => {
  if (event.type === "REQUEST") {
    const Effect = event.headers.authorization === "allow" ? "Allow" : "Deny";
    console.log(JSON.stringify({ probe: "authorizer", requestId: event.requestContext.requestId }));
    return {
      principalId: "probe",
      policyDocument: { Version: "2012-10-17", Statement: [{ Effect, Action: "execute-api:Invoke", Resource: "*" }] },
    };
  }
  if (event.tellCredentials) {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ENDPOINT_URL } = process.env;
    return { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ENDPOINT_URL, node: process.versions.node };
  }
  const { requestId } = event.requestContext;
  console.log(JSON.stringify({ probe: "integration", requestId }));
  return { statusCode: 200, body: JSON.stringify({ requestId }) };
};`;

/** A small stage with one of each thing whose enforcement is probed. */
export function probeProgram() {
  const role = new aws.iam.Role("probe", {
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
    },
  });
  const allowed = secret("allowed");
  const forbidden = secret("forbidden");
  new aws.iam.RolePolicy("probe", {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: allowed.arn }],
    }),
  });
  const logGroup = new aws.cloudwatch.LogGroup("probe", { name: "/palisade/probe" });
  const teller = new aws.lambda.Function("probe", {
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(CODE) }),
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
  });
  const body = teller.invokeArn.apply((invokeArn) => JSON.stringify(document(invokeArn)));
  const api = new aws.apigateway.RestApi("probe", { body });
  const closed = new aws.apigateway.RestApi("probe-closed", { body, disableExecuteApiEndpoint: true });
  const accessLog = new aws.cloudwatch.LogGroup("probe-access", { name: "/palisade/probe-access" });
  const live = stage("probe", api, accessLog);
  const closedLive = stage("probe-closed", closed, accessLog);
  new aws.apigateway.MethodSettings("probe", {
    restApi: api.id,
    stageName: live.stageName,
    methodPath: "~1throttled/GET",
    settings: { throttlingBurstLimit: 0, throttlingRateLimit: 0 },
  });
  return {
    restApiId: api.id,
    stageName: live.stageName,
    closedApiId: closed.id,
    closedStageName: closedLive.stageName,
    functionName: teller.name,
    logGroupName: logGroup.name,
    accessLogGroupName: accessLog.name,
    allowedSecretArn: allowed.arn,
    forbiddenSecretArn: forbidden.arn,
  };
}

function secret(name: string): aws.secretsmanager.Secret {
  const made = new aws.secretsmanager.Secret(`probe-${name}`, { recoveryWindowInDays: 0 });
  new aws.secretsmanager.SecretVersion(`probe-${name}`, { secretId: made.id, secretString: name });
  return made;
}

function stage(name: string, api: aws.apigateway.RestApi, log: aws.cloudwatch.LogGroup): aws.apigateway.Stage {
  const deployment = new aws.apigateway.Deployment(name, { restApi: api.id });
  return new aws.apigateway.Stage(name, {
    restApi: api.id,
    deployment: deployment.id,
    stageName: "live",
    accessLogSettings: { destinationArn: log.arn, format: '{"requestId":"$context.requestId"}' },
  });
}

function document(invokeArn: string): object {
  const operation = (extra: object = {}) => ({
    responses: { "200": { description: "ok" } },
    "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: invokeArn },
    ...extra,
  });
  return {
    openapi: "3.0.3",
    info: { title: "probe", version: "1" },
    paths: {
      "/open": { get: operation() },
      "/authorized": { get: operation({ security: [{ token: [] }] }) },
      "/keyed": { get: operation({ security: [{ key: [] }] }) },
      "/throttled": { get: operation() },
      "/validated": {
        post: operation({
          parameters: [{ name: "q", in: "query", required: true, schema: { type: "string" } }],
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Body" } } } },
          "x-amazon-apigateway-request-validator": "all",
        }),
      },
    },
    components: {
      schemas: {
        Body: { type: "object", required: ["n"], properties: { n: { type: "integer" } }, additionalProperties: false },
      },
      securitySchemes: {
        key: { type: "apiKey", name: "x-api-key", in: "header" },
        token: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "custom",
          "x-amazon-apigateway-authorizer": {
            type: "request",
            identitySource: "method.request.header.Authorization",
            authorizerUri: invokeArn,
            authorizerResultTtlInSeconds: 60,
          },
        },
      },
    },
    "x-amazon-apigateway-request-validators": {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
  };
}
