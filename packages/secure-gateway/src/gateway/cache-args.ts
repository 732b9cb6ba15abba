/** The memory of a stage's cache in gigabytes. AWS charges for it by the hour, used or not. */
export enum CacheClusterSize {
  Gb05 = "0.5",
  Gb16 = "1.6",
  Gb61 = "6.1",
  Gb135 = "13.5",
  Gb284 = "28.4",
  Gb582 = "58.2",
  Gb118 = "118",
  Gb237 = "237",
}

/** How the answers of one operation are kept. */
export interface CachedOperationArgs {
  /**
   * Seconds that an answer is kept: a whole number from 1 to 3600, and at most 60 where `allowAuthenticated` is given, since what the
   * function decided about a caller is repeated for as long.
   */
  ttlSeconds: number;
  /**
   * Why the answers of an operation with an authorizer may be kept. The header of its credential is then a part of the key, whatever
   * else is, so that a caller gets back only what was answered to the same token or cookie. It becomes the tag
   * `palisade:lowered:cached-authenticated-<operationId>`. The default is none, and such an operation is refused.
   */
  allowAuthenticated?: string;
}

/**
 * The stage's response cache. An answer is kept under every parameter that the document names for its operation: a path variable, a
 * query parameter or a header that is not in the document is in no key, so the function must not look at one.
 */
export interface ResponseCacheArgs {
  /**
   * The operations whose answers are kept, by `operationId`: GET operations only. It must be a literal record with at least one. What
   * no operation names is not kept.
   */
  operations: Record<string, CachedOperationArgs>;
  /**
   * The memory of the cache. Changing it empties the cache. The default is half a gigabyte, the smallest, for about 15 US dollars a month.
   *
   * @default CacheClusterSize.Gb05
   */
  clusterSizeGigabytes?: CacheClusterSize;
}
