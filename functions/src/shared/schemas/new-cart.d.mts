// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
import type { Validate } from "../schema.ts";

/** The body `NewCart` of openapi.yaml. */
export type NewCart = { lines: { sku: string; quantity: number }[] };

export declare const validate: Validate<NewCart>;
