import { EdgeFirewall } from "@palisade/edge-firewall";
import { HardenedDatabase } from "@palisade/hardened-database";
import { SecureGateway, UserPool } from "@palisade/secure-gateway";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What is there already. Nothing of it is changed, and `pulumi destroy` leaves it. */
const config = new pulumi.Config();

/** Another team's function is three strings: a `FunctionRef`. */
function existing(name: string) {
  const found = aws.lambda.getFunctionOutput({ functionName: config.require(name) });
  return { functionName: found.functionName, functionArn: found.arn, invokeArn: found.invokeArn };
}
/** A log group is its name and its ARN. */
function existingLogGroup(name: string) {
  const found = aws.cloudwatch.getLogGroupOutput({ name: config.require(name) });
  return { logGroupName: found.name, logGroupArn: found.arn };
}

/** The network team's VPC, with subnets that have no way to the internet. */
const database = new HardenedDatabase("database", {
  databaseName: "shop",
  existingNetwork: {
    vpcId: config.require("vpcId"),
    subnetIds: config.requireObject<string[]>("subnetIds"),
    routeTableIds: config.requireObject<string[]>("routeTableIds"),
  },
});

/** A pool that people sign in to already: nothing is made, and the outputs are those of a pool that is. */
const users = new UserPool("users", {
  existingUserPool: {
    userPoolId: config.require("userPoolId"),
    userPoolArn: config.require("userPoolArn"),
    issuer: config.require("issuer"),
    machineClientId: config.require("machineClientId"),
    sessionClientId: config.require("sessionClientId"),
  },
});

const firewall = new EdgeFirewall("edge", { existingLogGroup: existingLogGroup("firewallLogGroup") });

const api = new SecureGateway("api", {
  apiDocument: {
    openapi: "3.0.3",
    info: { title: "Notes", version: "1.0.0" },
    security: [{ bearer: [] }],
    paths: {
      "/notes": {
        get: {
          operationId: "listNotes",
          "x-palisade-groups": ["staff"],
          responses: { "200": { description: "The notes" } },
        },
      },
    },
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  },
  functions: { listNotes: existing("listNotes") },
  authorizer: { function: existing("authorizer") },
  existingAccessLogGroup: existingLogGroup("accessLogGroup"),
  firewall: { webAclArn: firewall.webAclArn },
});

export const url = api.url;
export const issuer = users.issuer;
export const clusterEndpoint = database.clusterEndpoint;
