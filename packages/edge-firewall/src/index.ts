export type { ExistingLogGroup } from "@palisade/core";
export * from "./firewall/args.ts";
export { statementCapacity } from "./firewall/capacity.ts";
export { EdgeFirewall } from "./firewall/edge-firewall.ts";
