import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
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

describe("the form of what is read", () => {
  const limits = { maxBytes: 10_000, maxDepth: 4, maxMembers: 100 };
  const form = '{"lines":[{"sku":"A","quantity":1,"gift":true,"price":2.5}],"note":"","id":7,"at":null}';

  /** The function as it is when the process starts, after it has read a text. */
  async function after(text: string): Promise<typeof parseJson> {
    vi.resetModules();
    const fresh = await import("../../src/shared/json.ts");
    fresh.parseJson(text, { maxBytes: 10_000, maxDepth: 9, maxMembers: 1000 });
    return (read, given) => {
      try {
        return fresh.parseJson(read, given);
      } catch (error) {
        // The class is another one for each fresh module.
        throw error instanceof fresh.JsonRefused ? new JsonRefused(error.kind, error.message) : error;
      }
    };
  }

  /** Whose names are listed while a text is read. */
  function listed(read: typeof parseJson, text: string): unknown[] {
    const names: unknown[] = [];
    const watched = (value: unknown): unknown => {
      if (typeof value !== "object" || value === null) return value;
      if (Array.isArray(value)) return value.map(watched);
      const copy = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, watched(member)]));
      return new Proxy(copy, {
        ownKeys: (target) => {
          names.push(Object.keys(target).join());
          return Reflect.ownKeys(target);
        },
      });
    };
    const parse = vi.spyOn(JSON, "parse");
    const value = watched(parse.getMockImplementation() ? undefined : JSON.parse(text));
    parse.mockReturnValue(value);
    try {
      read(text, { ...limits, maxDepth: 5 });
    } finally {
      parse.mockRestore();
    }
    return names;
  }

  test("spares it the list of names", async () => {
    const read = await after(form);
    expect(listed(read, form)).toEqual([]);
    expect(listed(read, '{"lines":[],"note":"other","id":-12,"at":[1]}')).toEqual([]);
    const line = '{"sku":"B","quantity":22,"gift":[{"sku":"","quantity":0,"gift":0,"price":0}],"price":null}';
    expect(listed(read, `{"lines":[${line},7,${line}],"note":"","id":7,"at":null}`)).toEqual([]);
  });

  test("is of up to four members", async () => {
    for (const names of [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]]) {
      const value = Object.fromEntries(names.map((name) => [name, 1]));
      const text = JSON.stringify([value, value]);
      expect(listed(await after(text), text)).toEqual([]);
      expect(listed(await after(JSON.stringify(value)), JSON.stringify(value))).toEqual([]);
    }
    const five = '{"a":1,"b":1,"c":1,"d":1,"e":1}';
    expect(listed(await after(five), five)).toEqual(["a,b,c,d,e", "a,b,c,d,e"]);
    expect(listed(await after(`[${five}]`), `[${five},${five}]`)).toEqual(Array(3).fill("a,b,c,d,e"));
  });

  test("is the first one that is read, and stays it", async () => {
    const read = await after('{"a":[{"x":1}]}');
    read('{"b":[{"y":1}]}', limits);
    expect(listed(read, '{"b":[{"y":1},{"y":2}]}')).toEqual(["b", "y", "y"]);
    expect(listed(read, '{"a":[{"x":1},{"x":2}]}')).toEqual([]);
    // Nothing is no form.
    const later = await after('[{"y":[{}]}]');
    later('[{"x":1}]', limits);
    expect(listed(later, '[{"y":1},{"y":2}]')).toEqual([]);
    const none = await after("{}");
    none('[{},{"z":1}]', limits);
    none('{"a":[{"x":1}]}', limits);
    expect(listed(none, '{"a":[{"x":1},{"x":2}]}')).toEqual([]);
  });

  test("is no longer looked for in a list in which one has it not", async () => {
    const read = await after('[{"x":1,"z":1}]');
    expect(listed(read, '[{"x":1,"z":1},{"x":1,"q":1},{"x":1,"z":1}]')).toEqual(["x,q", "x,z"]);
  });

  test("has no name that every object inherits", async () => {
    for (const name of ["toString", "valueOf", "hasOwnProperty"]) {
      const text = `{"${name}":[{"${name}":"a"},{"b":"c"}]}`;
      const read = await after(text);
      expect(listed(read, text)).toEqual([name, name, name, name, "b"]);
      expect(() => read(`[{"${name}":"a"},{"b":"c","b":"c"}]`, limits)).toThrow("is given twice");
    }
  });

  test.each([
    ['{"lines":[{"sku":"A","quantity":1,"gift":true,"price":2.5,"price":2.5}],"note":"","id":7,"at":null}', "twice"],
    ['{"lines":[{"sku":"A","quantity":1,"gift":true,"price":0},{"x":1,"x":1}],"note":"","id":7,"at":null}', "twice"],
    ['{"lines":[],"note":"","id":7,"at":null,"at":0}', "twice"],
    ['{"lines":[],"note":"","id":7,"at":null,"more":{"x":1,"x":1}}', "twice"],
    ['{"lines":[],"lines":[],"note":"","id":7}', "twice"],
    ['{"lines":[],"note":"","id":7,"at":null,"constructor":1}', "prototype"],
    ['{"lines":[{"sku":"","quantity":1,"gift":1,"price":1,"__proto__":{}}],"note":"","id":7,"at":null}', "prototype"],
    ['{"lines":[],"note":"","id":7,"at":null,"more":1e400}', "larger than"],
    ['{"lines":[{"sku":"","quantity":1,"gift":1,"price":9007199254740993}],"note":"","id":7,"at":0}', "larger than"],
    ['{"lines":[{"sku":"","quantity":[[]],"gift":1,"price":1}],"note":"","id":7,"at":0}', "nested"],
    ['{"lines":[{"sku":"","quantity":1,"gift":1,"price":1,"q":[[]]}],"note":"","id":7,"at":0}', "nested"],
    ['{"lines":[],"note":"","id":7,"at":[[[[]]]]}', "nested"],
    ['{"lines":[],"note":"","id":7,"a\\u0074":0}', "escape"],
    ['{"lines":[],"note":"","id":7,"at":0,"\\n" :0}', "escape"],
  ])("hides nothing: %s", async (text, reason) => {
    expect(() => parseJson(text, limits)).toThrow(reason);
    const read = await after(form);
    expect(() => read(text, limits)).toThrow(reason);
    expect(() => read(JSON.stringify(JSON.parse(form), null, 2), limits)).not.toThrow();
  });

  test("counts the members of each object once", async () => {
    const read = await after(form);
    // Eight of the outer objects and five of a line without its price, whose first members were looked at by the form.
    const text = '{"lines":[{"sku":{"a":1},"quantity":1,"gift":{"b":2}}],"note":{"c":[]},"id":7}';
    expect(() => read(text, { ...limits, maxMembers: 8 })).toThrow("The JSON has more than 8 members.");
    expect(read(text, { ...limits, maxMembers: 9 })).toEqual(JSON.parse(text));
    expect(() => read(form, { ...limits, maxMembers: 7 })).toThrow("The JSON has more than 7 members.");
    expect(read(form, { ...limits, maxMembers: 8 })).toEqual(JSON.parse(form));
  });

  test("is within the depth", async () => {
    const read = await after(form);
    expect(read(form, { ...limits, maxDepth: 3 })).toEqual(JSON.parse(form));
    for (const maxDepth of [0, 1, 2]) {
      expect(() => read(form, { ...limits, maxDepth })).toThrow(`The JSON is nested more than ${maxDepth} deep.`);
    }
    expect(read("7", { ...limits, maxDepth: 0 })).toBe(7);
  });

  test.each(["sku", "quantity", "gift", "price"])("takes no %s of a polluted prototype for a line's", async (name) => {
    const read = await after(form);
    const others = ["sku", "gift", "price", "quantity"].filter((other) => other !== name);
    const lines = others.map((other) => `"${other}":1`);
    // As long as the member that is not there, so that the text has room for one or the other.
    const hidden = `"${others[0]}":${"1".repeat(name.length + 3 - Number(others[0]?.length))}`;
    expect(hidden).toHaveLength(`"${name}":"x"`.length);
    const prototype = Object.prototype as Record<string, unknown>;
    for (const enumerable of [true, false]) {
      Object.defineProperty(prototype, name, { value: "x", enumerable, configurable: true, writable: true });
      try {
        expect(read(`[{${lines}}]`, limits)).toEqual(JSON.parse(`[{${lines}}]`));
        expect(() => read(`[{${hidden},${lines}}]`, limits)).toThrow("is given twice");
      } finally {
        delete prototype[name];
      }
    }
  });
});
