/** Changes of text as text. Every text here has one character a byte (`latin1`). */

/** AWS WAF Developer Guide, "Text transformations", command line. */
export function cmdLine(text: string): string {
  return lowercase(
    text
      .replace(/[\\"'^]/g, "")
      .replace(/[,;]/g, " ")
      .replace(/\s+/g, " ")
      .replace(/ +(?=[/(])/g, ""),
  );
}

/** ASCII letters only: bytes above 127 are parts of characters. */
export function lowercase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function uppercase(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Formfeed, tab, newline, carriage return, vertical tab and the non-breaking space (160) count as spaces. */
export function compressWhiteSpace(text: string): string {
  return text.replace(/[ \f\t\n\r\v\xa0]+/g, " ");
}

export function removeNulls(text: string): string {
  return text.replaceAll("\0", "");
}

export function replaceNulls(text: string): string {
  return text.replaceAll("\0", " ");
}

/** Each C-style comment becomes one space; one that is not ended does too, and an end without a start stays. */
export function replaceComments(text: string): string {
  return text.replace(/\/\*.*?(?:\*\/|$)/gs, " ");
}

/** Multiple slashes, self references and back references that are not at the beginning are removed. */
export function normalizePath(text: string): string {
  const absolute = text.startsWith("/");
  const kept: string[] = [];
  const parts = text.split("/");
  const last = parts.at(-1);
  for (const part of parts) {
    if (part === "" || part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!absolute) kept.push(part);
  }
  const folder = kept.length > 0 && (last === "" || last === "." || last === "..");
  return `${absolute ? "/" : ""}${kept.join("/")}${folder ? "/" : ""}`;
}

export function normalizePathWin(text: string): string {
  return normalizePath(text.replaceAll("\\", "/"));
}
