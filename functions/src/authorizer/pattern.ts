/**
 * A function that tells whether a text matches a pattern in which `*` stands for any text, slashes included, as in the resource of an IAM
 * policy.
 */
export function patternMatcher(pattern: string): (text: string) => boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const expression = new RegExp(`^${source}$`, "s");
  return (text) => expression.test(text);
}
