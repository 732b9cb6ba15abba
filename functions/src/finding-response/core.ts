/**
 * Does what the plan has for a finding, once, and takes it back when it is told to. Every measure is written down before it is taken,
 * logged and announced; what fails stays in the queue.
 */

import type { Finding } from "../shared/finding.ts";
import { describeError, type Logger } from "../shared/log.ts";
import type { BatchAnswer, QueueRecord } from "../shared/queue.ts";
import type { Message } from "../shared/topic.ts";
import { declinedMessage, dryRunMessage, releasedMessage, takenMessage } from "./announce.ts";
import { type Intended, measuresFor, subjectOf } from "./decide.ts";
import type { Ledger, Taken } from "./ledger.ts";
import { Declined, type Measure } from "./measures/measure.ts";
import type { MeasureName, ResponsePlan } from "./settings.ts";

/** What the responder works with. */
export interface ResponderParts {
  plan: ResponsePlan;
  ledger: Ledger;
  measures: Readonly<Record<MeasureName, Measure>>;
  publish(message: Message): Promise<void>;
  log: Logger;
  /** The responder's own function name: it never stops itself. */
  self: string;
  /** Seconds since 1970. */
  now?: () => number;
}

/** What came of taking a measure back. */
export interface Released {
  released: boolean;
  /** Why not, or what else was found. */
  note: string;
}

const NOTHING = "no such measure is in force";
const CHANGED = "somebody has changed it since, and it was left as it is";

/** The responder: one function for the queue's batches, one for a person's word, one for the clock. */
export function createResponder(parts: ResponderParts) {
  const { plan, ledger, measures, publish, log, self } = parts;
  const now = parts.now ?? (() => Math.floor(Date.now() / 1000));

  const respond = async (body: string, requestId: string): Promise<void> => {
    const about = subjectOf(parse(body));
    if (about === undefined) return;
    for (const intended of measuresFor(about.finding, about.subject, plan, self)) {
      await once(about.finding, intended, requestId);
    }
  };

  /** One measure of one finding. A sample of GuardDuty's is a rehearsal, in whatever mode. */
  const once = async (finding: Finding, intended: Intended, requestId: string): Promise<void> => {
    const { measure, target } = intended;
    const mode = finding.sample ? "dry-run" : plan.mode;
    const claimed = await ledger.claim(finding, measure, mode);
    if (claimed.is === "done") return;
    if (claimed.is === "busy") throw new Error("another delivery of the finding is at work");
    try {
      const outcome = mode === "dry-run" ? await rehearse(finding, intended) : await act(finding, intended);
      log({ level: "WARN", event: "responded", requestId, measure, target, outcome });
    } catch (error) {
      await ledger.abandon(finding, measure, mode, claimed.token).catch(() => undefined);
      throw error;
    }
    // It was done: a mark that fails costs a second message at most.
    await ledger.settle(finding, measure, mode).catch(() => undefined);
  };

  const rehearse = async (finding: Finding, intended: Intended): Promise<Outcome> => {
    if (intended.declined !== undefined) return decline(finding, intended, intended.declined);
    await publish(dryRunMessage(finding, intended));
    return "dry-run";
  };

  const act = async (finding: Finding, intended: Intended): Promise<Outcome> => {
    const { measure, target, declined } = intended;
    if (declined !== undefined) return decline(finding, intended, declined);
    const before = await ledger.inForce(measure, target);
    // A delivery that died half way goes on with its own time, and is not counted anew.
    const isResumed = before?.findingId === finding.id;
    // A count that cannot be read is none that is known to be small enough.
    if (!isResumed && !((await ledger.count()) <= plan.measuresPerHour)) {
      return decline(
        finding,
        intended,
        `${plan.measuresPerHour} measures were taken in this hour, the most that the plan allows`,
      );
    }
    try {
      const taken: Taken = isResumed
        ? before
        : {
            measure,
            target,
            earlier: before?.earlier ?? (await measures[measure].look(target)),
            at: new Date(now() * 1000).toISOString(),
            until: measure === "deny-address" ? now() + (plan["deny-address"]?.hours ?? 0) * 3600 : 0,
            findingId: finding.id,
            findingType: finding.type,
          };
      await ledger.begin(taken);
      await measures[measure].apply(target, taken.at);
      await publish(takenMessage(finding, taken, self));
      return "taken";
    } catch (error) {
      if (!(error instanceof Declined)) throw error;
      // What was in force before is so still.
      if (before === undefined) await ledger.end(measure, target);
      return decline(finding, intended, error.message);
    }
  };

  const decline = async (finding: Finding, intended: Intended, reason: string): Promise<Outcome> => {
    await publish(declinedMessage(finding, intended, reason));
    return "declined";
  };

  const takeBack = async (taken: Taken): Promise<boolean> => {
    const undone = await measures[taken.measure].undo(taken.target, taken.earlier, taken.at);
    await ledger.end(taken.measure, taken.target);
    return undone;
  };

  return {
    /** Responds to a batch of the queue. It never rejects: what failed is named in the answer. */
    async deliver(records: readonly QueueRecord[]): Promise<BatchAnswer> {
      const batchItemFailures: BatchAnswer["batchItemFailures"] = [];
      for (const { messageId, body } of records) {
        try {
          await respond(body, messageId);
        } catch (error) {
          log({ level: "ERROR", event: "undelivered", requestId: messageId, what: "finding", ...describeError(error) });
          batchItemFailures.push({ itemIdentifier: messageId });
        }
      }
      return { batchItemFailures };
    },

    /** Takes a measure back, because a person says so. It may be called again. */
    async release(measure: MeasureName, target: string, requestId: string): Promise<Released> {
      const taken = await ledger.inForce(measure, target);
      if (taken === undefined) return { released: false, note: NOTHING };
      const undone = await takeBack(taken);
      log({ level: "WARN", event: "responded", requestId, measure, target, outcome: undone ? "released" : "left" });
      await publish(releasedMessage(measure, [target], undone ? "by hand" : `by hand, though ${CHANGED}`));
      return { released: undone, note: undone ? "" : CHANGED };
    },

    /** Every measure in force. */
    list: () => ledger.all(),

    /** Takes back what has ended. @returns how much that was */
    async sweep(requestId: string): Promise<number> {
      const ended = (await ledger.all()).filter(({ until }) => until !== 0 && until <= now());
      const done: string[] = [];
      const failures: unknown[] = [];
      for (const taken of ended) {
        const { measure, target } = taken;
        try {
          const outcome = (await takeBack(taken)) ? "released" : "left";
          log({ level: "WARN", event: "responded", requestId, measure, target, outcome });
          done.push(target);
        } catch (error) {
          failures.push(error);
        }
      }
      if (done.length > 0) await publish(releasedMessage("deny-address", done, "because their time was over"));
      // One that fails must not keep the others in force, and is tried again with the next sweep; the alarm on errors tells of it.
      if (failures.length > 0) throw failures[0];
      return done.length;
    },
  };
}

type Outcome = "dry-run" | "taken" | "declined";

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
