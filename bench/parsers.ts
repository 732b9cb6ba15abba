import { jsonOrder, noteText, xmlFeed } from "./documents.ts";
import { isolated } from "./isolated.ts";
import { paired } from "./paired.ts";

/** One module beside its peers, at three sizes. */
export interface Comparison {
  title: string;
  /** Bytes of each input. */
  sizes: number[];
  contenders: Measured[];
}

/** What a contender reaches: at each size, calls a second and the time it takes relative to the first contender. */
export interface Measured {
  name: string;
  perSecond: number[];
  time: number[];
}

const SHARED = "@palisade/functions/src/shared";
const SAX_HANDLERS = "let n = 0; const open = (name) => { n += name.length }; const text = (t) => { n += t.length };";

// The same work for each: every element's name, every text and every end is told to a handler.
const XML: Record<string, string> = {
  "saxes, bare": `import { SaxesParser } from "saxes"; ${SAX_HANDLERS}
    export default (xml) => { const p = new SaxesParser(); p.on("error", (e) => { throw e }); p.on("opentag", (t) => open(t.name));
      p.on("text", text); p.on("cdata", text); p.on("closetag", () => { n++ }); p.write(xml).close() }`,
  "Palisade readXml": `import { readXml } from "${SHARED}/xml.ts"; ${SAX_HANDLERS}
    export default (xml) => readXml(xml, { open, text, close() { n++ } })`,
  sax: `import sax from "sax"; ${SAX_HANDLERS}
    export default (xml) => { const p = sax.parser(true); p.onerror = (e) => { throw e }; p.onopentag = (t) => open(t.name);
      p.ontext = text; p.oncdata = text; p.onclosetag = () => { n++ }; p.write(xml).close() }`,
  "fast-xml-parser": `import { XMLParser } from "fast-xml-parser";
    const parser = new XMLParser({ ignoreAttributes: false, parseAttributeValue: false }); export default (xml) => parser.parse(xml)`,
};

const PARSE_JSON = `import { parseJson } from "${SHARED}/json.ts";
  const limits = { maxBytes: 1048576, maxDepth: 8, maxMembers: 100000 }; export default (json) => parseJson(json, limits);`;
const JSONS: Record<string, string> = {
  "JSON.parse": "export default (json) => JSON.parse(json)",
  "Palisade parseJson": PARSE_JSON,
  // What parseJson keeps of the first text is of no use then.
  "Palisade parseJson, first text of other names": `${PARSE_JSON} parseJson('{"other":[{"names":1}]}', limits)`,
  "secure-json-parse": 'import { parse } from "secure-json-parse"; export default (json) => parse(json)',
  "@hapi/bourne": 'import { parse } from "@hapi/bourne"; export default (json) => parse(json)',
};

const HTML: Record<string, string> = {
  "escape-html": 'import escape from "escape-html"; export default (text) => escape(text)',
  "Palisade encodeText": `import { encodeText } from "${SHARED}/defences/html-encoding.ts"; export default (text) => encodeText(text)`,
  entities: 'import { escapeUTF8 } from "entities"; export default (text) => escapeUTF8(text)',
  "html-entities": 'import { encode } from "html-entities"; export default (text) => encode(text)',
};

/** Every comparison, of which each takes a few seconds. */
export async function comparisons(): Promise<Comparison[]> {
  return [
    await compare("XML feed", XML, [xmlFeed(8000), xmlFeed(80_000), xmlFeed(788 * 1024)]),
    await compare("JSON order", JSONS, [jsonOrder(2), jsonOrder(22), jsonOrder(250)]),
    await compare("JSON order, indented", JSONS, [jsonOrder(2, 2), jsonOrder(22, 2), jsonOrder(250, 2)]),
    await compare("HTML text, clean", HTML, [noteText(100, false), noteText(1024, false), noteText(10_240, false)]),
    await compare("HTML text, one character in ten to encode", HTML, [
      noteText(100, true),
      noteText(1024, true),
      noteText(10_240, true),
    ]),
  ];
}

async function compare(title: string, sources: Record<string, string>, inputs: string[]): Promise<Comparison> {
  const names = Object.keys(sources);
  const work = await Promise.all(names.map((name) => isolated<(input: string) => unknown>(String(sources[name]))));
  const contenders = names.map((name): Measured => ({ name, perSecond: [], time: [] }));
  // The largest first, by which all are compiled.
  for (const input of inputs.toReversed()) {
    const calls = callsWithin(input, work[0] as (input: string) => unknown);
    const rates = await paired(
      work.map((run, index) => ({
        name: String(names[index]),
        run: () => {
          for (let call = 0; call < calls; call += 1) run(input);
        },
      })),
      40,
      1,
    );
    rates.forEach(({ perSecond, relative }, index) => {
      contenders[index]?.perSecond.unshift(perSecond * calls);
      contenders[index]?.time.unshift(1 / relative);
    });
  }
  return { title, sizes: inputs.map((input) => Buffer.byteLength(input)), contenders };
}

// How often the first contender is called in about two milliseconds, once it is warm.
function callsWithin(input: string, run: (input: string) => unknown): number {
  let calls = 0;
  const end = performance.now() + 40;
  while (performance.now() < end) {
    run(input);
    calls += 1;
  }
  return Math.max(1, Math.ceil(calls / 20));
}

/**
 * How a contender's time relative to the first grows from the middle input to the large one: 1 when it grows as the first does. Taken so,
 * because two sizes are not timed in the same moment and another program may run in one of them.
 */
export function growth(time: readonly number[]): number {
  return Number(time[2]) / Number(time[1]);
}

/** A contender's time relative to the first contender's, at the small, the middle or the large size. */
export function timeOf({ contenders }: Comparison, name: string, size: 0 | 1 | 2): number {
  return Number(contenders.find((contender) => contender.name === name)?.time[size]);
}
