import { AddressSet } from "./address.ts";

/** Ranges of test addresses by country, ISO 3166-1 alpha-2. */
export type Countries = Readonly<Record<string, readonly string[]>>;

/**
 * Where a test address "is": the sandbox has no GeoIP database, and its clients are all on loopback, so that a country can only be a
 * convention. Loopback addresses are for clients (each may bind to another one); those of RFC 5737 and RFC 3849 are for forwarded
 * addresses. No real address has a country here.
 */
export const TEST_COUNTRIES: Countries = {
  US: ["127.0.0.0/24", "127.0.1.0/24", "192.0.2.0/24", "2001:db8:1::/48", "::1/128"],
  DE: ["127.0.2.0/24", "198.51.100.0/25", "2001:db8:2::/48"],
  CN: ["127.0.3.0/24", "198.51.100.128/25", "2001:db8:3::/48"],
  KP: ["127.0.4.0/24", "203.0.113.0/25", "2001:db8:4::/48"],
  RU: ["127.0.5.0/24", "203.0.113.128/25", "2001:db8:5::/48"],
};

/** Addresses whose country is remembered. */
const MAX_KNOWN = 10_000;

/** Finds an address's country; undefined when it has none. */
export function countryFinder(countries: Countries): (address: string) => string | undefined {
  const sets = Object.entries(countries).map(([country, ranges]) => ({ country, set: new AddressSet(ranges) }));
  // Every request asks, and most come from few addresses.
  const known = new Map<string, string | undefined>();
  return (address) => {
    if (!known.has(address)) {
      if (known.size === MAX_KNOWN) known.clear();
      known.set(address, sets.find(({ set }) => set.has(address))?.country);
    }
    return known.get(address);
  };
}
