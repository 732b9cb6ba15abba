import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deniable, isSameRange } from "../../src/finding-response/addresses.ts";

const NOT_PUBLIC = { reason: "it is no public address" };
const ALLOWED = { reason: "the plan allows it" };

describe("an address", () => {
  test.each([
    ["45.155.205.10", { range: "45.155.205.10/32" }],
    ["223.255.255.254", { range: "223.255.255.254/32" }],
    ["2a02:c207:2034::7", { range: "2a02:c207:2034:0::/64" }],
    ["2A02:C207:2034:0007:0:0:0:1", { range: "2a02:c207:2034:7::/64" }],
    ["2a02::5:6:7:8:9:a", { range: "2a02:0:5:6::/64" }],
    ["192.0.1.1", { range: "192.0.1.1/32" }],
  ])("%s is denied by %j", (address, range) => {
    expect(deniable(address, ["45.155.204.0/24"])).toEqual(range);
  });

  test.each([
    "10.0.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "127.0.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.51.100.1",
    "0.0.0.0",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:8.8.8.8",
    "::ffff:808:808",
    "64:ff9b::808:808",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "2001:db8::1",
    "2002:808:808::1",
    "2001::1",
    "3fff::1",
    "2a02:c207::1.2.3.4",
    "2a02:c207::1%eth0",
    "",
    "0x08080808",
    "8.8.8.8/8",
    "example.com",
  ])("%j is never denied", (address) => {
    expect(deniable(address, [])).toEqual(NOT_PUBLIC);
  });

  test.each([
    ["45.155.204.1", ["45.155.204.0/24"]],
    ["45.155.204.1", ["45.155.204.1"]],
    ["2a02:c207::1", ["2a02:c207::/32"]],
    ["2a02:c207::1", ["2a02:c207::1"]],
  ])("%s that the plan allows with %j is not denied", (address, allowed) => {
    expect(deniable(address, allowed)).toEqual(ALLOWED);
  });

  test("is not denied where its range would deny an allowed one with it", () => {
    expect(deniable("2a02:c207::1", ["45.155.204.1", "2a02:c207::ffff"])).toEqual(ALLOWED);
    expect(deniable("2a02:c207::1", ["2a02:c207:0:1::1"])).toEqual({ range: "2a02:c207:0:0::/64" });
  });

  test("in no private range is ever denied, whatever its last parts are", () => {
    const part = fc.integer({ min: 0, max: 255 });
    const first = fc.constantFrom("10", "127", "0", "192.168", "169.254", "224", "240", "255");
    fc.assert(
      fc.property(first, part, part, part, (head, a, b, c) => {
        const address = [head, a, b, c].join(".").split(".").slice(0, 4).join(".");
        expect(deniable(address, [])).toEqual(NOT_PUBLIC);
      }),
    );
  });
});

test.each([
  ["45.155.205.10/32", "45.155.205.10/32", true],
  ["45.155.205.10/32", "45.155.205.11/32", false],
  ["2a02:c207:0:0::/64", "2a02:c207:0000:0000:0000:0000:0000:0000/64", true],
  ["2a02:c207:0:0::/64", "2A02:C207::/64", true],
  ["2a02:c207:0:0::/64", "2a02:c207::/48", false],
  ["::/64", "0:0::/64", true],
  ["2a02:1:11:0::/64", "2a02:11:1:0::/64", false],
  ["2a02:c207:0:0::/64", "45.155.205.10/32", false],
])("%s and %s are the same range: %s", (one, other, expected) => {
  expect(isSameRange(one, other)).toBe(expected);
});
