import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PolicyStore, readPolicies } from "@palisade/secure-gateway";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

const config = new pulumi.Config();

// A policy that does not fit the document, or an operation that no policy decides about, ends the preview with its file and line.
const permissions = new PolicyStore("permissions", {
  apiDocument: parse(readFileSync(new URL("openapi.yaml", import.meta.url), "utf8")),
  policies: readPolicies(fileURLToPath(new URL("policies", import.meta.url))),
  userPool: {
    userPoolId: config.require("userPoolId"),
    userPoolArn: config.require("userPoolArn"),
    clientIds: config.requireObject<string[]>("clientIds"),
  },
  namespace: "Notes",
});

export const policyStoreId = permissions.policyStoreId;
/** For the role of the function that asks. */
export const statement = permissions.statement();
