import { expect, test } from "vitest";
import { Reader } from "../src/reader.ts";
import { UNKNOWN } from "../src/unknown.ts";

const reader = (value: unknown) => new Reader(value, "p");

test("what is missing reads as undefined, or as empty", () => {
  for (const missing of [undefined, null]) {
    const read = reader(missing);
    expect([read.text(), read.number(), read.flag(), read.list(), read.texts(), read.entries()]).toEqual([
      undefined,
      undefined,
      undefined,
      [],
      [],
      [],
    ]);
    expect([read.present, read.at("x").present, read.get("x.y").text()]).toEqual([false, false, undefined]);
  }
});

test("values of the right type are read; text that is a number or a flag counts as one", () => {
  expect([reader("a").text(), reader(0).number(), reader("12.5").number()]).toEqual(["a", 0, 12.5]);
  expect([reader(false).flag(), reader("true").flag()]).toEqual([false, true]);
  expect(
    reader({ a: { b: 1 } })
      .get("a.b")
      .number(),
  ).toBe(1);
  expect(reader(["a", null, "b"]).texts()).toEqual(["a", "b"]);
  expect(reader("a").texts()).toEqual(["a"]);
  expect(reader({ a: 1 }).list()[0]?.value).toEqual({ a: 1 });
  expect(
    reader([1])
      .list()
      .map(({ path }) => path),
  ).toEqual(["p[0]"]);
  expect(
    reader({ a: 1 })
      .entries()
      .map(([key, value]) => [key, value.path, value.value]),
  ).toEqual([["a", "p.a", 1]]);
  expect(reader('{"a":1}').json().at("a").number()).toBe(1);
  expect(reader({ a: 1 }).json().at("a").number()).toBe(1);
});

test.each(["text", "number", "flag", "list", "texts", "entries", "json"] as const)(
  "%s of an unknown value throws",
  (read) => {
    expect(() => reader(UNKNOWN)[read]()).toThrow("p: is not known before deployment");
    expect(reader(UNKNOWN).present).toBe(true);
  },
);

test("a key of an unknown value throws, and an inherited key is missing", () => {
  expect(() => reader(UNKNOWN).at("x")).toThrow("p: is not known before deployment");
  expect(reader({}).at("constructor").present).toBe(false);
  expect(reader(JSON.parse('{"__proto__":"x"}')).at("__proto__").text()).toBe("x");
});

test.each([
  [() => reader(1).text(), "p: is a number, where the rule expects a string"],
  [() => reader("a").number(), "p: is a string, where the rule expects a number"],
  [() => reader("").number(), "p: is a string, where the rule expects a number"],
  [() => reader("yes").flag(), "p: is a string, where the rule expects a boolean"],
  [() => reader([]).at("a"), "p: is a list, where the rule expects an object"],
  [() => reader([1]).text(), "p: is a list, where the rule expects a string"],
  [() => reader({}).text(), "p: is an object, where the rule expects a string"],
  [() => reader(true).list(), "p: is a boolean, where the rule expects a list"],
  [() => reader(7).json(), "p: is a number, where the rule expects JSON"],
  [() => reader("{").json(), "p: is no JSON"],
])("a value of another type is not evaluated (%#)", (read, message) => {
  expect(read).toThrow(message);
});
