import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  type FunctionResponseType,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase } from "./values.ts";

interface MappingInputs extends Properties {
  eventSourceArn: string;
  functionName: string;
  batchSize?: number;
  enabled?: boolean;
  functionResponseTypes?: FunctionResponseType[];
  maximumBatchingWindowInSeconds?: number;
  scalingConfig?: Properties;
}

function settings(inputs: MappingInputs) {
  return {
    FunctionName: inputs.functionName,
    BatchSize: inputs.batchSize,
    Enabled: inputs.enabled ?? true,
    FunctionResponseTypes: inputs.functionResponseTypes,
    MaximumBatchingWindowInSeconds: inputs.maximumBatchingWindowInSeconds,
    ScalingConfig: inputs.scalingConfig && pascalCase(inputs.scalingConfig),
  };
}

const mapping = handler<MappingInputs>({
  replaceOnChanges: ["eventSourceArn"],
  async create(inputs, { clients }) {
    const { UUID = "" } = await clients.lambda.send(
      new CreateEventSourceMappingCommand({ EventSourceArn: inputs.eventSourceArn, ...settings(inputs) }),
    );
    return { id: UUID, outputs: { uuid: UUID } };
  },
  async update(id, _olds, news, { clients }) {
    await clients.lambda.send(new UpdateEventSourceMappingCommand({ UUID: id, ...settings(news) }));
    return { id, outputs: { uuid: id } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.lambda.send(new DeleteEventSourceMappingCommand({ UUID: id })));
  },
});

/** What Lambda reads from by itself: queues. The emulator reads them once a second; the number of readers at once is stored only. */
export const eventSource: ServiceHandlers = {
  types: { "aws:lambda/eventSourceMapping:EventSourceMapping": mapping },
};
