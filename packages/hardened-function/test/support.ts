import { type Recording, type RecordOptions, recordStack } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { HardenedFunction, type HardenedFunctionArgs } from "../src/index.ts";

/** A function's code: what is in it does not matter here. */
export const code = new pulumi.asset.AssetArchive({
  "index.mjs": new pulumi.asset.StringAsset("export const handler = 1;"),
});

/** Records one HardenedFunction named `orders`. */
export function record(
  args: Partial<HardenedFunctionArgs> = {},
  options: RecordOptions & { resource?: pulumi.ComponentResourceOptions } = {},
): Promise<Recording<HardenedFunction>> {
  return recordStack(() => new HardenedFunction("orders", { code, ...args }, options.resource), options);
}

/** The statements of a recorded inline policy. */
export function statementsOf(recording: Recording<unknown>, name: string): Record<string, unknown>[] {
  const { inputs } = recording.one("aws:iam/rolePolicy:RolePolicy", name);
  return JSON.parse(String(inputs.policy)).Statement;
}
