import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";

/** What AWS protects a resource from deletion with, by type, and what lifts it. */
const LIFTED: Record<string, Record<string, unknown>> = {
  "aws:cognito/userPool:UserPool": { deletionProtection: "INACTIVE" },
  "aws:dynamodb/table:Table": { deletionProtectionEnabled: false },
  "aws:rds/cluster:Cluster": { deletionProtection: false },
  "aws:verifiedpermissions/policyStore:PolicyStore": { deletionProtection: "DISABLED" },
};

/** What an owner sets before a deletion, whether the program says anything of it or not: a bucket is deleted with what is in it. */
const SET: Record<string, Record<string, unknown>> = { "aws:s3/bucket:Bucket": { forceDestroy: true } };

/** The same program with nothing protected, neither by AWS nor by Pulumi. */
export function withoutProtection(program: PulumiFn): PulumiFn {
  return async () => {
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
      const lifted = Object.entries(LIFTED[type] ?? {}).filter(([key]) => props[key] !== undefined);
      return {
        props: { ...props, ...Object.fromEntries(lifted), ...SET[type] },
        opts: { ...opts, protect: false },
      };
    });
    return program();
  };
}
