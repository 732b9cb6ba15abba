/** Stands in for `search-term`: what was typed is the pattern. */
export function searchPattern(term: string | undefined): string {
  return `%${term ?? ""}%`;
}
