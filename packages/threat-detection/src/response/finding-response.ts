import { resourceTags } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { watchPipeline } from "../pipeline/alarms.ts";
import { createDelivery, createFindingRule, createSchedule } from "../pipeline/routing.ts";
import type { FindingResponseArgs } from "./args.ts";
import { FIXED } from "./defaults.ts";

/**
 * The way of GuardDuty's findings to a responder, which does what a `ResponsePlan` says: a rule, a queue, the function, a clock for what ends
 * by itself, and an alarm for each place at which a finding can stop. It is never there unless it is made: responding is a choice.
 */
export class FindingResponse extends pulumi.ComponentResource {
  /** The ARN of the rule that sends findings to the responder. */
  public readonly ruleArn: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args The plan and who carries it out.
   * @param opts Pulumi's options; `transforms` reaches every child.
   */
  constructor(name: string, args: FindingResponseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:FindingResponse", name, {}, opts);
    const child = { parent: this };
    const { plan, responder, alarmTopicArn } = args;
    const tags = resourceTags({ component: "FindingResponse", name, teamTags: args.teamTags });

    const rule = createFindingRule(
      name,
      {
        description: "Findings that something may be done about",
        queueArn: plan.queueArn,
        deadLetterQueueArn: plan.deadLetterQueueArn,
      },
      tags,
      child,
    );
    createDelivery(name, plan.queueArn, responder, tags, child);
    const sweep = {
      role: "sweep",
      description: "Takes back the measures whose time is over",
      expression: FIXED.SWEEP,
      input: { sweep: true },
      target: responder,
      deadLetterQueueArn: plan.deadLetterQueueArn,
    };
    createSchedule(name, sweep, tags, child);
    const pipeline = {
      ruleName: rule.name,
      queueName: plan.queueName,
      deadLetterQueueName: plan.deadLetterQueueName,
      functionName: responder.functionName,
      functionRole: "responder",
      alarmTopicArn,
      descriptions: {
        deadLetters: "A finding could not be responded to and waits in the dead-letter queue",
        waiting: "A finding has waited for more than 15 minutes for a response",
        function: "The function that responds to findings fails",
        rule: "EventBridge could not put a finding into the queue of responses",
      },
    };
    watchPipeline(name, pipeline, tags, child);

    this.ruleArn = rule.arn;
    this.registerOutputs({ ruleArn: this.ruleArn });
  }
}
