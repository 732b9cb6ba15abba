import { startSandbox } from "@palisade/sandbox";
import { standUpAccount } from "./account.ts";
import type { Closers } from "./closers.ts";
import type { StagePeople } from "./context.ts";
import { preparePeople } from "./people.ts";
import { seed } from "./seed.ts";
import { type RunningStage, type StageName, standUp } from "./stage.ts";

/** A stage that runs, with its users and its rows. */
export interface StageSession {
  readonly stage: RunningStage;
  readonly people: StagePeople;
}

/** Stands a stage up in a sandbox of its own, so that nothing of another stage is within its reach. */
export async function startStage(
  name: StageName,
  closers: Closers,
  onProgress: (line: string) => void,
): Promise<StageSession> {
  onProgress(`${name}: starting the sandbox`);
  const sandbox = await startSandbox({
    onProgress: (line) => onProgress(`${name}: ${line}`),
    // The lab has the trails delivered itself, to know when each call was.
    trailSeconds: 0,
  });
  closers.add(() => sandbox.close());
  // The paper's starting point has nothing that watches the account.
  const account = name === "weak" ? undefined : await standUpAccount(sandbox);
  if (account !== undefined) {
    const { emulated, declared, ms } = account;
    onProgress(
      `${name}: the account's stage beside it: ${emulated} resources emulated / ${declared} declared, in ${ms} ms`,
    );
  }
  onProgress(`${name}: deploying the stage's Pulumi program`);
  const stage = await standUp(sandbox, name, account?.outputs);
  closers.add(() => stage.database.close());
  const { emulated, declared } = stage.resources;
  onProgress(`${name}: ${emulated} resources emulated / ${declared} declared, in ${stage.provisionMs} ms`);
  if (declared > 0) onProgress(`${name}: declared, not emulated: ${stage.declaredTypes.join(", ")}`);
  onProgress(`${name}: creating users and rows`);
  await seed(stage.database);
  return { stage, people: await preparePeople(stage) };
}
