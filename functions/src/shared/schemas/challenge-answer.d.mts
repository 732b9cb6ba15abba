// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
import type { Validate } from "../schema.ts";

/** The body `ChallengeAnswer` of openapi.yaml. */
export type ChallengeAnswer = { oneTimeCode?: string; newPassword?: string };

export declare const validate: Validate<ChallengeAnswer>;
