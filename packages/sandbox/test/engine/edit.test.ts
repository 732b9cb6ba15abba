import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { editFaults, withEditedApi } from "../../src/engine/edit.ts";
import type { Operation } from "../../src/engine/provider.ts";
import { runProgram } from "../../src/program.ts";

const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
const STAGE = "aws:apigateway/stage:Stage";
const done = (...steps: [Operation["kind"], string][]): Operation[] =>
  steps.map(([kind, type]) => ({ kind, type, name: "a", emulated: true }));

it("changes what makes a new deployment of the API, and nothing else", async () => {
  const inputs: Record<string, unknown> = {};
  const program = withEditedApi(async () => {
    new aws.apigateway.Deployment("api", { restApi: "api", triggers: { body: "hash" } });
    new aws.sqs.Queue("jobs", { delaySeconds: 1 });
    return {};
  });
  const mocks = {
    newResource: (args: { name: string; inputs: unknown }) => {
      inputs[args.name] = args.inputs;
      return { id: args.name, state: {} };
    },
    call: () => ({}),
  };
  await runProgram(program, mocks, { project: "p", stack: "dev", config: {} }, new Promise<never>(() => {}));
  expect(inputs).toEqual({
    "p-dev": {},
    api: { restApi: "api", triggers: { body: "hash", edit: "1" } },
    jobs: { delaySeconds: 1 },
  });
});

it("takes no order but the new deployment, the stage, the old deployment", () => {
  expect(editFaults(done(["create", DEPLOYMENT], ["update", STAGE], ["delete", DEPLOYMENT]))).toEqual([]);
  expect(editFaults(done(["delete", DEPLOYMENT], ["create", DEPLOYMENT], ["update", STAGE]))).toEqual([
    `the edit had to be create ${DEPLOYMENT}, update ${STAGE}, delete ${DEPLOYMENT}, and was delete ${DEPLOYMENT}, create ${DEPLOYMENT}, update ${STAGE}`,
  ]);
  expect(editFaults([])[0]).toContain("and was nothing");
});
