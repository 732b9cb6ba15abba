import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type SiemContext, type SiemStore, storeName } from "./context.ts";
import { FIXED } from "./defaults.ts";

/**
 * A time-series collection. Who reaches it, who may do what and which key encrypts it are policies beside it, which match it by its name: the
 * first two must be there before it is of use, the last before it is made.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-security.html
 */
export function createCollection(context: SiemContext, writerRoleArn: pulumi.Input<string>): SiemStore {
  const { name, args, settings, kmsKeyArn, tags, child } = context;
  const collectionName = storeName(name);
  const encryption = new aws.opensearch.ServerlessSecurityPolicy(
    childName(name, "encryption"),
    {
      name: collectionName,
      type: "encryption",
      description: "Events are encrypted with a customer's key",
      policy: pulumi.jsonStringify({
        Rules: [{ ResourceType: "collection", Resource: [`collection/${collectionName}`] }],
        AWSOwnedKey: false,
        KmsARN: kmsKeyArn,
      }),
    },
    child,
  );
  const network = createNetworkPolicy(context, collectionName);
  const access = new aws.opensearch.ServerlessAccessPolicy(
    childName(name, "access"),
    {
      name: collectionName,
      type: "data",
      description: "Who writes, sets up and reads events",
      policy: accessPolicy(context, collectionName, writerRoleArn),
    },
    child,
  );
  const retention = new aws.opensearch.ServerlessLifecyclePolicy(
    childName(name, "retention"),
    {
      name: collectionName,
      type: "retention",
      description: "How long events are searched",
      policy: JSON.stringify({
        Rules: [
          {
            ResourceType: "index",
            Resource: [`index/${collectionName}/${FIXED.INDEX}*`],
            MinIndexRetention: `${settings.retentionDays}d`,
          },
        ],
      }),
    },
    child,
  );
  const collection = new aws.opensearch.ServerlessCollection(
    childName(name, "collection"),
    {
      name: collectionName,
      type: "TIMESERIES",
      description: "Events of OCSF",
      standbyReplicas: args.allowFewNodes === undefined ? "ENABLED" : "DISABLED",
      tags,
    },
    { ...child, dependsOn: [encryption] },
  );
  return { endpoint: collection.collectionEndpoint, arn: collection.arn, ready: [network, access, retention] };
}

function createNetworkPolicy({ name, args, child }: SiemContext, collectionName: string): pulumi.Resource {
  const endpoint =
    args.network &&
    new aws.opensearch.ServerlessVpcEndpoint(
      childName(name, "endpoint"),
      { name: collectionName, ...args.network },
      child,
    );
  const Rules = ["collection", "dashboard"].map((ResourceType) => ({
    ResourceType,
    Resource: [`collection/${collectionName}`],
  }));
  const reached =
    endpoint === undefined ? { AllowFromPublic: true } : { AllowFromPublic: false, SourceVPCEs: [endpoint.id] };
  return new aws.opensearch.ServerlessSecurityPolicy(
    childName(name, "network"),
    {
      name: collectionName,
      type: "network",
      description: "From where events are reached",
      policy: pulumi.jsonStringify([{ Rules, ...reached }]),
    },
    child,
  );
}

// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html#serverless-data-supported-permissions
function accessPolicy(
  { args }: SiemContext,
  collectionName: string,
  writerRoleArn: pulumi.Input<string>,
): pulumi.Output<string> {
  const index = (Permission: string[], pattern: string = `${FIXED.INDEX}*`) => ({
    ResourceType: "index",
    Resource: [`index/${collectionName}/${pattern}`],
    Permission,
  });
  const items = (Permission: string[]) => ({
    ResourceType: "collection",
    Resource: [`collection/${collectionName}`],
    Permission,
  });
  const READ = ["aoss:DescribeIndex", "aoss:ReadDocument"];
  const WRITE = ["aoss:CreateIndex", "aoss:DescribeIndex", "aoss:UpdateIndex", "aoss:WriteDocument"];
  const readers = args.readerRoleArns ?? [];
  return pulumi.jsonStringify([
    { Description: "The stream writes", Rules: [index(WRITE)], Principal: [writerRoleArn] },
    {
      // Dashboards keep what is saved in an index of their own.
      Description: "Set up on deploy",
      Rules: [
        items(["aoss:CreateCollectionItems", "aoss:UpdateCollectionItems", "aoss:DescribeCollectionItems"]),
        index([...WRITE, "aoss:ReadDocument"], "*"),
      ],
      Principal: [args.setup.roleArn],
    },
    ...(readers.length === 0
      ? []
      : [
          {
            Description: "People read",
            Rules: [items(["aoss:DescribeCollectionItems"]), index(READ, "*")],
            Principal: readers,
          },
        ]),
  ]);
}
