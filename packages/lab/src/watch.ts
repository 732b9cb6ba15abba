import type { DeliveredTrail, Mail, ObservedCall, ProvisionedStage, Sandbox } from "@palisade/sandbox";
import type { ResolvedAccountOutputs } from "./account.ts";

/** Where an operator looks for what happened, and what the sandbox must do so that it is there. */
export interface StageWatch {
  /** What the account's stage made; absent where there is none (weak). */
  readonly account?: ResolvedAccountOutputs;
  /** Has the access log written. @returns its log group; undefined where the stage has none */
  deliverAccessLog(): Promise<string | undefined>;
  /** Has the audit trails delivered. */
  deliverTrails(): Promise<readonly DeliveredTrail[]>;
  /** Calls to listed addresses that the sink has seen. */
  calls(): Promise<readonly ObservedCall[]>;
  /** A mail to a person; undefined when none comes in that time. */
  mail(wanted: (mail: Mail) => boolean, seconds: number): Promise<Mail | undefined>;
}

/** The watch over a stage in its sandbox. */
export function watchOf(
  sandbox: Pick<Sandbox, "deliverTrails" | "threats" | "mail">,
  stage: Pick<ProvisionedStage<unknown>, "deliverAccessLog">,
  account: ResolvedAccountOutputs | undefined,
): StageWatch {
  return {
    ...(account !== undefined && { account }),
    deliverAccessLog: () => stage.deliverAccessLog(),
    deliverTrails: () => sandbox.deliverTrails(),
    calls: () => sandbox.threats.calls(),
    mail: (wanted, seconds) => sandbox.mail.waitFor(wanted, seconds).catch(() => undefined),
  };
}
