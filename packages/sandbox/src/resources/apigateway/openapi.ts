import { createHash } from "node:crypto";
import { SandboxError } from "../../errors.ts";

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is JSON of many shapes
type Json = any;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"] as const;

/** One method of the API, as `PutMethod` and `PutIntegration` want it. */
export interface PlannedMethod {
  path: string;
  httpMethod: string;
  operationName?: string;
  apiKeyRequired: boolean;
  /** NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS. */
  authorizationType: string;
  /** Name of the authorizer among the plan's. */
  authorizer?: string;
  authorizationScopes: string[];
  /** Name of the validator among the plan's. */
  validator?: string;
  /** Content type to model name. */
  requestModels: Record<string, string>;
  /** `method.request.querystring.q` to whether it is required. */
  requestParameters: Record<string, boolean>;
  /** The integration extension as it is written. */
  integration?: Json;
  /** Status code to (content type to model name). */
  responses: Record<string, Record<string, string>>;
}

/** What importing the document makes, in the terms of API Gateway's own API. */
export interface ApiPlan {
  /** Name to JSON schema. A reference to another model is `{ $ref: "model:<name>" }` until the API's id is known. */
  models: Record<string, Json>;
  authorizers: Record<string, Json>;
  validators: Record<string, { validateRequestBody: boolean; validateRequestParameters: boolean }>;
  methods: PlannedMethod[];
  gatewayResponses: Record<string, Json>;
  policy?: Json;
  binaryMediaTypes?: string[];
  apiKeySource?: string;
  minimumCompressionSize?: number;
}

/**
 * Reads an OpenAPI 3.0 document with API Gateway's extensions the way `ImportRestApi` does, which the emulator has not
 * (docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).
 *
 * @throws SandboxError for what this reading does not know, rather than leave it out.
 */
export function planApi(document: Json): ApiPlan {
  if (!/^3\.0\./.test(String(document?.openapi))) {
    throw new SandboxError(
      `The sandbox reads OpenAPI 3.0 bodies of a REST API, and this one says openapi: ${String(document?.openapi)}.`,
      "Write the document as OpenAPI 3.0.",
    );
  }
  const plan: ApiPlan = {
    models: {},
    authorizers: {},
    validators: {},
    methods: [],
    gatewayResponses: document["x-amazon-apigateway-gateway-responses"] ?? {},
    policy: document["x-amazon-apigateway-policy"],
    binaryMediaTypes: document["x-amazon-apigateway-binary-media-types"],
    apiKeySource: document["x-amazon-apigateway-api-key-source"],
    minimumCompressionSize: document["x-amazon-apigateway-minimum-compression-size"],
  };
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    plan.models[name] = modelSchema(schema);
  }
  for (const [name, validator] of Object.entries<Json>(document["x-amazon-apigateway-request-validators"] ?? {})) {
    plan.validators[name] = {
      validateRequestBody: validator.validateRequestBody === true,
      validateRequestParameters: validator.validateRequestParameters === true,
    };
  }
  for (const [name, scheme] of Object.entries<Json>(document.components?.securitySchemes ?? {})) {
    const authorizer = scheme["x-amazon-apigateway-authorizer"];
    if (authorizer) plan.authorizers[name] = { ...authorizer, header: scheme.name };
  }
  for (const [path, item] of Object.entries<Json>(document.paths ?? {})) {
    for (const key of METHODS) if (item[key]) plan.methods.push(planMethod(document, plan, path, key, item));
  }
  return plan;
}

