// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
import type { Validate } from "../schema.ts";

/** The body `NewOrder` of openapi.yaml. */
export type NewOrder = { lines: { sku: string; quantity: number }[]; note?: string };

export declare const validate: Validate<NewOrder>;
