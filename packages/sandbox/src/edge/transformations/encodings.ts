/** Decodings of bytes written as text. Every text here has one character a byte (`latin1`). */

const HEX_PAIR = /^[0-9a-f]{2}$/i;

function byte(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

/**
 * A code of two bytes as one: those of the full-width ASCII range FF01 to FF5E become the ASCII character, of any other the lower
 * byte is left (AWS WAF Developer Guide, "Text transformations", JS decode and URL decode Unicode).
 */
function oneByte(hex: string): string {
  const code = Number.parseInt(hex, 16);
  return String.fromCharCode(code >= 0xff01 && code <= 0xff5e ? (code & 0xff) + 0x20 : code & 0xff);
}

export function urlDecode(text: string): string {
  return text.replace(/\+|%([0-9a-f]{2})/gi, (_all, hex?: string) => (hex === undefined ? " " : byte(hex)));
}

/** With Microsoft's `%uHHHH`. */
export function urlDecodeUni(text: string): string {
  return text.replace(/\+|%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_all, wide?: string, hex?: string) => {
    if (wide !== undefined) return oneByte(wide);
    return hex === undefined ? " " : byte(hex);
  });
}

/** What is no Base64 stays as it is: an attacker must not make a payload vanish by adding a letter. */
export function base64Decode(text: string): string {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text)) return text;
  return Buffer.from(text, "base64").toString("latin1");
}

/** Ignores what is no Base64. */
export function base64DecodeExt(text: string): string {
  return Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ""), "base64").toString("latin1");
}

export function hexDecode(text: string): string {
  const pairs = text.match(/../gs) ?? [];
  if (text.length % 2 === 1 || !pairs.every((pair) => HEX_PAIR.test(pair))) return text;
  return pairs.map(byte).join("");
}

/** `0x414243` becomes `ABC`. */
export function sqlHexDecode(text: string): string {
  return text.replace(/0x((?:[0-9a-f]{2})+)/gi, (_all, digits: string) =>
    Buffer.from(digits, "hex").toString("latin1"),
  );
}

/** The entities that AWS lists, and no other. */
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', nbsp: "\u00a0", lt: "<", gt: ">" };

export function htmlEntityDecode(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,8})|#(\d{1,10})|(quot|nbsp|lt|gt));?/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] as string;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0x10ffff ? all : bytesOf(code);
    },
  );
}

/** A character's bytes: one below 256, UTF-8 above. */
function bytesOf(code: number): string {
  if (code < 256) return String.fromCharCode(code);
  return Buffer.from(String.fromCodePoint(code)).toString("latin1");
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** JavaScript's escapes: `\uHHHH`, `\xHH`, octal, and a backslash before any other character. */
export function jsDecode(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([0-3]?[0-7]{1,2})|(.))/gis,
    (_all, wide?: string, hex?: string, octal?: string, other?: string) => {
      if (wide !== undefined) return oneByte(wide);
      if (hex !== undefined) return byte(hex);
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return SIMPLE_ESCAPES[other as string] ?? (other as string);
    },
  );
}

/** CSS 2's escapes; of a longer code the last two digits count, as in ModSecurity, whose function AWS describes. */
export function cssDecode(text: string): string {
  return text.replace(
    /\\(?:([0-9a-f]{1,6})[ \t\n\r\f]?|(\n)|(.))/gis,
    (_all, hex?: string, newline?: string, other?: string) => {
      if (hex === undefined) return newline === undefined ? (other as string) : "";
      return hex.length >= 4 ? oneByte(hex.slice(-4)) : byte(hex.slice(-2));
    },
  );
}

/** ANSI C's escapes; one that is not valid stays. */
export function escapeSeqDecode(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|([0-3]?[0-7]{1,2})|([abfnrtv\\?'"]))/gi,
    (all, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return byte(hex);
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      // Upper case letters are no escapes in C.
      const plain = letter as string;
      return SIMPLE_ESCAPES[plain] ?? (/[A-Z]/.test(plain) ? all : plain);
    },
  );
}

/** UTF-8 sequences as `%uHHHH`. */
export function utf8ToUnicode(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  let decoded = "";
  // What is no UTF-8 stays byte for byte.
  for (const part of text.split(/([\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})/)) {
    if (!/^[\xc2-\xf4][\x80-\xbf]+$/.test(part)) {
      decoded += part;
      continue;
    }
    const code = Buffer.from(part, "latin1").toString("utf8").codePointAt(0) as number;
    decoded += `%u${code.toString(16).padStart(4, "0")}`;
  }
  return decoded;
}
