import { SaxesParser } from "saxes";

/** What of saxes' parser is used here and is not in its types. Its version is pinned, and a test holds this class against it. */
interface Internals {
  chunk: string;
  /** The place in the chunk that is read next. */
  i: number;
  chunkPosition: number;
  positionAtNewLine: number;
  state: number;
  forbiddenState: number;
  text: string;
  name: string;
  entity: string;
  piTarget: string;
  /** The quote that ends the attribute's value. */
  q: number | null;
  textHandler: ((text: string) => void) | undefined;
  pushAttrib(name: string, value: string): void;
  handleTextInRoot(): void;
  sAttribValueQuoted(): void;
  captureNameChars(): number;
}

/** saxes' parser as its types show it. */
export type XmlParser = Pick<SaxesParser, keyof SaxesParser>;

const Saxes = SaxesParser as unknown as new (options: { xmlns: boolean }) => XmlParser & Internals;

// saxes does not say what its states are called; it says which one it is in.
const BEHIND_LESS_THAN = after("<a><").state;
const BEHIND_VALUE = after("<a b='c'").state;
const NOTHING_FORBIDDEN = after("<a>").forbiddenState;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const LESS_THAN = 0x3c;
const DELETE = 0x7f;
const ASCII = 0x80;

// What a character of ASCII can be and need no look of the parser's: a part of a text, of an attribute's value, of a name.
const TEXT = 1;
const VALUE = 2;
const NAME = 4;
const KINDS = Uint8Array.from({ length: ASCII }, (_, code) => {
  const character = String.fromCharCode(code);
  const isPrintable = code >= SPACE && code < DELETE;
  return (
    // "]]>" is forbidden in a text, so that its characters are left to the parser.
    ((isPrintable || character === "\t" || character === "\n") && !"<&]>".includes(character) ? TEXT : 0) |
    (isPrintable && !"<&\"'".includes(character) ? VALUE : 0) |
    (/[A-Za-z0-9_:.-]/.test(character) ? NAME : 0)
  );
});

/**
 * saxes' parser, and faster: what is most of a document, the plain characters of a text, a value or a name, is passed over in one loop and
 * told as saxes tells it. At any other character saxes' own code goes on. All that it holds of XML is held.
 *
 * It has a place for each handler from the beginning. `on` adds handlers under computed names, and V8 (Node 24) turns an object that gets
 * eight of them so into a hash table: the parser then reads a fifth as fast. A test asks V8 which of the two it is.
 */
export class FastSaxesParser extends Saxes {
  /** @param xmlns whether names have prefixes, and the rules of Namespaces in XML are held */
  constructor(xmlns: boolean) {
    super({ xmlns });
    const handlers = this as unknown as Record<string, unknown>;
    handlers.openTagStartHandler = undefined;
    handlers.attributeHandler = undefined;
    handlers.openTagHandler = undefined;
    handlers.textHandler = undefined;
    handlers.cdataHandler = undefined;
    handlers.commentHandler = undefined;
    handlers.closeTagHandler = undefined;
    handlers.errorHandler = undefined;
    handlers.doctypeHandler = undefined;
    handlers.piHandler = undefined;
    handlers.xmldeclHandler = undefined;
  }

  /** How much has been read of what has not been told to a handler yet, in UTF-16 units. */
  get pending(): number {
    return this.text.length + this.name.length + this.entity.length + this.piTarget.length;
  }

  // Each of the three asks for no character behind the chunk's end: V8 reads a chunk a tenth slower for good when it was asked once. Each has
  // its own loop, which is faster than one that they share.

  override handleTextInRoot(): void {
    const { chunk, i: start, textHandler } = this;
    const { length } = chunk;
    let end = start;
    let lines = 0;
    let lastLine = start;
    for (; end < length; end += 1) {
      const code = chunk.charCodeAt(end);
      if (!isA(TEXT, code)) break;
      if (code === NEWLINE) {
        lines += 1;
        lastLine = end + 1;
      }
    }
    if (end === start || textHandler === undefined) {
      super.handleTextInRoot();
      return;
    }
    if (lines > 0) {
      this.line += lines;
      this.positionAtNewLine = this.chunkPosition + lastLine;
      this.column = end - lastLine;
    } else this.column += end - start;
    this.i = end;
    this.forbiddenState = NOTHING_FORBIDDEN;
    const text = this.text + chunk.slice(start, end);
    if (end === length || chunk.charCodeAt(end) !== LESS_THAN) {
      this.text = text;
      super.handleTextInRoot();
      return;
    }
    this.column += 1;
    this.i = end + 1;
    this.state = BEHIND_LESS_THAN;
    this.text = "";
    textHandler(text);
  }

  override sAttribValueQuoted(): void {
    const { chunk, i: start, q } = this;
    const { length } = chunk;
    let end = start;
    while (end < length && isA(VALUE, chunk.charCodeAt(end))) end += 1;
    if (end === length || chunk.charCodeAt(end) !== q) {
      super.sAttribValueQuoted();
      return;
    }
    this.column += end + 1 - start;
    this.i = end + 1;
    this.pushAttrib(this.name, this.text + chunk.slice(start, end));
    this.name = "";
    this.text = "";
    this.q = null;
    this.state = BEHIND_VALUE;
  }

  override captureNameChars(): number {
    const { chunk, i: start } = this;
    const { length } = chunk;
    let end = start;
    while (end < length && isA(NAME, chunk.charCodeAt(end))) end += 1;
    if (end === length) return super.captureNameChars();
    const code = chunk.charCodeAt(end);
    // A newline is counted by the parser, and XML 1.1 forbids the last character of ASCII.
    if (code < SPACE || code >= DELETE) return super.captureNameChars();
    this.name += chunk.slice(start, end);
    this.column += end + 1 - start;
    this.i = end + 1;
    return code;
  }
}

function isA(kind: number, code: number): boolean {
  return code < ASCII && ((KINDS[code] as number) & kind) !== 0;
}

function after(beginning: string): Internals {
  const parser = new SaxesParser();
  parser.write(beginning);
  return parser as unknown as Internals;
}
