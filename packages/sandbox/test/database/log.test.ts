import { describe, expect, it } from "vitest";
import { DatabaseLog, withoutValues } from "../../src/database/log.ts";

describe("withoutValues", () => {
  it.each([
    [1062, "Duplicate entry 'a'b' for key 'PRIMARY'", "Duplicate entry '…'"],
    [1064, "… right syntax to use near 'x' OR `y`\n--' at line 1", "… right syntax to use near '…' at line 1"],
    [1406, "Data too long for column 'note' at row 1", "Data too long for column 'note' at row 1"],
    [1040, "Too many connections", "Too many connections"],
  ])("of error %i", (errno, message, expected) => {
    expect(withoutValues({ errno, sqlState: "HY000", message })).toBe(expected);
  });
});

it("drops the oldest records beyond its limit, and gives out a copy", () => {
  const log = new DatabaseLog(2);
  for (const user of ["a", "b", "c"]) log.add({ user, event: "connected" });
  log.records().pop();
  expect(log.records().map(({ user }) => user)).toEqual(["b", "c"]);
});
