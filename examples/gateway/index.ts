import { readFileSync } from "node:fs";
import { SecureGateway } from "@palisade/secure-gateway";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

/** A function that another team deployed is three strings: a `FunctionRef`. */
function existing(name: pulumi.Input<string>) {
  const found = aws.lambda.getFunctionOutput({ functionName: name });
  return { functionName: found.functionName, functionArn: found.arn, invokeArn: found.invokeArn };
}

const config = new pulumi.Config();

// The contract decides the routes, models, validators and authorizers.
const api = new SecureGateway("api", {
  apiDocument: parse(readFileSync(new URL("openapi.yaml", import.meta.url), "utf8")),
  functions: { listNotes: existing(config.require("listNotes")), addNote: existing(config.require("addNote")) },
  authorizer: { function: existing(config.require("authorizer")) },
  firewall: { webAclArn: config.require("webAclArn") },
});

export const url = api.url;
