import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasEscapedName, membersAtMost, membersWritten } from "../../src/shared/json-text.ts";

const TEXTS: [string, number, number][] = [
  ["7", 0, 0],
  ["{}", 0, 0],
  ['":"', 0, 1],
  ['"a:b"', 0, 0],
  ['{"a":1,"a":2}', 2, 2],
  ['{"a" \t\r\n: 1}', 1, 1],
  ['{"a":": :"}', 1, 2],
  ['{"a":" :"}', 1, 2],
  ['{"a":"x :"}', 1, 1],
  ['{"a\\"":"\\":"}', 1, 2],
  ['{"a\\\\":[{"b":1},{"c":"\\\\"}]}', 3, 3],
];

describe("the members of a text", () => {
  test.each(TEXTS)("%s has %i, and at most %i at a look", (text, written, atMost) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect([membersWritten(text), membersAtMost(text)]).toEqual([written, atMost]);
  });

  test("are counted as JSON.parse counts them, and never fewer at a look", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        let members = 0;
        JSON.parse(text, (_name, part) => {
          if (typeof part === "object" && part !== null && !Array.isArray(part)) members += Object.keys(part).length;
          return part;
        });
        // An object's own member `__proto__` is set by no reviver.
        if (text.includes("__proto__")) return;
        expect(membersWritten(text)).toBe(members);
        expect(membersAtMost(text)).toBeGreaterThanOrEqual(members);
      }),
    );
  });
});

describe("a name with an escape", () => {
  test.each([
    ['{"\\u0061":1}', true],
    ['{"a\\n" \r\n\t:1}', true],
    ['{"a":"\\n","b\\\\":1}', true],
    ['{"a":["\\"","\\\\"],"\\"":1}', true],
    ['{"a":1}', false],
    ['"\\u0061"', false],
    ['{"a":"\\n"}', false],
    ['{"a":["\\":","\\\\" ],"b":"\\\\\\":"}', false],
  ])("is seen in %s: %s", (text, seen) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(hasEscapedName(text)).toBe(seen);
  });
});

// Code that counts what is run of it, for mutation, has another speed.
test.skipIf(process.env.MUTATION_SLICE)("each look takes a time that grows as the text does", () => {
  const times = (text: string) =>
    [membersAtMost, membersWritten, hasEscapedName].map((look) => {
      look(text);
      const start = performance.now();
      look(text);
      return performance.now() - start;
    });
  // What would be looked at again and again: quotes behind backslashes, blanks before colons.
  for (const part of ['\\\\\\"', " :", '\\\\\\" :']) {
    for (const time of times(`["${part.repeat(200_000)}"]`)) expect(time).toBeLessThan(500);
  }
  for (const time of times(`["${" ".repeat(500_000)}:${"\\\\".repeat(250_000)}"]`)) expect(time).toBeLessThan(500);
});
