import { apigateway } from "./apigateway.ts";
import { cloudwatch } from "./cloudwatch.ts";
import type { ResourceHandler } from "./handler.ts";
import { iam } from "./iam.ts";
import { lambda } from "./lambda.ts";

/** Every resource type that the sandbox can make, and how. A type that is not here is declared, not emulated. */
export const handlers: Readonly<Record<string, ResourceHandler>> = {
  ...apigateway.types,
  ...cloudwatch.types,
  ...iam.types,
  ...lambda.types,
};
