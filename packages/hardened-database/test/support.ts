import { type Recording, type RecordOptions, recordStack } from "@palisade/testing";
import { HardenedDatabase, type HardenedDatabaseArgs } from "../src/index.ts";

/** Outputs that a test needs beside the recorder's own. */
const outputs: RecordOptions["outputs"] = {
  "awsx:ec2:Vpc": () => ({
    vpcId: "vpc-made",
    isolatedSubnetIds: ["subnet-a", "subnet-b"],
    routeTables: [{ id: "rtb-a" }, { id: "rtb-b" }],
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": () => ({ prefixListId: "pl-dynamodb" }),
  "aws:ec2/securityGroup:SecurityGroup": ({ name }) => ({ id: `sg-${name}` }),
};

/** Records a `HardenedDatabase` named `db` of the project `shop` and the stack `dev`. */
export function recordDatabase(
  args: Partial<HardenedDatabaseArgs> = {},
  options: RecordOptions = {},
): Promise<Recording<HardenedDatabase>> {
  return recordStack(() => new HardenedDatabase("db", { databaseName: "shop", ...args }), {
    project: "shop",
    stack: "dev",
    ...options,
    outputs: { ...outputs, ...options.outputs },
  });
}
