import { describe, expect, test } from "vitest";
import { readJson } from "../../src/edge/json-body.ts";

function short(text: string) {
  const { parts, complete } = readJson(text);
  return { parts: parts.map(({ kind, text: value, pointer }) => `${kind} ${pointer} ${value}`), complete };
}

// docs.aws.amazon.com/waf/latest/APIReference/API_JsonBody.html: "AWS WAF parses the JSON in the following examples as two valid key,
// value pairs".
describe("AWS's three examples are two valid pairs", () => {
  test.each([
    ["missing comma", '{"key1":"value1""key2":"value2"}'],
    ["missing colon", '{"key1":"value1","key2""value2"}'],
    ["extra colons", '{"key1"::"value1","key2""value2"}'],
  ])("%s", (_name, text) => {
    expect(short(text)).toEqual({
      parts: ["key /key1 key1", "value /key1 value1", "key /key2 key2", "value /key2 value2"],
      complete: true,
    });
  });
});

test("every value is found, with its pointer", () => {
  expect(short(' {"a":{"b/~":[1,-2.5e3,true,null,"\\u00e9\\n\\q\\ud83d\\ude00\\/"]},"c":[]}\n')).toEqual({
    parts: [
      "key /a a",
      "key /a/b~1~0 b/~",
      "value /a/b~1~0/0 1",
      "value /a/b~1~0/1 -2.5e3",
      "value /a/b~1~0/2 true",
      "value /a/b~1~0/3 null",
      `value /a/b~1~0/4 ${Buffer.from("é\nq😀/").toString("latin1")}`,
      "key /c c",
    ],
    complete: true,
  });
});

// The same page: parsing stops for "invalid characters, duplicate keys, truncation, and any content whose root node isn't an object or
// an array".
describe("parsing ends at", () => {
  test.each([
    ["an invalid character", '{"a":1,x', ["key /a a", "value /a 1"]],
    ["an invalid value", '{"a":x}', ["key /a a"]],
    ["a duplicate key", '{"a":1,"a":2}', ["key /a a", "value /a 1", "key /a a"]],
    ["truncation", '{"a":["b"', ["key /a a", "value /a/0 b"]],
    ["truncation in a string", '{"a":"b', ["key /a a"]],
    ["truncation in an escape", '{"a":"b\\', ["key /a a"]],
    ["a wrong escape", '{"a":"\\u12x4"}', ["key /a a"]],
    ["a root that is text", '"a"', []],
    ["a second root", "[1][2]", ["value /0 1"]],
    ["nothing", "", []],
  ])("%s", (_name, text, parts) => {
    expect(short(text)).toEqual({ parts, complete: false });
  });

  test("too deep nesting", () => {
    expect(short("[".repeat(100_000))).toEqual({ parts: [], complete: false });
    expect(short(`${"[".repeat(512)}1${"]".repeat(512)}`).complete).toBe(true);
  });
});
