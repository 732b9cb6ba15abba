/** Stands in for `content-security-policy`: the browser runs whatever the page holds. */
export function pagePolicy(): Record<string, string> {
  return {};
}
