import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  encodeAttribute,
  encodeJson,
  encodeText,
  encodeUrl,
  html,
  trusted,
} from "../../../src/shared/defences/html-encoding.ts";

const SCRIPT = "<script>fetch('http://127.0.0.1/'+document.cookie)</script>";
const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."<>&\"'`=/ a\u2028") }));

describe("encodeText", () => {
  test.each([
    ["plain text, ünïcode 😀", "plain text, ünïcode 😀"],
    ["", ""],
    ["&<>\"'`", "&amp;&lt;&gt;&quot;&#39;&#96;"],
    ["a<b", "a&lt;b"],
    [SCRIPT, "&lt;script&gt;fetch(&#39;http://127.0.0.1/&#39;+document.cookie)&lt;/script&gt;"],
    ["&lt;", "&amp;lt;"],
  ])("encodes %j", (text, encoded) => {
    expect(encodeText(text)).toBe(encoded);
  });

  test("no text opens a tag, ends an attribute or begins a reference of its own, and each is read back as it was", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const encoded = encodeText(text);
        expect(encoded).not.toMatch(/[<>"'`]/);
        expect(encoded).not.toMatch(/&(?!(amp|lt|gt|quot|#39|#96);)/);
        expect(decode(encoded)).toBe(text);
      }),
    );
  });
});

describe("encodeAttribute", () => {
  test("encodes everything but letters and digits", () => {
    expect(String(encodeAttribute('x onload="alert(1)" 😀'))).toBe(
      "x&#x20;onload&#x3d;&#x22;alert&#x28;1&#x29;&#x22;&#x20;&#x1f600;",
    );
  });

  test("no text leaves an attribute, even one without quotes", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(String(encodeAttribute(text))).toMatch(/^([A-Za-z0-9]|&#x[0-9a-f]+;)*$/);
      }),
    );
  });
});

describe("encodeUrl", () => {
  test.each([
    ["a b&c=d/e?f#g", "a%20b%26c%3Dd%2Fe%3Ff%23g"],
    ["javascript:alert('1')", "javascript%3Aalert%28%271%27%29"],
    ["*", "%2A"],
    ["\ud800", "%EF%BF%BD"],
  ])("encodes %j", (text, encoded) => {
    expect(String(encodeUrl(text))).toBe(encoded);
  });

  test("no text is more than one component of a URL", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(String(encodeUrl(text))).toMatch(/^([A-Za-z0-9_.~-]|%[0-9A-F]{2})*$/);
      }),
    );
  });
});

describe("encodeJson", () => {
  test("encodes what could end a script element", () => {
    expect(String(encodeJson({ note: "</script><!--\u2028&" }))).toBe(
      '{"note":"\\u003c/script\\u003e\\u003c!--\\u2028\\u0026"}',
    );
    expect(String(encodeJson(undefined))).toBe("null");
  });

  test("no value ends a script element, and each is read back as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const encoded = String(encodeJson(value));
        expect(encoded).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(encoded)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("html", () => {
  test("encodes each value by default", () => {
    expect(String(html`<p title="${'"><img src=x>'}">${SCRIPT}, ${7}</p>`)).toBe(
      `<p title="&quot;&gt;&lt;img src=x&gt;">${encodeText(SCRIPT)}, 7</p>`,
    );
  });

  test("keeps what is HTML already", () => {
    const rows = ["a", "<b>"].map((cell) => html`<td>${cell}</td>`);
    expect(String(html`<tr>${rows}</tr>${trusted("<style>p{}</style>")}`)).toBe(
      "<tr><td>a</td><td>&lt;b&gt;</td></tr><style>p{}</style>",
    );
  });
});

function decode(text: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#96": "`" };
  return text.replace(/&([^;]+);/g, (_whole, name: string) => entities[name] ?? "?");
}
