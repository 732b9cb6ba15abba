import type { AwsPlace } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import { createRotatingKey, eventBridgeUses, logGroupsUse } from "../rotating-key.ts";

/** The key of the server, the stream, the failed records, the dead letters and the logs. OpenSearch and Firehose use it by grants. */
export function createSiemKey(
  name: string,
  place: AwsPlace,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): pulumi.Output<string> {
  const statements = [logGroupsUse("LogGroupsEncrypt", place), eventBridgeUses("EventBridgePutsAside", place)];
  const description = "Encrypts the events that are searched";
  return createRotatingKey(name, { role: "key", description, place, statements, tags }, opts);
}
