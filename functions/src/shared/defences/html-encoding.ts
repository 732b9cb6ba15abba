/** Text that is HTML already. Only `html` and the encoders here make it, and `trusted` for text of our own. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }
}

/** What the tagged template `html` takes between its texts. */
export type HtmlValue = Html | string | number | readonly Html[];

/**
 * Builds HTML from a template. Every value is encoded as text, unless it is HTML already: who forgets to think of it is safe.
 * A value in an attribute must stand in quotes.
 */
export function html(texts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let source = texts[0] ?? "";
  values.forEach((value, index) => {
    source += render(value) + (texts[index + 1] ?? "");
  });
  return new Html(source);
}

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.source;
  return typeof value === "object" ? value.map(String).join("") : encodeText(String(value));
}

/** Declares a text of ours, such as a style sheet, to be HTML. Never for anything that a caller sent. */
export function trusted(source: string): Html {
  return new Html(source);
}

const DIRTY = /[&<>"'`]/;

/** Encodes a text for the content of an element or a quoted attribute. */
export function encodeText(text: string): string {
  const first = text.search(DIRTY);
  if (first === -1) return text;
  let encoded = "";
  let copied = 0;
  for (let index = first; index < text.length; index++) {
    const entity = entityOf(text.charCodeAt(index));
    if (entity === undefined) continue;
    encoded += text.slice(copied, index) + entity;
    copied = index + 1;
  }
  return encoded + text.slice(copied);
}

function entityOf(code: number): string | undefined {
  switch (code) {
    case 0x26:
      return "&amp;";
    case 0x3c:
      return "&lt;";
    case 0x3e:
      return "&gt;";
    case 0x22:
      return "&quot;";
    case 0x27:
      return "&#39;";
    case 0x60:
      return "&#96;";
    default:
      return undefined;
  }
}

/**
 * Encodes a text for an attribute, even one without quotes: everything but letters and digits of ASCII becomes a reference
 * (OWASP, Cross Site Scripting Prevention Cheat Sheet, "HTML attribute contexts").
 */
export function encodeAttribute(text: string): Html {
  return new Html(text.replace(/[^A-Za-z0-9]/gu, (character) => `&#x${character.codePointAt(0)?.toString(16)};`));
}

/** Encodes a text as one component of a URL, for a quoted attribute. */
export function encodeUrl(text: string): Html {
  const encoded = encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
  return new Html(encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`));
}

/** Encodes a value as JSON that can stand in a script element: nothing in it ends the element or a line. */
export function encodeJson(value: unknown): Html {
  const json = JSON.stringify(value) ?? "null";
  return new Html(
    json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}
