export type { HardenedFunctionArgs } from "./args.ts";
export { HardenedFunction } from "./hardened-function.ts";
