/** When `parseJson` looks at a text for what is hidden in it: only where there is room for a member, or an escape. */
import { beforeEach, expect, test, vi } from "vitest";

const { looks } = vi.hoisted(() => ({ looks: vi.fn<(text: string) => void>() }));
vi.mock("../../src/shared/json-text.ts", async (original) => {
  const actual = await original<typeof import("../../src/shared/json-text.ts")>();
  return {
    ...actual,
    membersAtMost: (text: string) => {
      looks(text);
      return actual.membersAtMost(text);
    },
  };
});
beforeEach(() => {
  looks.mockClear();
  vi.resetModules();
});

const LIMITS = { maxBytes: 10_000, maxDepth: 9, maxMembers: 100 };

/** How often texts are looked at, by a function that has read others before. */
async function looksAt(texts: readonly string[], before: readonly string[] = []): Promise<number> {
  const { parseJson } = await import("../../src/shared/json.ts");
  for (const text of before) parseJson(text, LIMITS);
  looks.mockClear();
  for (const text of texts) expect(parseJson(text, LIMITS)).toEqual(JSON.parse(text));
  return looks.mock.calls.length;
}

// Each text with how many of its characters a shorter text of the same value could do without.
const TEXTS: readonly (readonly [text: string, spare: number])[] = [
  ["0", 0],
  ["9", 0],
  ["10", 0],
  ["99", 0],
  ["100", 0],
  ["999", 0],
  ["1001", 0],
  ["9999", 0],
  ["10001", 0],
  ["123456", 0],
  ["9007199254740991", 0],
  ["1000", 1],
  ["10000", 2],
  ["1234000", 4],
  ["-1", 0],
  ["-12", 1],
  ["1.5", 0],
  ["2.25", 1],
  ['""', 0],
  ['"text"', 0],
  ["true", 0],
  ["false", 1],
  ["null", 0],
  ["[]", 0],
  ["[1]", 0],
  ["[1,2,3]", 0],
  ['["a",[],[[]],"b"]', 0],
  ["{}", 0],
  ['{"a":1}', 0],
  ['{"a":"b","c":2,"d":null,"e":"f"}', 0],
  ['{"a":1,"b":"c","d":"e","f":2}', 0],
  ['{"a":1,"b":2,"c":"d"}', 0],
  ['{"a":1,"b":2,"c":3,"d":4,"e":"f","g":[]}', 0],
  ['{"one":{"two":{},"three":{"four":"five","six":7}}}', 0],
  ['[{"a":1,"b":2},{"a":"x","b":"y"},{"b":1},7]', 0],
  ['[{"a":1,"b":2,"c":3,"d":4},{"a":"1","b":"2","c":"3","d":"4"}]', 0],
  ['[{"a":1,"b":2,"c":3},{"a":"1","b":"2","c":"3"}]', 0],
  ['[{"a":1,"b":2,"c":3,"d":4,"e":5},{"a":"x"}]', 0],
  ['[{},{"a":{"b":1}}]', 0],
];

test.each(TEXTS)(
  "%s with less room than a member takes needs no look, and with as much it does",
  async (text, spare) => {
    const tight = text + " ".repeat(4 - spare);
    const roomy = `${tight} `;
    for (const before of [[], ['{"q":[{"q":1}]}'], [text]]) {
      vi.resetModules();
      expect(await looksAt([text, tight, tight], before)).toBe(0);
      vi.resetModules();
      expect(await looksAt([roomy, roomy], before)).toBe(2);
    }
  },
);

test("an escape needs a look, however little room there is", async () => {
  expect(await looksAt(['"\\n"', '{"a":"\\n"}'])).toBe(2);
});

test.each(["__proto__", "constructor", "prototype"])("%s is refused in the first object that is read", async (name) => {
  for (const text of [`{"${name}":1}`, `[{"${name}":1}]`, `{"a":[{"b":2,"${name}":1}]}`]) {
    vi.resetModules();
    const { parseJson } = await import("../../src/shared/json.ts");
    expect(() => parseJson(text, LIMITS)).toThrow("A member of a JSON object has the name of a prototype.");
  }
});

test.each(["note", "size", "code", "gift"])(
  "no %s of a polluted prototype is taken for the body's own",
  async (name) => {
    const { parseJson } = await import("../../src/shared/json.ts");
    parseJson('{"note":1,"size":1,"code":1,"gift":1}', LIMITS);
    const others = ["note", "size", "code", "gift"].filter((other) => other !== name);
    const own = others.map((other) => `"${other}":1`).join();
    // As long as the member that is not there would be.
    const hidden = `"${others[0]}":111`;
    Object.defineProperty(Object.prototype, name, { value: "x", configurable: true });
    try {
      expect(parseJson(`{${own}}`, LIMITS)).toEqual(JSON.parse(`{${own}}`));
      expect(() => parseJson(`{${hidden},${own}}`, LIMITS)).toThrow("A member of a JSON object is given twice.");
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  },
);

test("members that hide behind others of their name count towards the most", async () => {
  const { parseJson } = await import("../../src/shared/json.ts");
  const limits = { ...LIMITS, maxMembers: 2 };
  expect(() => parseJson('{"a":1,"a":1}', limits)).toThrow("A member of a JSON object is given twice.");
  expect(() => parseJson('{"a":1,"a":1,"a":1}', limits)).toThrow("The JSON has more than 2 members.");
});

test.each(["a", "b", "c", "d"])("%s of an object in a list is nested as deep as where it stands", async (name) => {
  const { parseJson } = await import("../../src/shared/json.ts");
  parseJson('[{"a":1,"b":1,"c":1,"d":1}]', LIMITS);
  const members = (value: string) =>
    ["a", "b", "c", "d"].map((each) => `"${each}":${each === name ? value : 1}`).join();
  const limits = { ...LIMITS, maxDepth: 3 };
  expect(parseJson(`[{${members("[]")}}]`, limits)).toBeDefined();
  for (const list of [`[{${members("[[]]")}}]`, `[{"other":1,${members("[[]]")}}]`, '[{"other":[[]]}]']) {
    expect(() => parseJson(list, limits)).toThrow("The JSON is nested more than 3 deep.");
  }
});
