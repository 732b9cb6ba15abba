/** True when IAM would match more than the text itself: `*` and `?` are its wildcards. */
export function isWildcard(text: string): boolean {
  return text.includes("*") || text.includes("?");
}
