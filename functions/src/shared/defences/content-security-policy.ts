import { createHash } from "node:crypto";

/**
 * Headers that keep a page of ours from running any script, sending any form or being framed. Only the style sheets given, by
 * their hashes, apply; there is no nonce that a cache could repeat.
 *
 * @param styles the exact texts of the page's style elements
 */
export function pagePolicy(styles: readonly string[]): Record<string, string> {
  const hashes = styles.map((style) => `'sha256-${createHash("sha256").update(style).digest("base64")}'`);
  return {
    "Content-Security-Policy":
      `default-src 'none'; style-src ${hashes.length > 0 ? hashes.join(" ") : "'none'"}; base-uri 'none'; ` +
      "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
  };
}
