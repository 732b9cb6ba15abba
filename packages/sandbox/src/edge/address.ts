import { BlockList, isIP } from "node:net";
import { EdgeError } from "./errors.ts";

/** An IPv4 address mapped into IPv6, as Node names an IPv4 peer of a dual-stack socket (RFC 4291, section 2.5.5.2). */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The address in its own family; undefined when the text is no IP address. */
export function parseAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const plain = MAPPED.exec(trimmed)?.[1] ?? trimmed;
  return isIP(plain) === 0 ? undefined : plain;
}

/** The addresses of ranges in CIDR notation. */
export class AddressSet {
  readonly #ranges = new BlockList();

  /** @throws EdgeError when one is no range. */
  constructor(ranges: readonly string[]) {
    for (const range of ranges) {
      const [address = "", bits = "", more] = range.split("/");
      const family = isIP(address);
      const longest = family === 4 ? 32 : 128;
      if (family === 0 || more !== undefined || !/^\d{1,3}$/.test(bits) || Number(bits) > longest) {
        throw new EdgeError(
          `"${range}" is no address range; AWS WAF takes CIDR notation, as 192.0.2.0/24 or 2001:db8::/32`,
        );
      }
      this.#ranges.addSubnet(address, Number(bits), family === 4 ? "ipv4" : "ipv6");
    }
  }

  has(address: string): boolean {
    return this.#ranges.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  }
}

/** Addresses in a header as `X-Forwarded-For`, first to last; undefined where one is no address. */
export function forwardedAddresses(values: readonly string[]): (string | undefined)[] {
  return values.join(",").split(",").map(parseAddress);
}
