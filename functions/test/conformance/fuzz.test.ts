import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test, vi } from "vitest";
import type { ApiEvent } from "../../src/shared/api.ts";
import { readJsonBody } from "../../src/shared/defences/body-limits.ts";
import { reviveCart } from "../../src/shared/defences/cart-revival.ts";
import { encodeAttribute, encodeJson, encodeText, encodeUrl, html } from "../../src/shared/defences/html-encoding.ts";
import { JsonRefused, parseJson } from "../../src/shared/json.ts";
import { Refusal, Unanswerable } from "../../src/shared/refusal.ts";
import { readXml } from "../../src/shared/xml.ts";

/** Each test's name is a sentence that holds for every input. `FUZZ_RUNS` makes the run longer. */
const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 10_000) };
const TIMEOUT = Math.max(60_000, runs.numRuns * 10);

const LIMITS = { maxBytes: 100_000, maxDepth: 20, maxMembers: 1000 };

// JSON as anybody may write it: each value is its text, and whether a member is given twice in it.
interface Written {
  text: string;
  twice: boolean;
}
const plain = (texts: fc.Arbitrary<string>) => texts.map((text): Written => ({ text, twice: false }));
const names = fc.constantFrom('""', '"a"', '"b"', '"\\u0061"', '"ab"', '"a:"', '"\\""', '"\\\\"');
const { value: written } = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    plain(fc.constantFrom("0", "-0", "10", "1e1", "300", "3e2", "1000", "1e3", "12345", "0.5", "5e-1", "-7", "1E+5")),
    plain(fc.constantFrom('""', '"x"', '":"', '"\\n"', '"\\u0041"', '"{\\"a\\":1,"', "true", "false", "null")),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => ({
      text: `[${items.map(({ text }) => text).join(",")}]`,
      twice: items.some(({ twice }) => twice),
    })),
    fc
      .tuple(fc.array(fc.tuple(names, tie("value")), { maxLength: 4 }), fc.constantFrom("", "", " ", "\n  "))
      .map(([members, space]) => ({
        text: `{${members.map(([name, { text }]) => `${space}${name}:${text}`).join(",")}}`,
        twice:
          members.some(([name, { twice }]) => twice || name.includes("\\")) ||
          new Set(members.map(([name]) => JSON.parse(name))).size < members.length,
      })),
  ),
}));

const jsonLike = fc
  .array(
    fc.constantFrom(
      ...'{}[],:"\\ 01e-.',
      "true",
      "null",
      '"a"',
      '"__proto__":',
      '"constructor":',
      "\\u005f",
      "\0",
      "é",
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));
const anyText = fc.oneof(jsonLike, fc.json(), fc.string({ unit: "binary" }));

describe("JSON", () => {
  test("a text is accepted if no member is given twice in it and no name has an escape, and refused otherwise", {
    timeout: TIMEOUT,
  }, () => {
    fc.assert(
      fc.property(written, ({ text, twice }) => {
        if (twice) expect(() => parseJson(text, LIMITS)).toThrow(JsonRefused);
        else expect(parseJson(text, LIMITS)).toEqual(JSON.parse(text));
      }),
      runs,
    );
  });

  test("no form that was read before lets pass, or refuses, another text", { timeout: TIMEOUT }, async () => {
    const modules: (typeof parseJson)[] = [];
    for (const names of [["a"], ["b", "a"], ["ab", "", "b"], ["a:", "b", "", "a"]]) {
      vi.resetModules();
      const fresh = await import("../../src/shared/json.ts");
      const object = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
      fresh.parseJson(JSON.stringify(object([object(0)])), LIMITS);
      modules.push(fresh.parseJson);
    }
    const reads = (read: typeof parseJson, text: string) => {
      try {
        return JSON.stringify(read(text, { maxBytes: 100_000, maxDepth: 5, maxMembers: 12 }));
      } catch (error) {
        // Of two faults any may be found first.
        expect((error as Error).message).toMatch(/^(A member|A number|The JSON) /);
        return "refused";
      }
    };
    fc.assert(
      fc.property(written, ({ text, twice }) => {
        const told = modules.map((read) => reads(read, text));
        expect(new Set(told).size).toBe(1);
        if (twice) expect(told[0]).toBe("refused");
      }),
      runs,
    );
  });

  test("whatever is sent as a body, the answer is a value or a refusal, and no prototype is changed", {
    timeout: TIMEOUT,
  }, () => {
    const before = Reflect.ownKeys(Object.prototype).length;
    fc.assert(
      fc.property(anyText, fc.boolean(), (body, isBase64Encoded) => {
        const event = { headers: { "content-type": "application/json" }, body, isBase64Encoded } as unknown as ApiEvent;
        const value = outcome(() => readJsonBody(event));
        expect(JSON.stringify(value) ?? "").not.toMatch(/"(__proto__|constructor|prototype)":/);
        expect(Reflect.ownKeys(Object.prototype)).toHaveLength(before);
      }),
      runs,
    );
  });

  test("whatever is revived, it is a cart of plain lines or a refusal", { timeout: TIMEOUT }, () => {
    const line = fc.record({
      sku: fc.oneof(fc.constantFrom("MUG-1", "a b", "__proto__"), fc.string()),
      quantity: fc.oneof(fc.integer(), fc.double(), fc.string()),
    });
    const cart = fc.record({ version: fc.constantFrom(1, 2, "1"), lines: fc.array(fc.oneof(line, fc.jsonValue())) });
    fc.assert(
      fc.property(
        fc.oneof(
          cart.map((value) => JSON.stringify(value)),
          anyText,
        ),
        (text) => {
          const revived = outcome(() => reviveCart(text)) as { lines: Record<string, unknown>[] } | undefined;
          if (revived === undefined) return;
          for (const item of revived.lines) {
            expect(Object.keys(item)).toEqual(["sku", "quantity"]);
            expect(item.sku).toMatch(/^[A-Z0-9-]{1,32}$/);
            expect(Number.isInteger(item.quantity)).toBe(true);
          }
        },
      ),
      runs,
    );
  });
});

