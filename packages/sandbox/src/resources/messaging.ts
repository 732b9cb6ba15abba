import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, DeleteQueueCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, policyJson, tagList } from "./values.ts";

/** The provider's names of a queue's attributes, and the API's (API_SetQueueAttributes). */
const QUEUE_ATTRIBUTES: Record<string, string> = {
  contentBasedDeduplication: "ContentBasedDeduplication",
  delaySeconds: "DelaySeconds",
  fifoQueue: "FifoQueue",
  kmsDataKeyReusePeriodSeconds: "KmsDataKeyReusePeriodSeconds",
  kmsMasterKeyId: "KmsMasterKeyId",
  maxMessageSize: "MaximumMessageSize",
  messageRetentionSeconds: "MessageRetentionPeriod",
  policy: "Policy",
  receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
  redriveAllowPolicy: "RedriveAllowPolicy",
  redrivePolicy: "RedrivePolicy",
  sqsManagedSseEnabled: "SqsManagedSseEnabled",
  visibilityTimeoutSeconds: "VisibilityTimeout",
};

/** A topic's (API_SetTopicAttributes). */
const TOPIC_ATTRIBUTES: Record<string, string> = {
  contentBasedDeduplication: "ContentBasedDeduplication",
  deliveryPolicy: "DeliveryPolicy",
  displayName: "DisplayName",
  fifoTopic: "FifoTopic",
  kmsMasterKeyId: "KmsMasterKeyId",
  policy: "Policy",
  signatureVersion: "SignatureVersion",
  tracingConfig: "TracingConfig",
};

function attributes(inputs: Properties, names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, attribute]) => {
      const value = inputs[name];
      if (value === undefined || value === false) return [];
      return [[attribute, typeof value === "object" ? JSON.stringify(value) : String(value)]];
    }),
  );
}

interface QueueInputs extends Properties {
  name?: string;
  tags?: Record<string, string>;
}

const queue = handler<QueueInputs>({
  replaceOnChanges: ["fifoQueue", "name", "namePrefix"],
  async create(inputs, { clients, physicalName, partition, region, accountId }) {
    const name = inputs.name ?? `${physicalName(75)}${inputs.fifoQueue ? ".fifo" : ""}`;
    const { QueueUrl = "" } = await clients.sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: attributes(inputs, QUEUE_ATTRIBUTES), tags: inputs.tags }),
    );
    return {
      id: QueueUrl,
      outputs: { name, url: QueueUrl, arn: `arn:${partition}:sqs:${region}:${accountId}:${name}` },
    };
  },
  async update(id, olds, news, { clients }) {
    const { FifoQueue: _fixed, ...Attributes } = attributes(news, QUEUE_ATTRIBUTES);
    await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: id, Attributes }));
    return { id, outputs: { name: olds.name, url: id, arn: olds.arn } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.sqs.send(new DeleteQueueCommand({ QueueUrl: id })));
  },
});

const queuePolicy = handler<{ queueUrl: string; policy: unknown }>({
  replaceOnChanges: ["queueUrl"],
  async create({ queueUrl, policy }, { clients }) {
    const Attributes = { Policy: policyJson(policy) };
    await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes }));
    return { id: queueUrl, outputs: { policy: Attributes.Policy } };
  },
  async update(id, _olds, { queueUrl, policy }, { clients }) {
    const Attributes = { Policy: policyJson(policy) };
    await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes }));
    return { id, outputs: { policy: Attributes.Policy } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: id, Attributes: { Policy: "" } })));
  },
});

interface TopicInputs extends Properties {
  name?: string;
  tags?: Record<string, string>;
}

const topic = handler<TopicInputs>({
  replaceOnChanges: ["fifoTopic", "name", "namePrefix"],
  async create(inputs, { clients, physicalName, accountId }) {
    const name = inputs.name ?? `${physicalName(250)}${inputs.fifoTopic ? ".fifo" : ""}`;
    const { TopicArn = "" } = await clients.sns.send(
      new CreateTopicCommand({
        Name: name,
        Attributes: attributes(inputs, TOPIC_ATTRIBUTES),
        Tags: tagList(inputs.tags),
      }),
    );
    return { id: TopicArn, outputs: { name, arn: TopicArn, owner: accountId } };
  },
  async update(id, olds, news, { clients }) {
    const { FifoTopic: _fixed, ...rest } = attributes(news, TOPIC_ATTRIBUTES);
    for (const [AttributeName, AttributeValue] of Object.entries(rest)) {
      await clients.sns.send(new SetTopicAttributesCommand({ TopicArn: id, AttributeName, AttributeValue }));
    }
    return { id, outputs: { name: olds.name, arn: id, owner: olds.owner } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.sns.send(new DeleteTopicCommand({ TopicArn: id })));
  },
});

const topicPolicy = handler<{ arn: string; policy: unknown }>({
  replaceOnChanges: ["arn"],
  async create({ arn, policy }, { clients, accountId }) {
    const AttributeValue = policyJson(policy);
    await clients.sns.send(new SetTopicAttributesCommand({ TopicArn: arn, AttributeName: "Policy", AttributeValue }));
    return { id: arn, outputs: { policy: AttributeValue, owner: accountId } };
  },
  async update(id, _olds, { policy }, { clients, accountId }) {
    const AttributeValue = policyJson(policy);
    await clients.sns.send(new SetTopicAttributesCommand({ TopicArn: id, AttributeName: "Policy", AttributeValue }));
    return { id, outputs: { policy: AttributeValue, owner: accountId } };
  },
  // AWS keeps a policy of its own on a topic without one; with the topic it is gone anyway.
});

interface SubscriptionInputs {
  topic: string;
  protocol: string;
  endpoint: string;
  redrivePolicy?: unknown;
}

const topicSubscription = handler<SubscriptionInputs>({
  replaceOnChanges: ["endpoint", "protocol", "topic", "redrivePolicy"],
  async create(inputs, { clients }) {
    const { SubscriptionArn = "" } = await clients.sns.send(
      new SubscribeCommand({
        TopicArn: inputs.topic,
        Protocol: inputs.protocol,
        Endpoint: inputs.endpoint,
        Attributes: inputs.redrivePolicy === undefined ? {} : { RedrivePolicy: policyJson(inputs.redrivePolicy) },
        ReturnSubscriptionArn: true,
      }),
    );
    return { id: SubscriptionArn, outputs: { arn: SubscriptionArn } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: id })));
  },
});

/** SQS queues and SNS topics. */
export const messaging: ServiceHandlers = {
  types: {
    "aws:sqs/queue:Queue": queue,
    "aws:sqs/queuePolicy:QueuePolicy": queuePolicy,
    "aws:sns/topic:Topic": topic,
    "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
    "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
  },
};
