/** What of Stryker's report (mutation-testing-report-schema) is read. */
export interface MutationReport {
  files: Record<
    string,
    {
      source: string;
      mutants: {
        mutatorName: string;
        status: string;
        replacement?: string;
        location: { start: { line: number; column: number }; end: { line: number; column: number } };
      }[];
    }
  >;
}

/** A mutant that no test killed. */
export interface Survivor {
  file: string;
  /** What was changed: the source's text, an arrow, and what stood there instead. A line's number would change with each edit. */
  mutant: string;
}

const LONGEST = 90;
const TABLE = /(<!-- survivors -->\n)[\s\S]*?(<!-- \/survivors -->)/;
const OPEN = "**not judged**";

/** The mutants that survived, or that no test reached, in the report's order, each change of a file once. */
export function survivorsOf({ files }: MutationReport): Survivor[] {
  const survivors = Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ replacement = "", location: { start, end } }) => {
        const text = lines.slice(start.line - 1, end.line);
        text[text.length - 1] = (text.at(-1) ?? "").slice(0, end.column - 1);
        text[0] = (text[0] ?? "").slice(start.column - 1);
        return { file, mutant: `${short(text.join("\n"))} → ${short(replacement)}` };
      });
  });
  return survivors.filter(
    (one, index) => survivors.findIndex(({ file, mutant }) => file === one.file && mutant === one.mutant) === index,
  );
}

/** The survivors that a document has no judgement of. */
export function unjudged(document: string, survivors: readonly Survivor[]): Survivor[] {
  const known = judgements(document);
  return survivors.filter((survivor) => known.get(keyOf(survivor)) === undefined);
}

/** The document with a row for each survivor, and the judgements that it had. */
export function updated(document: string, survivors: readonly Survivor[]): string {
  const known = judgements(document);
  const rows = survivors.map(
    (survivor) => `| ${survivor.file} | ${cell(survivor.mutant)} | ${known.get(keyOf(survivor)) ?? OPEN} |`,
  );
  const table = ["| file | what was changed | why no test needs to notice |", "| --- | --- | --- |", ...rows].join(
    "\n",
  );
  return document.replace(TABLE, (_all, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}

function judgements(document: string): Map<string, string> {
  // The formatter pads the table, and takes one back quote where one is enough.
  const rows = (TABLE.exec(document)?.[0] ?? "").matchAll(/^\| (\S+) +\| (`+.*`+) +\| (.*?) +\|$/gm);
  return new Map(
    [...rows].flatMap(([, file = "", mutant = "", judgement = ""]) =>
      judgement === OPEN ? [] : [[keyOf({ file, mutant: mutant.replaceAll("\\|", "|") }), judgement]],
    ),
  );
}

function keyOf({ file, mutant }: Survivor): string {
  return `${file} ${mutant.replace(/^[` ]+|[` ]+$/g, "")}`;
}

function cell(mutant: string): string {
  return `\`\` ${mutant.replaceAll("|", "\\|")} \`\``;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
