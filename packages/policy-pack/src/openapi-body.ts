import type { Reader } from "./reader.ts";

/** One operation of a REST API's OpenAPI body, as API Gateway imports it. */
export interface Operation {
  /** `operationId`, else `POST /orders`. */
  label: string;
  /** Upper case; `ANY` for API Gateway's own `x-amazon-apigateway-any-method`. */
  method: string;
  path: string;
  definition: Reader;
}

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options", "x-amazon-apigateway-any-method"];

/** The operations of a body, which is JSON text or an object; YAML text is not evaluated. */
export function operationsOf(body: Reader): Operation[] {
  return body
    .json()
    .at("paths")
    .entries()
    .flatMap(([path, item]) =>
      item
        .entries()
        .filter(([method]) => METHODS.includes(method))
        .map(([key, definition]) => {
          const method = key.startsWith("x-") ? "ANY" : key.toUpperCase();
          return { label: definition.at("operationId").text() ?? `${method} ${path}`, method, path, definition };
        }),
    );
}

/** A CORS preflight answered by API Gateway itself: browsers send it without credentials, and no function is called. */
export function isPreflight({ method, definition }: Operation): boolean {
  return (
    method === "OPTIONS" && definition.get("x-amazon-apigateway-integration.type").text()?.toLowerCase() === "mock"
  );
}

/** The names of the security schemes that an operation asks for: its own, else the document's. */
export function schemesOf({ definition }: Operation, document: Reader): string[] {
  const security = definition.at("security").present ? definition.at("security") : document.at("security");
  return security.list().flatMap((requirement) => requirement.entries().map(([name]) => name));
}

/** Whether a scheme is an authorizer or IAM; an API key is neither (AWS: "don't use API keys for authentication"). */
export function authenticates(name: string, document: Reader): boolean {
  const scheme = document.get("components.securitySchemes").present
    ? document.get("components.securitySchemes").at(name)
    : document.at("securityDefinitions").at(name);
  return (
    scheme.at("x-amazon-apigateway-authorizer").present ||
    scheme.at("x-amazon-apigateway-authtype").text()?.toLowerCase() === "awssigv4"
  );
}
