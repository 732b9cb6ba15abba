/** The sources, which are the values of the partition `source`: the job and the catalog agree on these names. */
export const SOURCES = ["cloudtrail", "api-access", "waf", "database-audit"] as const;

/** One of the sources. */
export type SourceName = (typeof SOURCES)[number];
