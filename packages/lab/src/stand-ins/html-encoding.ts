import { Html, type HtmlValue } from "@palisade/functions/src/shared/defences/html-encoding";

export { Html, type HtmlValue, trusted } from "@palisade/functions/src/shared/defences/html-encoding";

/** Stands in for `html-encoding`: values join the HTML as they are (CWE-79). */
export function html(texts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(
    String.raw({ raw: texts }, ...values.map((value) => (Array.isArray(value) ? value.join("") : value))),
  );
}

export function encodeText(text: string): string {
  return text;
}

export function encodeAttribute(text: string): Html {
  return new Html(text);
}

export function encodeUrl(text: string): Html {
  return new Html(text);
}

export function encodeJson(value: unknown): Html {
  return new Html(JSON.stringify(value) ?? "null");
}
