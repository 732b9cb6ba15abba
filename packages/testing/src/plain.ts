import * as pulumi from "@pulumi/pulumi";

/** A value of the wire with its secrets unwrapped, all the way down. Assets and archives stay as they are. */
export function unwrapSecrets(value: unknown): unknown {
  if (pulumi.runtime.isRpcSecret(value)) return unwrapSecrets(pulumi.runtime.unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapSecrets(inner)]));
  }
  return value;
}

/** The values of an Output, resolved: what the program would have seen. */
export function resolved<T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve, reject) => {
    // `promise()` is marked internal; it is how Pulumi's own runtime waits, and unlike `apply` it rejects.
    const waiting = (pulumi.output(output) as unknown as { promise(): Promise<pulumi.Unwrap<T>> }).promise();
    waiting.then(resolve, reject);
  });
}
