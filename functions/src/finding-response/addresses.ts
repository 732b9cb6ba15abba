/** Which addresses must never be denied: what is no public address, and what the plan allows. */
import { BlockList, isIPv4 } from "node:net";

/** Ranges that nobody on the internet comes from: the registries of special-purpose addresses (RFC 6890), and multicast. */
const RESERVED = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];

/** Of IPv6 only this is given out (https://www.iana.org/assignments/ipv6-unicast-address-assignments): all else is reserved. */
const IPV6_GLOBAL = ["2000::/3"];
const IPV6_RESERVED = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/** A customer has at least a /64 of IPv6, and changes addresses in it at will. RFC 6177 */
const IPV6_LENGTH = 64;

/** A range to deny, or why it is not denied. */
export type Deniable = { range: string } | { reason: string };

/** What an address is denied by: itself, or of IPv6 the /64 that it is in. */
export function deniable(address: string, allowed: readonly string[]): Deniable {
  if (isIPv4(address)) {
    if (isIn(address, RESERVED)) return { reason: "it is no public address" };
    if (isIn(address, allowed)) return { reason: "the plan allows it" };
    return { range: `${address}/32` };
  }
  // Nobody calls from an address that is written with an IPv4 address in it, or with a zone.
  if (/[.%]/.test(address) || !isIn(address, IPV6_GLOBAL) || isIn(address, IPV6_RESERVED)) {
    return { reason: "it is no public address" };
  }
  const range = `${prefixOf(address)}/${IPV6_LENGTH}`;
  // An allowed address in the range would be denied with it.
  const isAllowed = isIn(address, allowed) || allowed.some((each) => isIn(partsOf(each)[0], [range]));
  return isAllowed ? { reason: "the plan allows it" } : { range };
}

/** Whether two ranges are the same: of IPv6 there are many ways to write one, and AWS WAF answers another than it was given. */
export function isSameRange(one: string, other: string): boolean {
  const written = (range: string) => {
    const [base, length] = partsOf(range);
    return base.includes(":") ? `${groupsOf(base).join(":")}/${length}` : range;
  };
  return written(one) === written(other);
}

function prefixOf(address: string): string {
  return `${groupsOf(address).slice(0, 4).join(":")}::`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const halves = address.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  const [left, right = []] = halves as [string[], string[] | undefined];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16).toString(16));
}

function partsOf(range: string): [base: string, length: string | undefined] {
  return range.split("/") as [string, string | undefined];
}

/** Whether an address is in one of the ranges; what is no address is in none. */
function isIn(address: string, ranges: readonly string[]): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [base, length] = partsOf(range);
    const family = familyOf(base);
    list.addSubnet(base, Number(length ?? (family === "ipv4" ? 32 : 128)), family);
  }
  return list.check(address, familyOf(address));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}
