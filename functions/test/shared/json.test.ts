import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonRefused, parseJson } from "../../src/shared/json.ts";

const LIMITS = { maxBytes: 10_000, maxDepth: 4, maxMembers: 20 };

function refusal(text: string): string {
  try {
    parseJson(text, LIMITS);
  } catch (error) {
    if (error instanceof JsonRefused) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("parseJson", () => {
  test.each([
    ['{"a":[1,{"b":"c:{[\\"}"}],"d":null}', { a: [1, { b: 'c:{["}' }], d: null }],
    ['"\\\\"', "\\"],
    ["9007199254740991", 9007199254740991],
    ["[[[[]]]]", [[[[]]]]],
    ['{"a":{"b":1},"c":{"b":2}}', { a: { b: 1 }, c: { b: 2 } }],
  ])("reads %s", (text, value) => {
    expect(parseJson(text, LIMITS)).toEqual(value);
  });

  test.each([
    ["", "malformed: The JSON is malformed."],
    ['{"lines": [{"sku": ', "malformed: The JSON is malformed."],
    ['{"a', "malformed: The JSON is malformed."],
    ["{a:1}", "malformed: The JSON is malformed."],
    ["[[[[[1]]]]]", "unsafe: The JSON is nested more than 4 deep."],
    ['{"a":{"a":{"a":{"a":{}}}}}', "unsafe: The JSON is nested more than 4 deep."],
    ['[{"a":[{"a":[]}]}]', "unsafe: The JSON is nested more than 4 deep."],
    [`${"[".repeat(200_000)}`, "size: The JSON is longer than 10000 bytes."],
    [`{${Array.from({ length: 21 }, (_, index) => `"k${index}":1`)}}`, "unsafe: The JSON has more than 20 members."],
    ['{"quantity":1,"quantity":1000}', "unsafe: A member of a JSON object is given twice."],
    ['{"a":1,"\\u0061":2}', "unsafe: A member of a JSON object is given twice."],
    ['{"a":{"x":1,"y":2},"a":3}', "unsafe: A member of a JSON object is given twice."],
    ['{"__proto__":{"admin":true}}', "unsafe: A member of a JSON object has the name of a prototype."],
    ['{"\\u005f_proto__":1}', "unsafe: A member of a JSON object has the name of a prototype."],
    ['[{"constructor":{"prototype":{}}}]', "unsafe: A member of a JSON object has the name of a prototype."],
    ['{"\\u0061":1}', "unsafe: A member of a JSON object has a name that is written with an escape."],
    ['{"\\u0061":0,"\\u0061":0}', "unsafe: A member of a JSON object is given twice."],
    ['{"prototype":1}', "unsafe: A member of a JSON object has the name of a prototype."],
    ["1e999", "unsafe: A number of the JSON is larger than 9007199254740991."],
    ["[-9007199254740993]", "unsafe: A number of the JSON is larger than 9007199254740991."],
  ])("refuses %s", (text, reason) => {
    expect(refusal(text)).toBe(reason);
  });

  // Texts with as little room as a second member of a name can hide in.
  test.each([
    ['{"":1,"":1}'],
    ['{"a":1,"a":1}'],
    ['{"a":1,"a":100000}'],
    ['{"a":1e9,"a":1}'],
    ['{"a":1,"a":1e9}'],
    ['{"a":1,"a":3e3}'],
    ['{"a":1,"a":-1}'],
    ['{"a":1,"a":5e-1}'],
    ['{"a":1,"a":123456}'],
    ['{"a":0,"a":{}}'],
    ['{"a":0,"a":[]}'],
    ['{"a":0,"a":[0,0,{"b":"","b":""}]}'],
    ['{"a":1,"a":"text"}'],
    ['{"a":1,"a":null}'],
    ['{"a":"\\n","a":""}'],
    ['{"a":[1,10,300,4000,-5,0.5,true,null,""],"a":0}'],
    ['{"a":0,"a":[1,10,300,4000,-5,0.5,true,null,"",{},[],12345]}'],
    ['[{"sku":"A"},{"sku":"B","sku":"C"}]'],
  ])("sees the second member of %s, which has no space to spare", (text) => {
    expect(refusal(text)).toBe("unsafe: A member of a JSON object is given twice.");
  });

  test.each([
    ['{ "a" : 1 }'],
    [JSON.stringify({ note: 'c:{["}\n\n\n\n\n\n', quantity: 5 })],
    [JSON.stringify({ lines: [{ sku: "MUG-1", quantity: 2 }], note: "" }, null, 8)],
    ['{"a":1000000000000,"b":-9007199254740991,"c":1e-300}'],
  ])("reads %s, which has room for another member", (text) => {
    expect(parseJson(text, LIMITS)).toEqual(JSON.parse(text));
  });

  test("counts the members that are written, hidden ones too", () => {
    expect(refusal(`{${Array.from({ length: 21 }, () => '"a":1')}}`)).toBe(
      "unsafe: The JSON has more than 20 members.",
    );
  });

  test("takes as many members as are allowed, however the text is written", () => {
    const value = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, 1]));
    expect([refusal(JSON.stringify(value)), refusal(JSON.stringify(value, null, 4))]).toEqual(["accepted", "accepted"]);
  });

  test("takes no member of a prototype that was polluted for one of the value", () => {
    const prototype = Object.prototype as Record<string, unknown>;
    prototype.polluted = 777;
    try {
      expect(refusal('{"a":"\\n"}')).toBe("accepted");
      expect(refusal('{"a":1,"a":1}')).toBe("unsafe: A member of a JSON object is given twice.");
    } finally {
      delete prototype.polluted;
    }
  });

  test("counts bytes, not characters", () => {
    expect(refusal(JSON.stringify("é".repeat(4990)))).toBe("accepted");
    expect(refusal(JSON.stringify("é".repeat(5000)))).toBe("size: The JSON is longer than 10000 bytes.");
  });

  test("a text that is accepted is read as JSON.parse reads it, and holds no name of a prototype", () => {
    const limits = { maxBytes: 1_000_000, maxDepth: 50, maxMembers: 10_000 };
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        let value: unknown;
        try {
          value = parseJson(text, limits);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonRefused);
          return;
        }
        expect(value).toEqual(JSON.parse(text));
        expect(namesOf(value)).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(__proto__|constructor)$/)]),
        );
      }),
    );
  });

  test("a member that is given twice is never accepted, whatever its name and wherever it stands", () => {
    const limits = { maxBytes: 1_000_000, maxDepth: 50, maxMembers: 10_000 };
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), fc.nat(5), (name, first, second, depth) => {
        const member = (value: unknown) => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
        const inner = `{${member(first)},${member(second)}}`;
        const text = '{"in":'.repeat(depth) + inner + "}".repeat(depth);
        expect(() => parseJson(text, limits)).toThrow(JsonRefused);
      }),
    );
  });
});

function namesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(namesOf)];
}

describe("a member that is given twice", () => {
  const limits = { maxBytes: 10_000, maxDepth: 8, maxMembers: 100 };
  const values = ["0", "9", "10", "42", "99", "100", "101", "999", "1000", "1001", "12345", "-1", "-10", "0.5", "1e2"];

  // Whoever takes a value for longer than it can be written overlooks a member in the room that is left.
  test.each([...values, '""', '"a"', "true", "false", "null", "[]", "{}"])(
    "is seen beside any number of %s",
    (value) => {
      const list = Array(12).fill(value).join();
      expect(() => parseJson(`[${list},{"a":1,"a":2}]`, limits)).toThrow("A member of a JSON object is given twice.");
      const members = Array.from({ length: 12 }, (_, index) => `"m${index}":${value}`).join();
      expect(() => parseJson(`{${members},"a":1,"a":2}`, limits)).toThrow("A member of a JSON object is given twice.");
      expect(parseJson(`[${list},{"a":1}]`, limits)).toEqual(JSON.parse(`[${list},{"a":1}]`));
    },
  );

  test("is seen behind a text that ends with a backslash, and nothing else is", () => {
    expect(parseJson('{"a":"x\\\\","b":1}', limits)).toEqual({ a: "x\\", b: 1 });
    expect(() => parseJson('{"a":"x\\\\","b":1,"b":2}', limits)).toThrow("A member of a JSON object is given twice.");
  });
});
