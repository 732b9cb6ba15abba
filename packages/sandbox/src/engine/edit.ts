import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Operation } from "./provider.ts";

const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
const STAGE = "aws:apigateway/stage:Stage";

/** The same program after a change of its API: what makes a new deployment of it has another value. */
export function withEditedApi(program: PulumiFn): PulumiFn {
  return async () => {
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
      if (type !== DEPLOYMENT) return undefined;
      const triggers = pulumi.output(props.triggers).apply((given) => ({ ...given, edit: "1" }));
      return { props: { ...props, triggers }, opts };
    });
    return program();
  };
}

/**
 * What is wrong with how the edit was carried out; nothing, when the new deployment was made, then the stage moved to it, then the old one
 * deleted: the API answers all the while.
 */
export function editFaults(operations: readonly Operation[]): string[] {
  const done = operations.map(({ kind, type }) => `${kind} ${type}`);
  const expected = [`create ${DEPLOYMENT}`, `update ${STAGE}`, `delete ${DEPLOYMENT}`];
  if (done.join() === expected.join()) return [];
  return [`the edit had to be ${expected.join(", ")}, and was ${done.join(", ") || "nothing"}`];
}
