// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
import type { Validate } from "../schema.ts";

/** The body `SavedCart` of openapi.yaml. */
export type SavedCart = { cart: string };

export declare const validate: Validate<SavedCart>;
