/** Whether this process is the one in which Pulumi runs policy packs, and where a PolicyPack may start its server. */
export function isPolicyHost(argv: readonly string[]): boolean {
  return /[\\/]run-policy-pack(?:[\\/]|$)/.test(argv[1] ?? "");
}
