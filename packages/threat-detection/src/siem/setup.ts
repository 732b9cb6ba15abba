import { createHash } from "node:crypto";
import { allowDocument, arnIn, childName, type PolicyStatement } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SiemEngine } from "./args.ts";
import type { SiemContext, SiemStore } from "./context.ts";
import { indexTemplate, savedObjects } from "./data.ts";

/** Lets the function that sets the server up do so, and has it done: again whenever what is set up has changed. */
export function createSetup(
  context: SiemContext,
  store: SiemStore,
  writerRoleArn: pulumi.Input<string>,
): aws.lambda.Invocation {
  const { name, args, settings, child } = context;
  const policy = new aws.iam.RolePolicy(
    childName(name, "setup-policy"),
    {
      role: args.setup.roleName,
      policy: allowDocument(statements(context, store), { component: "Siem", name, property: "setup" }),
    },
    child,
  );
  const input = pulumi.jsonStringify({
    engine: settings.engine.toLowerCase(),
    endpoint: store.endpoint,
    template: indexTemplate(),
    retentionDays: settings.retentionDays,
    writerRoleArn,
    readerRoleArns: args.readerRoleArns ?? [],
    savedObjects: savedObjects(),
  });
  return new aws.lambda.Invocation(
    childName(name, "setup"),
    {
      functionName: args.setup.functionName,
      qualifier: args.setup.qualifier,
      // Not CRUD: destroying a stage must not invoke anything.
      lifecycleScope: "CREATE_ONLY",
      input,
      triggers: { input: input.apply((text) => createHash("sha256").update(text).digest("hex")) },
    },
    { ...child, dependsOn: [policy, ...store.ready] },
  );
}

function statements({ settings, place }: SiemContext, { arn }: SiemStore): PolicyStatement[] {
  if (settings.engine === SiemEngine.Serverless) {
    return [
      { sid: "SetUpCollection", actions: ["aoss:APIAccessAll"], resources: [arn] },
      // Collections have no dashboards of their own. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonopensearchserverless.html
      {
        sid: "SetUpDashboards",
        actions: ["aoss:DashboardsAccessAll"],
        resources: [arnIn(place, "aoss", "dashboards/default")],
      },
    ];
  }
  return [
    {
      sid: "SetUpDomain",
      actions: ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"],
      resources: [pulumi.interpolate`${arn}/*`],
      wildcardReason: "what is set up has many paths; the domain is the component's own",
    },
  ];
}
