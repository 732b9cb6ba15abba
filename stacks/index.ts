import * as pulumi from "@pulumi/pulumi";
import type { AccountOutputs, StageOutputs } from "./outputs.ts";

type Program = () => Promise<StageOutputs | AccountOutputs>;

/** The stages. Each is loaded only when it is the stack: what is vulnerable in `weak` is never a part of another stage. */
const STAGES: Record<string, () => Promise<Program>> = {
  account: async () => (await import("./account/index.ts")).account,
  dev: async () => (await import("./stages/dev.ts")).program,
  prod: async () => (await import("./stages/prod.ts")).program,
  weak: async () => (await import("./weak/index.ts")).weak,
};

/**
 * The program of every stage: `pulumi up --stack dev` runs it, and so does the sandbox. The stack's name is the stage's.
 *
 * @throws RunError when no stage has the stack's name.
 */
export default async function program(): Promise<StageOutputs | AccountOutputs> {
  const stack = pulumi.getStack();
  if (!Object.hasOwn(STAGES, stack)) {
    throw new pulumi.RunError(
      `The stack "${stack}" is no stage; the stages are ${Object.keys(STAGES).join(", ")}. ` +
        "To fix it, select one of them: pulumi stack select dev",
    );
  }
  const load = STAGES[stack] as () => Promise<Program>;
  const run = await load();
  return run();
}
