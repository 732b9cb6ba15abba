/** Which addresses must never be denied: what is no public address, and what the plan allows. */
import { BlockList, isIPv4, isIPv6 } from "node:net";

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
const IPV6_GLOBAL = "2000::/3";
const IPV6_RESERVED = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/** A customer has at least a /64 of IPv6, and changes addresses in it at will. RFC 6177 */
const IPV6_LENGTH = 64;

/** A range to deny, or why it is not denied. */
export type Deniable = { range: string } | { reason: string };

/** What an address is denied by: itself, or of IPv6 the /64 that it is in. */
export function deniable(address: string, allowed: readonly string[]): Deniable {
  if (isIPv4(address)) {
    if (listOf(RESERVED).check(address, "ipv4")) return { reason: "it is no public address" };
    if (listOf(allowed).check(address, "ipv4")) return { reason: "the plan allows it" };
    return { range: `${address}/32` };
  }
  if (!isIPv6(address) || address.includes(".") || address.includes("%")) return { reason: "it is no public address" };
  if (!listOf([IPV6_GLOBAL]).check(address, "ipv6") || listOf(IPV6_RESERVED).check(address, "ipv6")) {
    return { reason: "it is no public address" };
  }
  const range = `${prefixOf(address)}/${IPV6_LENGTH}`;
  const within = listOf([range]);
  const isAllowed =
    listOf(allowed).check(address, "ipv6") ||
    // An allowed address in the range would be denied with it.
    allowed.some((each) => isIPv6(baseOf(each)) && within.check(baseOf(each), "ipv6"));
  return isAllowed ? { reason: "the plan allows it" } : { range };
}

/** Whether two ranges are the same: of IPv6 there are many ways to write one, and AWS WAF answers another than it was given. */
export function isSameRange(one: string, other: string): boolean {
  const written = (range: string) => {
    const [base = "", length] = range.split("/");
    return base.includes(":") ? `${groupsOf(base).join(":")}/${length}` : range;
  };
  return written(one) === written(other);
}

function prefixOf(address: string): string {
  return `${groupsOf(address).slice(0, 4).join(":")}::`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16).toString(16));
}

function baseOf(range: string): string {
  return range.split("/")[0] as string;
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [base, length] = range.split("/") as [string, string | undefined];
    const family = isIPv4(base) ? "ipv4" : "ipv6";
    list.addSubnet(base, Number(length ?? (family === "ipv4" ? 32 : 128)), family);
  }
  return list;
}
