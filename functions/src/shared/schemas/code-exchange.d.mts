// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
import type { Validate } from "../schema.ts";

/** The body `CodeExchange` of openapi.yaml. */
export type CodeExchange = { code: string; codeVerifier: string };

export declare const validate: Validate<CodeExchange>;
