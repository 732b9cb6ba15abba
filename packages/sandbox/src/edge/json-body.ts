/** One key or value that was found in a JSON body, one character a byte (`latin1`). */
export interface JsonPart {
  kind: "key" | "value";
  text: string;
  /** JSON Pointer (RFC 6901) of the value that the part belongs to. */
  pointer: string;
}

/** What could be read of a body. */
export interface JsonParts {
  parts: JsonPart[];
  /** False when parsing ended early: the parts are those before the failure. */
  complete: boolean;
}

/** Deeper nesting than this ends parsing: the parser is recursive, and the body is the attacker's. */
const MAX_DEPTH = 512;
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const SPACE = /[ \t\r\n]*/y;
const PLAIN = /[^"\\]*/y;
const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

class ParsingFailure extends Error {}

/**
 * Reads a JSON body as AWS WAF does: missing commas, missing colons and extra colons are accepted; invalid characters, duplicate keys,
 * truncation and a root that is neither object nor array end it
 * (docs.aws.amazon.com/waf/latest/APIReference/API_JsonBody.html, InvalidFallbackBehavior).
 *
 * @param text One character a byte (`latin1`).
 */
export function readJson(text: string): JsonParts {
  const reader = new JsonReader(text);
  try {
    reader.root();
    return { parts: reader.parts, complete: true };
  } catch (error) {
    // Anything else than a failure to parse is a bug of ours, and ends in a denial.
    if (!(error instanceof ParsingFailure)) throw error;
    return { parts: reader.parts, complete: false };
  }
}

class JsonReader {
  readonly parts: JsonPart[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  root(): void {
    const first = this.#peek();
    if (first !== "{" && first !== "[") throw new ParsingFailure();
    this.#value("", 0);
    if (this.#peek() !== "") throw new ParsingFailure();
  }

  #value(pointer: string, depth: number): void {
    if (depth > MAX_DEPTH) throw new ParsingFailure();
    const next = this.#peek();
    if (next === "{") this.#object(pointer, depth);
    else if (next === "[") this.#array(pointer, depth);
    else if (next === '"') this.#part("value", this.#string(), pointer);
    else this.#part("value", this.#match(NUMBER) ?? this.#match(LITERAL) ?? fail(), pointer);
  }

  #object(pointer: string, depth: number): void {
    this.#at += 1;
    const keys = new Set<string>();
    for (let next = this.#peek(); next !== "}"; next = this.#peek()) {
      if (next === ",") {
        this.#at += 1;
        continue;
      }
      if (next !== '"') throw new ParsingFailure();
      const key = this.#string();
      const own = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      this.#part("key", key, own);
      if (keys.has(key)) throw new ParsingFailure();
      keys.add(key);
      while (this.#peek() === ":") this.#at += 1;
      this.#value(own, depth + 1);
    }
    this.#at += 1;
  }

  #array(pointer: string, depth: number): void {
    this.#at += 1;
    let index = 0;
    for (let next = this.#peek(); next !== "]"; next = this.#peek()) {
      if (next === ",") {
        this.#at += 1;
        continue;
      }
      this.#value(`${pointer}/${index}`, depth + 1);
      index += 1;
    }
    this.#at += 1;
  }

  /** A string's bytes with its escapes decoded; a character above 255 becomes its UTF-8 bytes. */
  #string(): string {
    this.#at += 1;
    let value = "";
    for (;;) {
      value += this.#match(PLAIN);
      const end = this.#text[this.#at];
      if (end === undefined) throw new ParsingFailure();
      this.#at += 1;
      if (end === '"') return value;
      value += this.#escape();
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at] ?? fail();
    this.#at += 1;
    if (letter !== "u") return ESCAPES[letter] ?? letter;
    let units = this.#unit();
    // A high surrogate and the low one after it are one character.
    while (/[\ud800-\udbff]$/.test(units) && this.#text.startsWith("\\u", this.#at)) {
      this.#at += 2;
      units += this.#unit();
    }
    return Buffer.from(units, "utf8").toString("latin1");
  }

  #unit(): string {
    const hex = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new ParsingFailure();
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #part(kind: JsonPart["kind"], text: string, pointer: string): void {
    this.parts.push({ kind, text, pointer });
  }

  /** The next character that is no white space, which stays; empty at the end. */
  #peek(): string {
    this.#match(SPACE);
    return this.#text[this.#at] ?? "";
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at = pattern.lastIndex;
    return found;
  }
}

function fail(): never {
  throw new ParsingFailure();
}
