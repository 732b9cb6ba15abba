import { type AwsPlace, NAME_RULES, physicalName, stackPrefix } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import type { SiemArgs } from "./args.ts";
import type { SiemSettings } from "./settings.ts";

/** What every part of a Siem is made from. */
export interface SiemContext {
  name: string;
  args: SiemArgs;
  settings: SiemSettings;
  place: AwsPlace;
  kmsKeyArn: pulumi.Input<string>;
  tags: Record<string, pulumi.Input<string>>;
  child: { parent: pulumi.Resource };
}

/** The server, whichever it is. */
export interface SiemStore {
  /** `https://...`, without a slash at the end. */
  endpoint: pulumi.Output<string>;
  arn: pulumi.Output<string>;
  /** What must be in place before somebody uses it. */
  ready: pulumi.Resource[];
}

/**
 * The name of the collection, of its policies or of the domain, which policies must know before it is made.
 * https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html
 */
export function storeName(name: string): string {
  return physicalName(`${stackPrefix()}-${name}`, { maximumLength: 28, refused: /[^a-z0-9-]/g, lowerCase: true });
}

/** The stream's name, which the transformation's role must know. */
export function streamName(name: string): string {
  return physicalName(`${stackPrefix()}-${name}`, { ...NAME_RULES.trail, maximumLength: 64 });
}
