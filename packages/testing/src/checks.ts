import type { RecordedResource, Recording } from "./recording.ts";

/**
 * Every child of a component has a logical name that begins with the component's, and the component's type in its URN: nothing
 * was left without a parent, and two components of one program cannot meet.
 *
 * @throws Error that lists each child that does not.
 */
export function expectNamesPrefixed<T>(recording: Recording<T>, component: RecordedResource): void {
  const wrong = recording.resources
    .filter((resource) => resource !== component && resource.custom)
    .flatMap((resource) => {
      const faults: string[] = [];
      if (!resource.name.startsWith(`${component.name}-`))
        faults.push(`its name does not begin with "${component.name}-"`);
      if (!resource.parentTypes.includes(component.type)) faults.push(`it has no parent of type ${component.type}`);
      return faults.map((fault) => `${resource.type} "${resource.name}": ${fault}`);
    });
  if (wrong.length > 0) throw new Error(`children that break the naming rule:\n  ${wrong.sort().join("\n  ")}`);
}

/**
 * No input of a resource names AWS's main partition or a region that is not the mock's. Record with
 * `{ place: { partition: "aws-cn", region: "cn-north-1" } }` first: then any `arn:aws:` was written down.
 *
 * @throws Error that lists each input that does.
 */
export function expectPartitionSafe<T>(recording: Recording<T>): void {
  const wrong = recording.resources.flatMap((resource) =>
    stringsOf(resource.inputs)
      .filter(({ text }) => /arn:aws:|us-east-1|us-west-2|eu-west-1/.test(text))
      .map(({ path, text }) => `${resource.type} "${resource.name}" ${path}: ${text}`),
  );
  if (wrong.length > 0) throw new Error(`inputs with a partition or region written down:\n  ${wrong.join("\n  ")}`);
}

/** Every string inside a value, with its path. */
export function stringsOf(value: unknown, path = ""): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsOf(inner, path === "" ? key : `${path}.${key}`));
}
