import type * as pulumi from "@pulumi/pulumi";
import { Callback } from "@pulumi/pulumi/proto/callback_pb.js";

/** What the recorder's transforms may change beside the inputs. */
export interface TransformResult {
  props: Record<string, unknown>;
  opts: pulumi.ResourceOptions;
}

/**
 * Stands where the engine and the program's callback server would be for the resource option `transforms`: the program registers
 * its transforms here, and the monitor applies a resource's own first, then its parents', innermost first, as the engine does.
 * Of the options that a transform returns, only `protect`, `retainOnDelete` and `ignoreChanges` are looked at.
 * https://www.pulumi.com/docs/iac/concepts/options/transforms/
 */
export class TransformServer {
  readonly #transforms = new Map<string, pulumi.ResourceTransform>();
  readonly #ofResource = new Map<string, string[]>();

  /** What Pulumi's runtime calls for each transform of a resource. */
  async registerTransform(transform: pulumi.ResourceTransform): Promise<Callback> {
    const token = `transform-${this.#transforms.size}`;
    this.#transforms.set(token, transform);
    const callback = new Callback();
    callback.setTarget("mock");
    callback.setToken(token);
    return callback;
  }

  /** What Pulumi's runtime waits for before it registers a resource: there are no stack transforms here. */
  async awaitStackRegistrations(): Promise<void> {}

  /** What Pulumi's runtime calls at its end. */
  shutdown(): void {}

  /**
   * Applies a resource's own transforms and those of its parents, and remembers them for its children.
   *
   * @returns The changed resource; undefined when no transform changed it.
   */
  async apply(
    resource: { urn: string; parentUrn: string; type: string; name: string; custom: boolean },
    tokens: string[],
    props: Record<string, unknown>,
  ): Promise<TransformResult | undefined> {
    const chain = [...tokens, ...(this.#ofResource.get(resource.parentUrn) ?? [])];
    this.#ofResource.set(resource.urn, chain);
    let changed: TransformResult | undefined;
    for (const token of chain) {
      const { type, name, custom } = resource;
      const answer = await this.#transforms.get(token)?.({ type, name, custom, ...(changed ?? { props, opts: {} }) });
      if (answer !== undefined) changed = { props: answer.props, opts: answer.opts };
    }
    return changed;
  }
}