// What is thrown must be an answer to the caller; anything else is a fault of ours and fails the test.
function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    expect(error instanceof Refusal || error instanceof Unanswerable).toBe(true);
    return undefined;
  }
}

const xmlLike = fc
  .array(
    fc.constantFrom(
      ..."<>/=&;'\"!?[]-: x\r\n\0é😀\ud800",
      "<a>",
      "</a>",
      "<b x='1'>",
      "</b>",
      "<c/>",
      "<p:d xmlns:p='u'/>",
      "<p:e/>",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "&amp;",
      "&#65;",
      "&#x1F600;",
      "&e;",
      "<?pi ?>",
      '<?xml version="1.0"?>',
      "<!DOCTYPE a [<!ENTITY e 'x'>]>",
      "text",
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(""));
const anyXml = fc.oneof(
  xmlLike.map((inner) => `<a>${inner}</a>`),
  xmlLike,
  fc.string({ unit: "binary" }),
  // Longer than a piece, with what is cut at any place.
  fc
    .tuple(fc.integer({ min: 16_300, max: 16_400 }), xmlLike)
    .map(([length, inner]) => `<a>${"<c/>\n".repeat(length / 5)}${inner}</a>`),
);

describe("XML", () => {
  test("no document is accepted that saxes itself refuses, or that has a document type or an instruction; the others are told alike", {
    timeout: TIMEOUT,
  }, () => {
    fc.assert(
      fc.property(anyXml, (text) => {
        const seen: string[] = [];
        const handlers = {
          open: (name: string, attributes: Readonly<Record<string, string>>) =>
            seen.push(`<${name} ${JSON.stringify(attributes)}`),
          text: (value: string) => seen.push(value),
          close: (name: string) => seen.push(`</${name}`),
        };
        const refused = outcome(() => {
          readXml(text, handlers);
          return "accepted";
        });
        if (refused === undefined) return;
        expect(seen).toEqual(told(text));
      }),
      runs,
    );
  });

  test("no refusal repeats what was sent", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(anyXml, (text) => {
        try {
          readXml(text, { open() {}, text() {}, close() {} });
        } catch (error) {
          expect((error as Error).message).toMatch(
            /^(The XML is malformed\. The fault is before line \d+, column \d+\.|xml-(limits|doctype): The XML [a-z0-9 ]+\.)$/,
          );
        }
      }),
      runs,
    );
  });
});

// What saxes itself tells of a document in one piece. It throws where saxes finds a fault, and for a document type or an instruction.
function told(text: string): string[] {
  const events: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("doctype", () => {
    throw new Error("document type");
  });
  parser.on("processinginstruction", () => {
    throw new Error("instruction");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value]);
    events.push(`<${name} ${JSON.stringify(Object.fromEntries(values))}`);
  });
  parser.on("text", (value) => events.push(value));
  parser.on("cdata", (value) => events.push(value));
  parser.on("closetag", ({ name }) => events.push(`</${name}`));
  parser.write(text).close();
  return events;
}

const markup = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."<>&\"'`=/ ;#\0\n\u2028\u2029\ud800a") }),
);

describe("HTML", () => {
  test("no text, in a template, opens a tag, ends a quoted attribute or begins a reference of its own", {
    timeout: TIMEOUT,
  }, () => {
    fc.assert(
      fc.property(markup, (text) => {
        expect(String(html`${text}`)).toBe(encodeText(text));
        expect(encodeText(text)).toMatch(/^([^<>"'`&]|&(amp|lt|gt|quot|#39|#96);)*$/);
      }),
      runs,
    );
  });

  test("no text leaves an attribute, with quotes or without, or a part of a URL", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(markup, (text) => {
        expect(String(encodeAttribute(text))).toMatch(/^([A-Za-z0-9]|&#x[0-9a-f]+;)*$/);
        expect(String(encodeUrl(text))).toMatch(/^([A-Za-z0-9._~-]|%[0-9A-F]{2})*$/);
      }),
      runs,
    );
  });

  test("no value ends a script or a line in it, and each is read back as it was", { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(fc.oneof(markup, fc.jsonValue()), (value) => {
        const json = String(encodeJson(value));
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      runs,
    );
  });
});
