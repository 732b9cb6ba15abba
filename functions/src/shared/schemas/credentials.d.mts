// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
import type { Validate } from "../schema.ts";

/** The body `Credentials` of openapi.yaml. */
export type Credentials = { username: string; password: string };

export declare const validate: Validate<Credentials>;
