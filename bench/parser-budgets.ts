import { type Comparison, growth, timeOf } from "./parsers.ts";

/** A figure, its budget, and whether it is met. */
export interface ParserLine {
  what: string;
  figure: string;
  budget: string;
  /** Whether it holds what `--check` holds, which is the budget unless the budget says otherwise. */
  met: boolean;
  /** A budget that is not reached in this run: `--check` holds a wider limit, or none. */
  open?: boolean;
}

/** The budgets of docs/budgets.md for XML, JSON and HTML. */
export function parserLines([xml, json, indented, clean, dirty]: readonly Comparison[]): ParserLine[] {
  if (!xml || !json || !indented || !clean || !dirty) throw new Error("bench: a comparison is missing");
  const ours = { xml: "Palisade readXml", json: "Palisade parseJson", html: "Palisade encodeText" };
  const rate = ({ contenders }: Comparison) => contenders.find(({ name }) => name === ours.html)?.perSecond[1] ?? 0;
  const xmlTime = timeOf(xml, ours.xml, 2);
  return [
    {
      ...atMost("safe XML against bare saxes, in time", xmlTime, 1.2),
      budget: "at most 1.10x; --check holds 1.20x, see README",
      open: xmlTime > 1.1,
    },
    atLeast("safe XML against sax, in rate", timeOf(xml, "sax", 2) / xmlTime, 1.4),
    atLeast("safe XML against fast-xml-parser, in rate", timeOf(xml, "fast-xml-parser", 2) / xmlTime, 4),
    atMost("safe XML, growth beside saxes' from 80 to 788 KB", growth(timesOf(xml, ours.xml)), 1.3),
    ...([2, 1, 0] as const).map((size): ParserLine => {
      const time = timeOf(json, ours.json, size);
      const limit = size === 0 ? 1.3 : 1.2;
      return {
        ...atMost(`safe JSON against JSON.parse, ${json.sizes[size]} bytes, in time`, time, limit),
        budget: `at most 1.10x; --check holds ${limit.toFixed(2)}x: the machine is shared`,
        open: time > 1.1,
      };
    }),
    atMost(
      "the same, of other names than the first text's",
      timeOf(json, `${ours.json}, first text of other names`, 2),
      1.4,
    ),
    atMost("the same, indented", timeOf(indented, ours.json, 2), 1.4),
    atMost("safe JSON, growth beside JSON.parse's", growth(timesOf(json, ours.json)), 1.3),
    perSecond("HTML text, clean, 1 KB", rate(clean), 2_500_000),
    perSecond("HTML text, dirty, 1 KB", rate(dirty), 160_000),
    atMost("HTML text, dirty, growth beside escape-html's", growth(timesOf(dirty, ours.html)), 1.3),
  ];
}

/** A comparison as lines to print: each contender's rate at each size, and its time relative to the first contender's. */
export function table({ title, sizes, contenders }: Comparison): string[] {
  const heads = sizes.map((size) => `${size.toLocaleString("en")} B`.padStart(24)).join("");
  return [
    `${title.padEnd(44)}${heads}`,
    ...contenders.map(({ name, perSecond, time }) => {
      const cells = perSecond.map((rate, index) => {
        const calls = `${Math.round(rate).toLocaleString("en")}/s`;
        return `${calls}  ${Number(time[index]).toFixed(2)}x`.padStart(24);
      });
      return `  ${name.padEnd(42)}${cells.join("")}`;
    }),
  ];
}

function timesOf({ contenders }: Comparison, name: string): number[] {
  return contenders.find((contender) => contender.name === name)?.time ?? [];
}

function atMost(what: string, value: number, limit: number): ParserLine {
  return { what, figure: `${value.toFixed(2)}x`, budget: `at most ${limit.toFixed(2)}x`, met: value <= limit };
}

function atLeast(what: string, value: number, limit: number): ParserLine {
  return { what, figure: `${value.toFixed(2)}x`, budget: `at least ${limit.toFixed(2)}x`, met: value >= limit };
}

/** A rate is the machine's as much as ours: it is printed, and `--check` holds ratios only. */
function perSecond(what: string, value: number, limit: number): ParserLine {
  const show = (rate: number) => Math.round(rate).toLocaleString("en");
  return {
    what,
    figure: `${show(value)}/s`,
    budget: `at least ${show(limit)}/s on the machine of docs/budgets.md`,
    met: true,
    open: value < limit,
  };
}