function planMethod(
  document: Json,
  plan: ApiPlan,
  path: string,
  key: (typeof METHODS)[number],
  item: Json,
): PlannedMethod {
  const operation = item[key];
  const method: PlannedMethod = {
    path,
    httpMethod: key.startsWith("x-") ? "ANY" : key.toUpperCase(),
    operationName: operation.operationId,
    ...security(document, plan, operation),
    validator: operation["x-amazon-apigateway-request-validator"] ?? document["x-amazon-apigateway-request-validator"],
    requestModels: {},
    requestParameters: {},
    integration: operation["x-amazon-apigateway-integration"],
    responses: {},
  };
  if (method.validator && !plan.validators[method.validator]) {
    throw new SandboxError(
      `${method.httpMethod} ${path} names the request validator "${method.validator}", which the document does not define.`,
      `Define it in x-amazon-apigateway-request-validators (there: ${Object.keys(plan.validators).join(", ") || "none"}).`,
    );
  }
  for (const reference of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = follow(document, reference);
    const place = { query: "querystring", path: "path", header: "header" }[parameter.in as string];
    if (place) method.requestParameters[`method.request.${place}.${parameter.name}`] = parameter.required === true;
  }
  const body = operation.requestBody && follow(document, operation.requestBody);
  method.requestModels = models(plan, body?.content);
  for (const [status, reference] of Object.entries(operation.responses ?? {})) {
    if (/^\d{3}$/.test(status)) method.responses[status] = models(plan, follow(document, reference).content);
  }
  return method;
}

/** The models of a body by content type; a schema that is not a reference becomes a model named after its content. */
function models(plan: ApiPlan, content: Json): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [contentType, { schema }] of Object.entries<Json>(content ?? {})) {
    if (!schema) continue;
    const reference = /^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? "");
    if (reference?.[1]) {
      named[contentType] = reference[1];
      continue;
    }
    const digest = createHash("sha256").update(JSON.stringify(schema)).digest("hex").slice(0, 6);
    const name = `MODEL${digest}`;
    plan.models[name] = modelSchema(schema);
    named[contentType] = name;
  }
  return named;
}

function security(
  document: Json,
  plan: ApiPlan,
  operation: Json,
): Pick<PlannedMethod, "apiKeyRequired" | "authorizationType" | "authorizer" | "authorizationScopes"> {
  const method = { apiKeyRequired: false, authorizationType: "NONE", authorizationScopes: [] as string[] };
  const requirements: Record<string, string[]>[] = operation.security ?? document.security ?? [];
  let authorizer: string | undefined;
  for (const [name, scopes] of requirements.flatMap((requirement) => Object.entries(requirement))) {
    const scheme = document.components?.securitySchemes?.[name];
    if (!scheme) {
      throw new SandboxError(
        `${operation.operationId ?? "An operation"} requires the security scheme "${name}", which the document does not define.`,
        "Define it in components.securitySchemes.",
      );
    }
    if (plan.authorizers[name]) {
      authorizer = name;
      method.authorizationType = plan.authorizers[name].type === "cognito_user_pools" ? "COGNITO_USER_POOLS" : "CUSTOM";
      method.authorizationScopes = scopes;
    } else if (String(scheme["x-amazon-apigateway-authtype"]).toLowerCase() === "awssigv4") {
      method.authorizationType = "AWS_IAM";
    } else if (scheme.type === "apiKey" && scheme.in === "header" && /^x-api-key$/i.test(scheme.name)) {
      method.apiKeyRequired = true;
    }
    // Any other scheme only documents: ImportRestApi makes nothing of it.
  }
  return { ...method, authorizer };
}

/** Follows a reference within the document. */
function follow(document: Json, value: Json): Json {
  if (!value?.$ref) return value;
  const parts = String(value.$ref).replace(/^#\//, "").split("/");
  const found = parts.reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], document);
  if (found === undefined) {
    throw new SandboxError(`The API's document refers to ${value.$ref}, which is not in it.`, "Correct the reference.");
  }
  return found;
}

/** Keywords of OpenAPI that are no JSON schema of draft 4, which models are written in. */
const NOT_SCHEMA = new Set(["example", "nullable", "discriminator", "readOnly", "writeOnly", "xml", "externalDocs"]);

/** A schema of the document as a model's: references go to other models. */
function modelSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(modelSchema);
  if (schema === null || typeof schema !== "object") return schema;
  const entries = Object.entries<Json>(schema).flatMap(([key, value]) => {
    if (NOT_SCHEMA.has(key)) return [];
    const reference = key === "$ref" && /^#\/components\/schemas\/(.+)$/.exec(String(value));
    if (reference) return [["$ref", `model:${reference[1]}`]];
    // Names of properties are the user's, so only their schemas are read.
    if (key === "properties") {
      return [[key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, modelSchema(inner)]))]];
    }
    return [[key, ["enum", "default", "required"].includes(key) ? value : modelSchema(value)]];
  });
  return Object.fromEntries(entries);
}
