/** Stands in for `session-cookie`: script reads the cookies, and the requests of every other site carry them. */
export function setCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Max-Age=${seconds}; Path=/; Secure; SameSite=None`;
}
