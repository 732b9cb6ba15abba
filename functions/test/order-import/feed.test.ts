import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFeed } from "../../src/order-import/feed.ts";
import { refusalOf } from "../support/refusals.ts";

const LINE = '<line sku="MUG-1" quantity="2"/>';
const feed = (inside: string) => `<?xml version="1.0"?>\n<orders>${inside}</orders>`;
const order = (inside: string) => feed(`<order>${inside}</order>`);

describe("readFeed", () => {
  test("reads orders", () => {
    const text = `<orders>
      <order>${LINE}<note>a &amp; <![CDATA[<b>]]> c</note></order>
      <order><note/><line quantity="1" sku="CAP-1"></line></order>
    </orders>`;
    expect(readFeed(text)).toEqual([
      { lines: [{ sku: "MUG-1", quantity: 2 }], note: "a & <b> c" },
      { lines: [{ sku: "CAP-1", quantity: 1 }], note: "" },
    ]);
    expect(readFeed("<orders/>")).toEqual([]);
    expect(readFeed(order('<line sku="MUG-1" quantity="1000"/>'))).toEqual([
      { lines: [{ sku: "MUG-1", quantity: 1000 }] },
    ]);
  });

  const ELEMENT = "An element stands where the feed has none of that name.";
  const ATTRIBUTE = "An element has an attribute that the feed does not have.";
  test.each([
    ["another root", "<feed/>", ELEMENT],
    ["an element of another name", order("<price>1</price>"), ELEMENT],
    ["a line in a line", order('<line sku="A" quantity="1"><line/></line>'), ELEMENT],
    ["a line without an order", feed(LINE), ELEMENT],
    ["an attribute of an order", feed('<order discount="1"/>'), ATTRIBUTE],
    ["an attribute of a line", order('<line sku="A" quantity="1" price="1"/>'), ATTRIBUTE],
    ["two notes", order(`${LINE}<note>a</note><note>b</note>`), "An order has two notes."],
    ["text in an order", order(`${LINE}text`), "Text stands where the feed has none."],
    ["201 orders", feed(`<order>${LINE}</order>`.repeat(201)), "The feed has more than 200 orders."],
  ])("refuses %s", (_what, text, detail) => {
    const refusal = refusalOf(() => readFeed(text));
    expect(refusal).toMatchObject({ defence: "", status: 422 });
    expect(refusal.detail).toMatch(new RegExp(`^${detail} The fault is before line \\d+, column \\d+\\.$`));
  });

  test.each([
    ["no lines", "", "lines must be a list of 1 to 50 order lines."],
    ["no sku", '<line quantity="1"/>', "lines[0].sku must be 1 to 32 capital letters, digits and hyphens."],
    ["no quantity", '<line sku="A"/>', "lines[0].quantity must be a whole number from 1 to 1000."],
    [
      "a negative quantity",
      '<line sku="A" quantity="-1"/>',
      "lines[0].quantity must be a whole number from 1 to 1000.",
    ],
    [
      "a hexadecimal quantity",
      '<line sku="A" quantity="0x10"/>',
      "lines[0].quantity must be a whole number from 1 to 1000.",
    ],
    [
      "a long note",
      `${LINE}<note>${"n".repeat(501)}</note>`,
      "note must be text of at most 500 characters without control characters.",
    ],
  ])("holds an order to the rules of JSON's: %s", (_what, inside, detail) => {
    expect(refusalOf(() => readFeed(order(inside)))).toEqual({ defence: "order-schema", status: 422, detail });
  });

  const declaring = (doctype: string, note: string) =>
    `<?xml version="1.0"?>\n<!DOCTYPE orders [${doctype}]><orders><order>${LINE}<note>${note}</note></order></orders>`;
  test.each([
    ["xml-doctype", declaring('<!ENTITY file SYSTEM "file:///etc/passwd">', "&file;")],
    ["xml-doctype", declaring('<!ENTITY e0 "x"><!ENTITY e1 "&e0;&e0;">', "&e1;")],
    ["xml-doctype", feed('<?php system("id") ?>')],
    ["xml-limits", order(`<note>${"n".repeat(5000)}</note>`)],
    ["xml-limits", `${" ".repeat(70_000)}<orders/>`],
  ])("refuses by %s", (defence, text) => {
    expect(refusalOf(() => readFeed(text))).toMatchObject({ defence, status: 400 });
  });

  test("what a partner writes is what is ordered: no note is read as markup", () => {
    const note = fc.string({ unit: fc.constantFrom(..."<>&\"' aé😀]!-"), maxLength: 60 });
    const entities: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };
    fc.assert(
      fc.property(fc.array(note, { minLength: 1, maxLength: 5 }), (notes) => {
        const written = notes.map(
          (text) => `<order>${LINE}<note>${text.replace(/[<>&]/g, (c) => entities[c] ?? "")}</note></order>`,
        );
        expect(readFeed(feed(written.join(""))).map((each) => each.note)).toEqual(notes);
      }),
    );
  });

  test("a document with a document type is never read, wherever else it is well-formed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("", " ", "\n"),
        fc.string({ unit: fc.constantFrom(..."abc<!&;%[]\"' ") }),
        (space, inside) => {
          expect(() => readFeed(`<?xml version="1.0"?>${space}<!DOCTYPE orders [${inside}]><orders/>`)).toThrow();
        },
      ),
    );
  });
});
