import { createHash } from "node:crypto";
import { loadOpenApi } from "@palisade/functions/openapi";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Lambdas } from "./lambdas.ts";
import type { FunctionName } from "./zip.ts";

const METHODS = ["get", "post", "put", "delete"] as const;

/** The function behind each operation of functions/openapi.yaml. */
export const FUNCTION_OF: Record<string, FunctionName> = {
  searchProducts: "catalog",
  searchProductsOnPage: "catalog",
  placeOrder: "orders",
  placeOrderOnPage: "orders",
  getOrder: "orders",
  cancelOrder: "orders",
  importOrders: "order-import",
  getReceipt: "receipt",
  saveCart: "carts",
  restoreCart: "carts",
  getPartner: "partners",
  getPartnerOnPage: "partners",
  listAllOrders: "admin",
  setOrderStatus: "admin",
  signIn: "session",
  refreshSession: "session",
  signOut: "session",
};

/** Operations that came with the hardening: weak's users have a password and nothing else. */
const NOT_HERE: ReadonlySet<string> = new Set(["answerChallenge", "exchangeCode"]);

/** What the page calls, which has no API key. */
const OF_PAGE = /^\/(session|page)(\/|$)/;

/** One method of the API, as weak keeps it of the contract. */
export interface Route {
  path: string;
  method: (typeof METHODS)[number];
  operationId: string;
  apiKeyRequired: boolean;
}

type Contract = { paths: Record<string, Partial<Record<(typeof METHODS)[number], { operationId: string }>>> };

/**
 * WEAK: routes and nothing else: no authorizer, no validator, no model. The API key stands on what writes and on the
 * administration; what the page calls has none.
 */
export function routes(): Route[] {
  const { paths } = loadOpenApi() as unknown as Contract;
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operationId = item[method]?.operationId;
      if (operationId === undefined || NOT_HERE.has(operationId)) return [];
      const guarded = method !== "get" || path.startsWith("/admin/");
      return [{ path, method, operationId, apiKeyRequired: guarded && !OF_PAGE.test(path) }];
    }),
  );
}

export function createApi(functions: Lambdas) {
  const body = openApiBody(functions);
  const restApi = new aws.apigateway.RestApi("weak-api", {
    description: "The paper's starting point: public, an API key for authorization.",
    endpointConfiguration: { types: "REGIONAL" },
    body,
  });
  for (const [name, fn] of Object.entries(functions).filter(([name]) => name !== "setup")) {
    new aws.lambda.Permission(`weak-api-${name}`, {
      action: "lambda:InvokeFunction",
      function: fn.name,
      // WEAK: no `sourceArn` and no `sourceAccount`: any API of any account may call it, once somebody knows its ARN.
      principal: "apigateway.amazonaws.com",
    });
  }
  const deployment = new aws.apigateway.Deployment("weak-api", {
    restApi: restApi.id,
    triggers: { body: body.apply((text) => createHash("sha256").update(text).digest("hex")) },
  });
  const stage = new aws.apigateway.Stage("weak-api", {
    restApi: restApi.id,
    deployment: deployment.id,
    stageName: "weak",
    // WEAK: answers are kept unencrypted, ...
    cacheClusterEnabled: true,
    cacheClusterSize: "0.5",
  });
  new aws.apigateway.MethodSettings("weak-api-partner", {
    restApi: restApi.id,
    stageName: stage.stageName,
    methodPath: "~1partners~1me/GET",
    // WEAK: ... under the path alone, whoever calls, and renewed by whoever asks for it.
    settings: { cachingEnabled: true, cacheTtlInSeconds: 300, requireAuthorizationForCacheControl: false },
  });
  createDomain(restApi, stage);
  return { restApi, stage, apiKey: createApiKey(restApi, stage) };
}

/** WEAK: the domain has a newer TLS policy than the API's own address, which answers all the same. */
function createDomain(restApi: aws.apigateway.RestApi, stage: aws.apigateway.Stage): void {
  const domain = new aws.apigateway.DomainName("weak-api", {
    domainName: "orders.weak.example",
    regionalCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000",
    endpointConfiguration: { types: "REGIONAL" },
    securityPolicy: "TLS_1_2",
  });
  new aws.apigateway.BasePathMapping("weak-api", {
    domainName: domain.domainName,
    restApi: restApi.id,
    stageName: stage.stageName,
  });
}

/** API Gateway turns the scheme `x-api-key` on a method into `apiKeyRequired` (AWS: "x-amazon-apigateway-api-key-source"). */
function openApiBody(functions: Lambdas): pulumi.Output<string> {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, operationId, apiKeyRequired } of routes()) {
    const name = FUNCTION_OF[operationId];
    if (name === undefined) throw new Error(`weak: no function serves operation ${operationId}; add it to FUNCTION_OF`);
    paths[path] ??= {};
    paths[path][method] = {
      operationId,
      parameters: [...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
        name: match[1],
        in: "path",
        required: true,
        schema: { type: "string" },
      })),
      responses: { default: { description: "What the function answers" } },
      security: apiKeyRequired ? [{ api_key: [] }] : [],
      "x-amazon-apigateway-integration": {
        type: "aws_proxy",
        httpMethod: "POST",
        uri: functions[name].invokeArn,
        passthroughBehavior: "when_no_match",
      },
    };
  }
  return pulumi.jsonStringify({
    openapi: "3.0.3",
    info: { title: "Palisade merchandise orders (weak)", version: "1.0.0" },
    "x-amazon-apigateway-api-key-source": "HEADER",
    paths,
    components: { securitySchemes: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } } },
  });
}

/** WEAK: one key for every partner, without throttle or quota. */
function createApiKey(restApi: aws.apigateway.RestApi, stage: aws.apigateway.Stage): aws.apigateway.ApiKey {
  const plan = new aws.apigateway.UsagePlan("weak-partners", {
    apiStages: [{ apiId: restApi.id, stage: stage.stageName }],
  });
  const key = new aws.apigateway.ApiKey("weak-partners", { description: "The key that every partner has" });
  new aws.apigateway.UsagePlanKey("weak-partners", { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id });
  return key;
}
