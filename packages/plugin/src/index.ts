/** Every component, under the one name that the type tokens have: `palisade:index:<Component>`. A package with components has its line here. */
export * from "@palisade/analytics-pipeline";
export * from "@palisade/edge-firewall";
export * from "@palisade/hardened-database";
export * from "@palisade/hardened-function";
export * from "@palisade/secure-gateway";
export * from "@palisade/threat-detection";
export * from "@palisade/web-frontend";
