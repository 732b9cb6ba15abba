// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
import type { Validate } from "../schema.ts";

/** The body `StatusChange` of openapi.yaml. */
export type StatusChange = { status: "placed" | "shipped" | "cancelled" };

export declare const validate: Validate<StatusChange>;
