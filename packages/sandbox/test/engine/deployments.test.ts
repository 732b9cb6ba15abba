import { rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { SecureGateway, type SecureGatewayArgs } from "../../../secure-gateway/src/index.ts";
import { ALL_AT_ONCE, INPUT_CHANGES } from "../../../secure-gateway/test/gateway/inputs.ts";
import { findPulumi } from "../../src/engine/pulumi-cli.ts";
import { type EngineSession, withEngine } from "../../src/engine/run.ts";
import { labDirectory } from "../../src/paths.ts";
import { apigateway } from "../../src/resources/apigateway.ts";
import { sandboxName } from "../../src/stale.ts";

/**
 * Pulumi's CLI is looked for, not built, which takes minutes: where there is none, these inputs are tested by the trigger of the deployment
 * alone (packages/secure-gateway/test/gateway/deployment.test.ts). `.ci/run` has one built by then and asks for it.
 */
const required = process.env.PALISADE_ENGINE_TESTS === "required";
const pulumi = await findPulumi({
  cache: labDirectory,
  run: () => Promise.reject(new Error("not to be built here")),
}).catch((error: Error) => error);
const missing = pulumi instanceof Error && !required;

const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
const CONFIG = { "aws:region": "cn-north-1", "aws:skipRegionValidation": "true" };

/** Goes from one gateway to the next, and says how many deployments were made and deleted. */
async function deploy({ stack, provider }: EngineSession, args: SecureGatewayArgs): Promise<[number, number]> {
  const before = provider.operations.length;
  stack.workspace.program = async () => {
    new SecureGateway("api", args);
  };
  await stack.up();
  const done = provider.operations.slice(before).filter(({ type }) => type === DEPLOYMENT);
  return [done.filter(({ kind }) => kind === "create").length, done.filter(({ kind }) => kind === "delete").length];
}

/** What AWS would do with a change is shown by these; what a gateway uses besides is declared. */
const handlers = apigateway.types;

test.skipIf(missing)(
  "with the real engine each input of the gateway makes exactly one deployment, or none; an unchanged gateway none",
  async () => {
    if (pulumi instanceof Error) throw pulumi;
    const path = process.env.PATH;
    process.env.PATH = [dirname(pulumi), path].join(delimiter);
    const directory = join(labDirectory, sandboxName());
    try {
      await withEngine(
        { stage: "inputs", program: async () => {}, config: CONFIG, handlers, directory },
        async (session) => {
          // After each deployment the Automation API starts the CLI three times more to ask what the engine said already.
          Object.assign(session.stack, { outputs: async () => ({}), info: async () => undefined });
          let from = "";
          for (const atOnce of ALL_AT_ONCE.toReversed()) {
            from = JSON.stringify(atOnce.from);
            await deploy(session, atOnce.from);
            expect(await deploy(session, atOnce.from)).toEqual([0, 0]);
            expect(await deploy(session, atOnce.to)).toEqual([0, 0]);
          }
          const made: Record<string, [number, number]> = {};
          for (const change of INPUT_CHANGES.filter(({ deploys }) => deploys)) {
            // Another of the table's gateways is deployed first, and once more as it is.
            if (JSON.stringify(change.from) !== from) {
              from = JSON.stringify(change.from);
              await deploy(session, change.from);
              expect(await deploy(session, change.from)).toEqual([0, 0]);
            }
            // From the gateway before it in the table, which differs in two inputs: it is one deployment all the same.
            made[change.input] = await deploy(session, change.to);
          }
          expect(new Set(Object.values(made).map(String)), JSON.stringify(made)).toEqual(new Set(["1,1"]));
          expect(Object.keys(made)).toHaveLength(INPUT_CHANGES.filter(({ deploys }) => deploys).length);
        },
      );
    } finally {
      process.env.PATH = path;
      await rm(directory, { recursive: true, force: true });
    }
  },
  600_000,
);
