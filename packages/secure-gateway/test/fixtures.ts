import { readFileSync } from "node:fs";
import type { FunctionRef } from "@palisade/core";
import { parse } from "yaml";
import type { SecureGatewayArgs } from "../src/index.ts";

type Document = Record<string, unknown>;

/** The example API's own contract. */
export function exampleDocument(): Document {
  return parse(readFileSync(new URL("../../../functions/openapi.yaml", import.meta.url), "utf8"));
}

/** A function by its literal ARNs. */
export function functionRef(name: string, qualifier?: string): FunctionRef {
  const functionArn = `arn:aws-cn:lambda:cn-north-1:111122223333:function:${name}`;
  return {
    functionName: name,
    functionArn,
    invokeArn: `arn:aws-cn:apigateway:cn-north-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    ...(qualifier === undefined ? {} : { qualifier }),
  };
}

/** One operation with a body and a variable, one that is open. */
export function smallDocument(): Document {
  return {
    openapi: "3.0.3",
    info: { title: "Pets", version: "7" },
    security: [{ bearer: [] }],
    paths: {
      "/pets/{petId}": {
        parameters: [{ name: "petId", in: "path", required: true, schema: { type: "string" } }],
        put: {
          operationId: "replacePet",
          "x-palisade-groups": ["keeper"],
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
          responses: { "200": { description: "The pet" } },
        },
      },
      "/status": {
        get: {
          operationId: "getStatus",
          security: [],
          "x-palisade-unauthenticated": "A load balancer without a token asks for it.",
          responses: { "200": { description: "All is well" } },
        },
      },
    },
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: {
        Pet: { type: "object", additionalProperties: false, properties: { name: { type: "string", maxLength: 40 } } },
      },
    },
  };
}

/** The arguments of a gateway of the small document. */
export function smallArgs(more: Partial<SecureGatewayArgs> = {}): SecureGatewayArgs {
  return {
    apiDocument: smallDocument(),
    functions: { replacePet: functionRef("pets", "live"), getStatus: functionRef("status") },
    authorizer: { function: functionRef("authorizer", "live") },
    ...more,
  };
}

/** A copy of a document with one place changed: `set(document, ["paths", "/x"], value)`; `undefined` removes it. */
export function set(document: Document, place: (string | number)[], value: unknown): Document {
  const copy = structuredClone(document);
  let target: Document = copy;
  for (const key of place.slice(0, -1)) target = target[key] as Document;
  const last = place.at(-1) as string;
  if (value === undefined) delete target[last];
  else Object.defineProperty(target, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** The sentence of the error that a function throws. */
export function sentenceOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}
