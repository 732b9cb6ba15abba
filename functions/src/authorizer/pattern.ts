/**
 * A function that tells whether a text matches one of some patterns, in which `*` stands for any text, slashes included, as in the resource
 * of an IAM policy.
 */
export function anyMatcher(patterns: readonly string[]): (text: string) => boolean {
  // Of no alternative, the empty text would match.
  if (patterns.length === 0) return () => false;
  const sources = patterns.map((pattern) => pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*"));
  const expression = new RegExp(`^(?:${sources.join("|")})$`, "s");
  return (text) => expression.test(text);
}
