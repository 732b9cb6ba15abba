import { describe, expect, test } from "vitest";
import { compileTransformations, TRANSFORMATIONS } from "../../src/edge/transformations/index.ts";

function apply(type: string, text: string): string {
  return compileTransformations([{ Priority: 0, Type: type as never }], "here")(text);
}

// What is quoted is from docs.aws.amazon.com/waf/latest/APIReference/API_TextTransformation.html or
// docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html.
describe.each<[type: string, cases: [input: string, output: string][]]>([
  ["NONE", [["A%20b", "A%20b"]]],
  ["LOWERCASE", [["SELECT \xc9", "select \xc9"]]],
  ["UPPERCASE", [["select \xe9", "SELECT \xe9"]]],
  ["URL_DECODE", [["%27%20or+1%3d1 %zz %u0027", "' or 1=1 %zz %u0027"]]],
  // "If the code is in the full-width ASCII code range of FF01-FF5E, the higher byte is used to detect and adjust the lower byte.
  // Otherwise, only the lower byte is used and the higher byte is zeroed."
  ["URL_DECODE_UNI", [["%uFF1Cscript%u003e+%27%u0127", "<script> ''"]]],
  [
    "HTML_ENTITY_DECODE",
    [
      ["&lt;script&gt;&quot;&nbsp;&#x6a;&#106;&#x20AC;", '<script>"\xa0jj\xe2\x82\xac'],
      ["&#x3c;&#60&amp;&#x110000;&bogus;", "<<&amp;&#x110000;&bogus;"],
    ],
  ],
  // "Replace these characters with a space: \f \t \n \r \v, non-breaking space, decimal 160 … also replaces multiple spaces with one."
  ["COMPRESS_WHITE_SPACE", [["a \f\t\n\r\v\xa0 b", "a b"]]],
  ["REMOVE_WHITESPACE", [[" a \t b\n", "ab"]]],
  ["REMOVE_NULLS", [["sel\0ect", "select"]]],
  ["REPLACE_NULLS", [["sel\0ect", "sel ect"]]],
  // "Removes multiple slashes, self-references and back-references that are not at the beginning of the input."
  [
    "NORMALIZE_PATH",
    [
      ["/a//b/./c/../d", "/a/b/d"],
      ["../a/../../b/", "../../b/"],
      ["/../etc/passwd", "/etc/passwd"],
      ["a/b/..", "a/"],
      ["", ""],
      ["/", "/"],
    ],
  ],
  ["NORMALIZE_PATH_WIN", [["\\a\\..\\b", "/b"]]],
  ["JS_DECODE", [["\\x3cscript\\u003e\\uFF07\\101\\n\\'\\q\\u0127", "<script>'A\n'q'"]]],
  // "ja\\vascript for javascript"
  [
    "CSS_DECODE",
    [
      ["ja\\vascript", "javascript"],
      ["\\3c script\\00003e\\ff07x\\\ny", "<script>'xy"],
    ],
  ],
  ["ESCAPE_SEQ_DECODE", [["\\x41\\102\\n\\\\\\?\\'\\\"\\a\\N\\z", "AB\n\\?'\"\x07\\N\\z"]]],
  // "Delete \\ \" ' ^ · delete spaces before / ( · replace , ; with a space · replace multiple spaces with one · lower case"
  ["CMD_LINE", [['C^at  ,;"/ETC/passwd" (x', "cat/etc/passwd(x"]]],
  [
    "BASE64_DECODE",
    [
      ["JyBPUiAxPTE=", "' OR 1=1"],
      ["JyBPUiAxPTE", "' OR 1=1"],
      ["' OR 1=1!", "' OR 1=1!"],
    ],
  ],
  // "… but use a forgiving implementation that ignores characters that aren't valid."
  ["BASE64_DECODE_EXT", [["JyBP.Ui-AxPTE=", "' OR 1=1"]]],
  [
    "HEX_DECODE",
    [
      ["2720", "' "],
      ["272", "272"],
      ["zz", "zz"],
      ["", ""],
    ],
  ],
  // "Example (0x414243) is decoded to (ABC)."
  ["SQL_HEX_DECODE", [["(0x414243)", "(ABC)"]]],
  // "Each occurrence of a C-style comment becomes one space … unterminated comments too … a standalone termination is not acted upon."
  [
    "REPLACE_COMMENTS",
    [
      ["un/* x */ion/**//**/select", "un ion  select"],
      ["a/* b", "a "],
      ["a*/b", "a*/b"],
    ],
  ],
  [
    "UTF8_TO_UNICODE",
    [
      ["a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff", "a%u00e9%u20ac%u1f600\xff"],
      ["plain", "plain"],
    ],
  ],
  ["TRIM", [[" \ta \n", "a"]]],
  ["TRIM_LEFT", [[" a ", "a "]]],
  ["TRIM_RIGHT", [[" a ", " a"]]],
  ["MD5", [["a", Buffer.from("0cc175b9c0f1b6a831c399e269772661", "hex").toString("latin1")]]],
  [
    "SHA256",
    [["a", Buffer.from("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", "hex").toString("latin1")]],
  ],
])("%s", (type, cases) => {
  test.each(cases)("%j becomes %j", (input, output) => {
    expect(apply(type, input)).toBe(output);
  });
});

test("each transformation has a case above, or is a mistake", () => {
  expect(Object.keys(TRANSFORMATIONS)).toHaveLength(27);
});

test("AWS WAF processes all transformations, from lowest priority to highest", () => {
  const transform = compileTransformations(
    [
      { Priority: 7, Type: "LOWERCASE" },
      { Priority: 2, Type: "URL_DECODE" },
      { Priority: 3, Type: "HTML_ENTITY_DECODE" },
    ],
    "here",
  );
  expect(transform("%26lt;SCRIPT%26gt;")).toBe("<script>");
});

test("one that is not known is refused", () => {
  expect(() => compileTransformations([{ Priority: 0, Type: "ROT13" as never }], 'rule "a"')).toThrow(
    'rule "a": text transformation "ROT13" is not evaluated by the sandbox\'s edge; known are NONE, BASE64_DECODE, ',
  );
  expect(compileTransformations(undefined, "here")("x")).toBe("x");
});
