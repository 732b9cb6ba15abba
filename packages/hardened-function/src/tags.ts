import type * as pulumi from "@pulumi/pulumi";

/** Tags as every build file receives them. */
export type Tags = Record<string, pulumi.Input<string>>;
