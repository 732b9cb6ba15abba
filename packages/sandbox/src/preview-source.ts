import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A place in a program. */
export interface SourceLine {
  /** The file's path from the working directory, with `/`. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

/**
 * The first place that is the program's own: under the working directory, and in no package that was installed.
 *
 * @param positions The stack trace, innermost first, as Pulumi sends it.
 */
export function firstOfProgram(
  positions: readonly { uri: string; line: number; column: number }[],
  directory = process.cwd(),
): SourceLine | undefined {
  for (const { uri, line, column } of positions) {
    const path = pathOf(uri);
    if (path === undefined || path.includes("/node_modules/")) continue;
    const file = relative(directory, path);
    if (file.startsWith("..") || isAbsolute(file)) continue;
    return { file: file.replaceAll("\\", "/"), line, column: Math.max(column, 1) };
  }
  return undefined;
}

/**
 * The path of a position. Pulumi takes what stands in the stack trace for a path, also where Node writes a URL, as it does for ES
 * modules: `file:///cwd/file:/cwd/index.ts`.
 */
function pathOf(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  const path = fileURLToPath(uri);
  const inner = path.lastIndexOf("file:/");
  return inner === -1 ? path : fileURLToPath(`file:///${path.slice(inner + "file:".length).replace(/^\/+/, "")}`);
}

export function sourceText({ file, line }: SourceLine): string {
  return `${file}:${line}`;
}
