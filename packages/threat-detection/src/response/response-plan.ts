import { type PolicyStatement, resourceTags } from "@palisade/core";
import { guardedTable } from "@palisade/storage";
import * as pulumi from "@pulumi/pulumi";
import { createQueues } from "../channel/queues.ts";
import { placeOf } from "../place.ts";
import type { ResponsePlanArgs } from "./args.ts";
import { FIXED } from "./defaults.ts";
import { type PlanSettings, planSettings } from "./settings.ts";
import { responderStatements } from "./statements.ts";

/**
 * What may be done about findings, and what a function needs to do it: a queue in which findings wait, a table of what was done and what
 * there was before, and the statements of a role with no further right. Everything it does can be taken back. It stands apart from
 * `FindingResponse` because the responder's function needs its names first.
 */
export class ResponsePlan extends pulumi.ComponentResource {
  /** The ARN of the queue of findings that are to be responded to. */
  public readonly queueArn: pulumi.Output<string>;
  /** The name of that queue, for alarms. */
  public readonly queueName: pulumi.Output<string>;
  /** The ARN of the queue of findings that could not be responded to. */
  public readonly deadLetterQueueArn: pulumi.Output<string>;
  /** The name of that queue, for alarms. */
  public readonly deadLetterQueueName: pulumi.Output<string>;
  /** The name of the table of measures. */
  public readonly tableName: pulumi.Output<string>;
  /** The ARN of that table. */
  public readonly tableArn: pulumi.Output<string>;
  /** The ARN of the topic on which measures are announced. */
  public readonly topicArn: pulumi.Output<string>;
  /** The plan as the responder reads it, JSON. */
  public readonly document: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What may be done, and to what.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: ResponsePlanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:ResponsePlan", name, {}, opts);
    const child = { parent: this };
    const settings = planSettings(name, args);
    const tagged = { component: "ResponsePlan", name, teamTags: args.teamTags };
    const tags = resourceTags(tagged);
    const place = placeOf(child);
    const { kmsKeyArn } = args.channel;
    const { findings, deadLetters } = createQueues(
      name,
      { place, kmsKeyArn, maximumReceives: FIXED.MAXIMUM_RECEIVES, tags },
      child,
    );
    const table = guardedTable(
      name,
      {
        tags: resourceTags({ ...tagged, lowered: settings.lowered }),
        kmsKeyArn,
        deletable: settings.lowered.length > 0,
      },
      child,
    );

    this.queueArn = findings.arn;
    this.queueName = findings.name;
    this.deadLetterQueueArn = deadLetters.arn;
    this.deadLetterQueueName = deadLetters.name;
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.topicArn = pulumi.output(args.channel.topicArn);
    this.document = documentOf(settings);
    STATEMENTS.set(this, () =>
      responderStatements(settings, {
        queueArn: this.queueArn,
        tableArn: this.tableArn,
        topicArn: this.topicArn,
        kmsKeyArn,
      }),
    );
    this.registerOutputs({
      queueArn: this.queueArn,
      queueName: this.queueName,
      deadLetterQueueArn: this.deadLetterQueueArn,
      deadLetterQueueName: this.deadLetterQueueName,
      tableName: this.tableName,
      tableArn: this.tableArn,
      topicArn: this.topicArn,
      document: this.document,
    });
  }

  /** What the responder's role needs, and nothing else. */
  responderStatements(): PolicyStatement[] {
    return (STATEMENTS.get(this) as () => PolicyStatement[])();
  }

  /** The responder's environment. */
  responderEnvironment(): Record<string, pulumi.Input<string>> {
    return { TOPIC_ARN: this.topicArn, RESPONSE_TABLE: this.tableName, RESPONSE_PLAN: this.document };
  }
}

// Beside the instances: a field of a component is an output of its schema.
const STATEMENTS = new WeakMap<ResponsePlan, () => PolicyStatement[]>();

/** `ResponsePlan` of functions/src/finding-response/settings.ts. */
function documentOf({ mode, measuresPerHour, quarantine, revokeSessions, denyAddresses }: PlanSettings) {
  return pulumi.jsonStringify({
    mode,
    measuresPerHour,
    quarantine: quarantine && withoutReason(quarantine),
    "revoke-sessions": revokeSessions && withoutReason(revokeSessions),
    "deny-address": denyAddresses && { ...denyAddresses, targets: [] },
  });
}

function withoutReason({
  types,
  minimumSeverity,
  targets,
  protected: names,
}: NonNullable<PlanSettings["quarantine"]>): Record<string, unknown> {
  return { types, minimumSeverity, targets, protected: names };
}
