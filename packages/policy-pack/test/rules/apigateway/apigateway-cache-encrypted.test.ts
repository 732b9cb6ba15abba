import rule from "../../../src/rules/apigateway/apigateway-cache-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "neither",
    { settings: { cachingEnabled: true, requireAuthorizationForCacheControl: false } },
    [
      "cached responses are not encrypted; set settings.cacheDataEncrypted",
      "any client may empty the cache; set settings.requireAuthorizationForCacheControl",
    ],
  ],
  ["passes", "encrypted", { settings: { cachingEnabled: true, cacheDataEncrypted: true } }],
  ["not applicable", "no cache", { settings: { cachingEnabled: false } }, ["nothing is cached"]],
  [
    "not evaluated",
    "unknown",
    { settings: { cachingEnabled: UNKNOWN } },
    ["settings.cachingEnabled: is not known before deployment"],
  ],
  [
    "violates",
    "the boundary: encrypted, and emptied by any client",
    { settings: { cachingEnabled: true, cacheDataEncrypted: true, requireAuthorizationForCacheControl: false } },
    ["any client may empty the cache; set settings.requireAuthorizationForCacheControl"],
  ],
]);
