import { HardenedFunction } from "@palisade/hardened-function";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const greetings = new aws.dynamodb.Table("greetings", {
  billingMode: "PAY_PER_REQUEST",
  hashKey: "id",
  attributes: [{ name: "id", type: "S" }],
  deletionProtectionEnabled: true,
  pointInTimeRecovery: { enabled: true },
});

// A role of its own with this one statement, a log group, X-Ray, an alias: see the package's README for the defaults.
const greet = new HardenedFunction("greet", {
  code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.FileAsset("greet.mjs") }),
  environment: { TABLE: greetings.name },
  statements: [{ sid: "ReadGreetings", actions: ["dynamodb:GetItem"], resources: [greetings.arn] }],
});

export const functionName = greet.functionName;
