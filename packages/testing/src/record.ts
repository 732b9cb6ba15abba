import * as pulumi from "@pulumi/pulumi";
import { failuresOf } from "./failures.ts";
import { defaultInvokes, type InvokeMock } from "./invokes.ts";
import { asOwnerOf, watchMonitor } from "./monitor.ts";
import { inventOutputs, inventRemoteOutputs, type OutputMock } from "./outputs.ts";
import { DEFAULT_PLACE, type MockPlace } from "./place.ts";
import { type RecordedInvoke, type RecordedResource, Recording } from "./recording.ts";

/** How the program is run. */
export interface RecordOptions {
  /** Default: `project`. */
  project?: string;
  /** Default: `stack`. */
  stack?: string;
  /** True to run as `pulumi preview` does. Default: false. */
  preview?: boolean;
  /** Configuration, keys with their namespace (`palisade:stage`). Default: none. */
  config?: Record<string, string>;
  /** Region, partition and account. Default: `eu-central-1`, `aws`, `111122223333`. */
  place?: Partial<MockPlace>;
  /** Provider functions beside, or in the place of, the default ones. */
  invokes?: Record<string, InvokeMock>;
  /** Outputs by resource type, on top of the made-up ones; also of a component that a plugin makes, such as `awsx:ec2:Vpc`. */
  outputs?: Record<string, OutputMock>;
}

/** Recordings run one after the other: Pulumi's runtime is one per process, and a second program would register into the first. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a program on Pulumi's mocks and records every resource it registers. It returns only when nothing is pending: every
 * resource has its URN, every Output has settled.
 *
 * It rejects with the first thing that went wrong, also where it went wrong in an Output that nobody waited for: an error of the
 * program, a check on an Output, or a provider function that no mock answers.
 *
 * An `apply` that waits for a timer or the network, and only then makes a resource, is not waited for: no one can know of it. Its
 * resource fails the next recording with a sentence that names it.
 *
 * What it does not prove: that AWS accepts the inputs, or that the engine would do the same. See the package's README.
 */
export function recordStack<T>(program: () => T | Promise<T>, options: RecordOptions = {}): Promise<Recording<T>> {
  const run = last.then(() => record(program, options));
  last = run.catch(() => undefined);
  return run;
}

async function record<T>(program: () => T | Promise<T>, options: RecordOptions): Promise<Recording<T>> {
  const place: MockPlace = { ...DEFAULT_PLACE, ...options.place };
  const resources: RecordedResource[] = [];
  const invokes: RecordedInvoke[] = [];
  const answers = { ...defaultInvokes(place), ...options.invokes };
  const unmocked: Error[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs, custom }) => {
      const overrides = options.outputs ?? {};
      if (custom) return inventOutputs(type, name, inputs, place, overrides);
      // The mocks are not told of a remote component; the monitor has recorded it before it asks.
      const remote = resources.some((resource) => resource.remote && resource.type === type && resource.name === name);
      return { id: undefined, state: remote ? inventRemoteOutputs(type, name, inputs, place, overrides) : {} };
    },
    call: ({ token, inputs }) => {
      invokes.push({ token, inputs });
      const answer = answers[token];
      if (answer !== undefined) return answer(inputs);
      const error = new Error(
        `the program called the provider function ${token}, which no mock answers; add it to recordStack's option "invokes"`,
      );
      unmocked.push(error);
      throw error;
    },
  };
  await pulumi.runtime.setMocks(
    mocks,
    options.project ?? "project",
    options.stack ?? "stack",
    options.preview ?? false,
  );
  pulumi.runtime.setAllConfig(options.config ?? {});
  const settled = watchMonitor(resources);
  const { value, errors } = await failuresOf(async () => {
    const result = await asOwnerOf(resources, program);
    await settled();
    return result;
  }, settled);
  const [first] = [...unmocked, ...errors];
  if (first !== undefined) throw first;
  return new Recording(value as T, resources, invokes);
}
