import {
  type AdvancedEventSelector,
  CreateTrailCommand,
  DeleteTrailCommand,
  type EventSelector,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, tagList } from "./values.ts";

interface FieldInputs {
  field: string;
  equals?: string[];
  notEquals?: string[];
  startsWiths?: string[];
  notStartsWiths?: string[];
  endsWiths?: string[];
  notEndsWiths?: string[];
}

interface TrailInputs extends Properties {
  name?: string;
  s3BucketName: string;
  s3KeyPrefix?: string;
  snsTopicName?: string;
  kmsKeyId?: string;
  cloudWatchLogsGroupArn?: string;
  cloudWatchLogsRoleArn?: string;
  isMultiRegionTrail?: boolean;
  isOrganizationTrail?: boolean;
  includeGlobalServiceEvents?: boolean;
  enableLogFileValidation?: boolean;
  enableLogging?: boolean;
  advancedEventSelectors?: { name?: string; fieldSelectors: FieldInputs[] }[];
  eventSelectors?: {
    readWriteType?: "All" | "ReadOnly" | "WriteOnly";
    includeManagementEvents?: boolean;
    excludeManagementEventSources?: string[];
    dataResources?: { type: string; values: string[] }[];
  }[];
  tags?: Record<string, string>;
}

function settings(inputs: TrailInputs) {
  return {
    S3BucketName: inputs.s3BucketName,
    S3KeyPrefix: inputs.s3KeyPrefix,
    SnsTopicName: inputs.snsTopicName,
    KmsKeyId: inputs.kmsKeyId,
    CloudWatchLogsLogGroupArn: inputs.cloudWatchLogsGroupArn,
    CloudWatchLogsRoleArn: inputs.cloudWatchLogsRoleArn,
    // The provider's defaults.
    IsMultiRegionTrail: inputs.isMultiRegionTrail ?? false,
    IsOrganizationTrail: inputs.isOrganizationTrail ?? false,
    IncludeGlobalServiceEvents: inputs.includeGlobalServiceEvents ?? true,
    EnableLogFileValidation: inputs.enableLogFileValidation ?? false,
  };
}

function advanced(selectors: NonNullable<TrailInputs["advancedEventSelectors"]>): AdvancedEventSelector[] {
  return selectors.map(({ name, fieldSelectors }) => ({
    Name: name,
    FieldSelectors: fieldSelectors.map((each) => ({
      Field: each.field,
      Equals: each.equals,
      NotEquals: each.notEquals,
      StartsWith: each.startsWiths,
      NotStartsWith: each.notStartsWiths,
      EndsWith: each.endsWiths,
      NotEndsWith: each.notEndsWiths,
    })),
  }));
}

function basic(selectors: NonNullable<TrailInputs["eventSelectors"]>): EventSelector[] {
  return selectors.map((each) => ({
    ReadWriteType: each.readWriteType ?? "All",
    IncludeManagementEvents: each.includeManagementEvents ?? true,
    ExcludeManagementEventSources: each.excludeManagementEventSources,
    DataResources: (each.dataResources ?? []).map(({ type, values }) => ({ Type: type, Values: values })),
  }));
}

async function putSelectors(TrailName: string, inputs: TrailInputs, { clients }: HandlerContext): Promise<void> {
  const { advancedEventSelectors = [], eventSelectors = [] } = inputs;
  if (advancedEventSelectors.length > 0) {
    const AdvancedEventSelectors = advanced(advancedEventSelectors);
    await clients.cloudTrail.send(new PutEventSelectorsCommand({ TrailName, AdvancedEventSelectors }));
  } else if (eventSelectors.length > 0) {
    await clients.cloudTrail.send(new PutEventSelectorsCommand({ TrailName, EventSelectors: basic(eventSelectors) }));
  }
}

async function setLogging(Name: string, on: boolean, { clients }: HandlerContext): Promise<void> {
  await clients.cloudTrail.send(on ? new StartLoggingCommand({ Name }) : new StopLoggingCommand({ Name }));
}

const trail = handler<TrailInputs>({
  replaceOnChanges: ["name"],
  async create(inputs, ctx) {
    const Name = inputs.name ?? ctx.physicalName(128);
    const { cloudTrail } = ctx.clients;
    const { TrailARN: arn = "" } = await cloudTrail.send(
      new CreateTrailCommand({ Name, ...settings(inputs), TagsList: tagList(inputs.tags) }),
    );
    // The emulator's CreateTrail drops the log group; its UpdateTrail keeps it.
    await cloudTrail.send(new UpdateTrailCommand({ Name, ...settings(inputs) }));
    await putSelectors(Name, inputs, ctx);
    if (inputs.enableLogging ?? true) await setLogging(Name, true, ctx);
    // The provider's id of a trail is its ARN, and was its name.
    return { id: arn, outputs: { name: Name, arn, homeRegion: ctx.region } };
  },
  async update(id, olds, news, ctx) {
    const Name = olds.name as string;
    await ctx.clients.cloudTrail.send(new UpdateTrailCommand({ Name, ...settings(news) }));
    await putSelectors(Name, news, ctx);
    await setLogging(Name, news.enableLogging ?? true, ctx);
    return { id, outputs: { name: Name, arn: id, homeRegion: olds.homeRegion } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.cloudTrail.send(new DeleteTrailCommand({ Name: id })));
  },
});

/** CloudTrail's trails. The emulator records calls; what a trail is delivered is the sandbox's (`trail/`). */
export const cloudtrail: ServiceHandlers = { types: { "aws:cloudtrail/trail:Trail": trail } };
