export type { HardenedFunctionArgs } from "./args.ts";
export type { CodeSigningArgs, CodeSigningRef } from "./code-signing/args.ts";
export { CodeSigning } from "./code-signing/code-signing.ts";
export { HardenedFunction } from "./hardened-function.ts";
export type { TeamAccessArgs } from "./team-access/args.ts";
export { TeamAccess } from "./team-access/team-access.ts";
