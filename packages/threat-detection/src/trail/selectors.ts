import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DataEvents } from "./args.ts";

type Selector = aws.types.input.cloudtrail.TrailAdvancedEventSelector;
type Field = aws.types.input.cloudtrail.TrailAdvancedEventSelectorFieldSelector;

// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
const RESOURCE_TYPES: Readonly<Record<DataEvents, string>> = {
  [DataEvents.S3Objects]: "AWS::S3::Object",
  [DataEvents.LambdaInvocations]: "AWS::Lambda::Function",
  [DataEvents.DynamoDbItems]: "AWS::DynamoDB::Table",
  [DataEvents.RdsDataApi]: "AWS::RDS::DBCluster",
};

/**
 * What the trail records. Basic selectors know three resource types, and a trail cannot have both kinds. Of the trail's own buckets
 * nothing is recorded: each delivered file would cause an event, which would be delivered in a file.
 */
export function eventSelectors(dataEvents: readonly DataEvents[], ownBuckets: pulumi.Output<string>[]): Selector[] {
  const management: Selector = {
    name: "Management events",
    fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
  };
  return [
    management,
    ...dataEvents.map((events): Selector => {
      const fieldSelectors: Field[] = [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: [RESOURCE_TYPES[events]] },
      ];
      if (events === DataEvents.S3Objects) {
        const own = ownBuckets.map((arn) => pulumi.interpolate`${arn}/`);
        fieldSelectors.push({ field: "resources.ARN", notStartsWiths: own });
      }
      return { name: `Data events ${RESOURCE_TYPES[events]}`, fieldSelectors };
    }),
  ];
}
