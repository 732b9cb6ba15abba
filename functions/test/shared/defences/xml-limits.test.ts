import { describe, expect, test } from "vitest";
import { createXmlBudget, defaultXmlLimits, type XmlBudget } from "../../../src/shared/defences/xml-limits.ts";
import { readXml } from "../../../src/shared/xml.ts";
import { refusalOf } from "../../support/refusals.ts";

const limits = {
  ...defaultXmlLimits,
  maxBytes: 100,
  maxDepth: 2,
  maxElements: 3,
  maxAttributes: 1,
  maxText: 10,
  maxName: 5,
};
const ignore = { open() {}, text() {}, close() {} };
const read = (text: string, budget?: XmlBudget) => readXml(text, ignore, budget);

function within(use: (budget: XmlBudget) => void): ReturnType<typeof refusalOf> {
  return refusalOf(() => {
    const budget = createXmlBudget(limits);
    budget.document("x".repeat(50));
    use(budget);
  });
}

const times = (count: number, act: () => void) => {
  for (let index = 0; index < count; index++) act();
};

describe("the limits", () => {
  test.each<[string, (budget: XmlBudget) => void, string]>([
    ["depth", (budget) => times(3, () => budget.open("a")), "The XML has more than 2 elements inside each other."],
    [
      "elements",
      (budget) =>
        times(4, () => {
          budget.open("a");
          budget.close();
        }),
      "The XML has more than 3 elements.",
    ],
    ["a name", (budget) => budget.open("abcdef"), "The XML has more than 5 characters in a name."],
    [
      "an attribute's name",
      (budget) => budget.attribute("abcdef", ""),
      "The XML has more than 5 characters in a name.",
    ],
    [
      "attributes",
      (budget) => {
        budget.attribute("a", "");
        budget.attribute("b", "");
      },
      "The XML has more than 1 attributes in an element.",
    ],
    [
      "an attribute",
      (budget) => budget.attribute("a", "x".repeat(11)),
      "The XML has more than 10 characters in an attribute.",
    ],
    ["a text", (budget) => budget.text("x".repeat(11)), "The XML has more than 10 characters in a text."],
    [
      "all text",
      (budget) => times(6, () => budget.text("x".repeat(10))),
      "The XML expands to more text than it holds.",
    ],
    ["what is pending", (budget) => budget.read(1, 11), "The XML has more than 10 characters in a text."],
    ["the prolog", (budget) => budget.read(4097), "The XML has more than 4096 characters before its root element."],
  ])("hold %s", (_what, use, detail) => {
    expect(within(use)).toEqual({ defence: "xml-limits", status: 400, detail });
  });

  test("attributes are counted for each element anew, and the prolog only before the root", () => {
    const budget = createXmlBudget(limits);
    budget.document("x".repeat(100));
    budget.open("a");
    budget.attribute("x", "1");
    budget.open("b");
    budget.attribute("x", "1");
    expect(() => budget.read(1_000_000)).not.toThrow();
  });

  test.each([
    ["characters", "x".repeat(101)],
    ["bytes", "é".repeat(51)],
  ])("hold the document's size in %s", (_what, text) => {
    expect(refusalOf(() => createXmlBudget(limits).document(text))).toEqual({
      defence: "xml-limits",
      status: 413,
      detail: "The XML is longer than 100 bytes.",
    });
  });

  test("hold the time", () => {
    let clock = 0;
    const budget = createXmlBudget(limits, () => clock);
    budget.open("a");
    clock = 1000;
    budget.read(1);
    clock = 1001;
    expect(refusalOf(() => budget.read(2)).detail).toBe("The XML has more than 1000 milliseconds of work in it.");
  });
});

describe("bombs", () => {
  test.each([
    [
      "200,000 elements inside each other",
      "<a>".repeat(200_000),
      "The XML has more than 8 elements inside each other.",
    ],
    [
      "100,000 attributes",
      `<a ${Array.from({ length: 100_000 }, (_, index) => `a${index}=""`).join(" ")}/>`,
      "The XML has more than 8 attributes in an element.",
    ],
    ["two megabytes", `<a>${"<b/>".repeat(500_000)}</a>`, "The XML is longer than 1048576 bytes."],
    ["a long text", `<a>${"x".repeat(1_000_000)}</a>`, "The XML has more than 4096 characters in a text."],
    ["a long CDATA", `<a><![CDATA[${"x".repeat(5000)}]]></a>`, "The XML has more than 4096 characters in a text."],
    [
      "a large entity",
      `<!DOCTYPE a [<!ENTITY x "${"x".repeat(900_000)}">]><a>${"&x;".repeat(1000)}</a>`,
      "The XML has more than 4096 characters before its root element.",
    ],
    ["30,000 elements", `<a>${"<b/>".repeat(30_000)}</a>`, "The XML has more than 20000 elements."],
  ])("are refused: %s", (_what, text, detail) => {
    expect(refusalOf(() => read(text)).detail).toBe(detail);
  });
});

test("tells the bytes of a document that is within its limits", () => {
  const budget = createXmlBudget({ ...defaultXmlLimits, maxBytes: 10 });
  expect(["", "<a/>", "grüß", "éééée"].map((text) => budget.document(text))).toEqual([0, 4, 6, 9]);
});
