/** The two configuration values that decide whether weak may be deployed. */
export interface WeakConfig {
  /** `palisade:emulatorUrl`: set by the sandbox to the emulator that it started. */
  emulatorUrl?: string;
  /** `palisade:iKnowThisIsVulnerable`. */
  iKnowThisIsVulnerable?: boolean;
}

const SANDBOX_URL = /^http:\/\/127\.0\.0\.1:([1-9]\d{0,4})\/?$/;

/**
 * Refuses to go on anywhere but in the sandbox. Called before the first resource is made.
 *
 * @throws Error when `emulatorUrl` is not `http://127.0.0.1:<port>` and `iKnowThisIsVulnerable` is not true
 */
export function refuseOutsideSandbox({ emulatorUrl, iKnowThisIsVulnerable }: WeakConfig): void {
  if (iKnowThisIsVulnerable === true || isSandboxUrl(emulatorUrl)) return;
  const received =
    emulatorUrl === undefined ? "palisade:emulatorUrl is not set" : `palisade:emulatorUrl is "${emulatorUrl}"`;
  throw new Error(
    "weak: this stage is vulnerable on purpose (remote code execution, SQL injection, one role for everything) and " +
      `deploys only to the sandbox. ${received}; allowed is http://127.0.0.1:<port>, which the sandbox sets: ` +
      "run `npx -y pnpm@10 lab`, or `pnpm lab up weak`. To deploy it elsewhere all the same, into an account that " +
      "holds nothing else, set palisade:iKnowThisIsVulnerable to true.",
  );
}

/** By the exact text, not by a parser: `http://127.0.0.1:1@example.com` and `http://localhost:1` are not the sandbox's. */
function isSandboxUrl(url: string | undefined): boolean {
  const port = SANDBOX_URL.exec(url ?? "")?.[1];
  return port !== undefined && Number(port) <= 65535;
}
