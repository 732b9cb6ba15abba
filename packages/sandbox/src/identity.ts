import { randomBytes } from "node:crypto";

/** The account and region that a program is provisioned into. */
export interface Identity {
  region: string;
  accountId: string;
  partition: string;
}

/**
 * A physical name as Pulumi's auto-naming makes it: the logical name, a hyphen and seven random hex digits.
 *
 * @param maximumLength In characters; the logical name is cut, never the suffix.
 */
export function physicalName(name: string, maximumLength = 64): string {
  const suffix = `-${randomBytes(4).toString("hex").slice(0, 7)}`;
  return `${name.slice(0, maximumLength - suffix.length)}${suffix}`;
}
