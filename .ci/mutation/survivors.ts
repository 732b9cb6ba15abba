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

/** How many mutants there were, and how many of them a test killed. */
export interface Figure {
  mutants: number;
  /** By a test, or by its time: a mutant that never ends. */
  killed: number;
  timedOut: number;
}

/** The part of the mutants of `core` and of `functions` that must be killed. */
export const LEAST = 0.9;

const LONGEST = 90;
const FIGURES = /(<!-- figures -->\n)[\s\S]*?(<!-- \/figures -->)/;
const TABLE = /(<!-- survivors -->\n)[\s\S]*?(<!-- \/survivors -->)/;
const OPEN = "**not judged**";

/** Counts a report. A mutant that no test ended with is killed too, by its time; one that is not tried (static ones) is none. */
export function figureOf({ files }: MutationReport): Figure {
  const states = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted: string[]) => states.filter((status) => wanted.includes(status)).length;
  const killed = count("Killed", "Timeout");
  return { killed, timedOut: count("Timeout"), mutants: killed + count("Survived", "NoCoverage") };
}

/** Whether no test killed a mutant, or none reached it. */
export function hasSurvived({ status }: { status: string }): boolean {
  return status === "Survived" || status === "NoCoverage";
}

/** The mutants that survived, or that no test reached, in the report's order, each change of a file once. */
export function survivorsOf({ files }: MutationReport): Survivor[] {
  const survivors = Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants.filter(hasSurvived).map(({ replacement = "", location: { start, end } }) => {
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

/**
 * The document with the figures and a row for each survivor, and the judgements that it had.
 *
 * @param looked the files that were mutated; rows of others stay as they are
 */
export function updated(
  document: string,
  figures: readonly (Figure & { name: string; part: string })[],
  survivors: readonly Survivor[],
  looked: readonly string[],
): string {
  const known = judgements(document);
  const kept = [...known].flatMap(([key, judgement]) => {
    const file = key.slice(0, key.indexOf(" "));
    if (looked.includes(file)) return [];
    return [`| ${file} | ${cell(key.slice(file.length + 1))} | ${judgement} |`];
  });
  const rows = survivors.map(
    (survivor) => `| ${survivor.file} | ${cell(survivor.mutant)} | ${known.get(keyOf(survivor)) ?? OPEN} |`,
  );
  const table = [
    "| file | what was changed | why no test needs to notice |",
    "| --- | --- | --- |",
    ...rows,
    ...kept,
  ].join("\n");
  const counts = [
    "| slice | mutants | killed | by time | |",
    "| --- | --- | --- | --- | --- |",
    ...figures.map(({ name, ...figure }) => figureRow(name, figure)),
    ...[...new Set(figures.map(({ part }) => part))].map((part) => {
      const own = figures.filter((figure) => figure.part === part);
      const sum = (field: keyof Figure) => own.reduce((total, figure) => total + figure[field], 0);
      return figureRow(`**all of ${part}**`, {
        mutants: sum("mutants"),
        killed: sum("killed"),
        timedOut: sum("timedOut"),
      });
    }),
  ].join("\n");
  return document
    .replace(FIGURES, (_all, begin: string, end: string) => `${begin}\n${counts}\n\n${end}`)
    .replace(TABLE, (_all, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}

function figureRow(name: string, { mutants, killed, timedOut }: Figure): string {
  return `| ${name} | ${mutants} | ${killed} | ${timedOut} | ${((100 * killed) / mutants).toFixed(1)} % |`;
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
  // A code span is fenced by more back quotes than it holds in a row (CommonMark, 6.1).
  const longest = Math.max(1, ...(mutant.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${mutant.replaceAll("|", "\\|")} ${fence}`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
