import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DatabaseMigrationArgs } from "./args.ts";

/**
 * Runs the migrations on deploy: invokes the function once for each new `version`, and again when the function is
 * replaced. It is apart from `HardenedDatabase` because the function needs the database's endpoint and subnets first; give
 * `dependsOn: [database]`, so that an instance answers, and let what needs the schema depend on this. A failed migration
 * fails the deployment.
 */
export class DatabaseMigration extends pulumi.ComponentResource {
  /** What the function answered, as JSON. */
  public readonly result: pulumi.Output<string>;

  constructor(name: string, args: DatabaseMigrationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:DatabaseMigration", name, {}, opts);
    const version = pulumi.output(args.version);
    const invocation = new aws.lambda.Invocation(
      childName(name, "invocation"),
      {
        functionName: args.function.functionName,
        qualifier: args.function.qualifier,
        // Not CRUD: destroying a stage must not invoke anything.
        lifecycleScope: "CREATE_ONLY",
        input: pulumi.jsonStringify({ version }),
        triggers: { version },
      },
      // A component's own `dependsOn` makes its children wait, but is not theirs in the state.
      { parent: this, dependsOn: opts?.dependsOn },
    );
    this.result = invocation.result;
    this.registerOutputs({ result: this.result });
  }
}
