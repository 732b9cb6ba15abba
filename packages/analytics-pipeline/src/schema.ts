import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** The package's folder, whether this file runs from `src`, from `dist` or within the plugin's one file. */
const PACKAGE = dirname(createRequire(import.meta.url).resolve("@palisade/analytics-pipeline/package.json"));

/** A column of the table. */
export interface Column {
  name: string;
  type: string;
  comment: string;
}

/** The table, as the job writes it. */
export interface TableSchema {
  table: string;
  partitions: Column[];
  columns: Column[];
}

/** A query of the workgroup. */
export interface Query {
  /** The file's name without its ending. */
  key: string;
  title: string;
  sql: string;
}

/** The path of a file or folder of the package. */
export const packagePath = (...parts: string[]): string => join(PACKAGE, ...parts);

/** A JSON file of the package. */
export function readJson<T>(...parts: string[]): T {
  return JSON.parse(readFileSync(packagePath(...parts), "utf8")) as T;
}

/** The one definition of the table, for the job and the catalog. */
export const tableSchema = (): TableSchema => readJson("job", "schema.json");

/** The named queries, sorted by their keys. The first line of each is its title, as a comment. */
export function namedQueries(folder = packagePath("queries")): Query[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), "utf8");
      const title = /^-- (.+)\r?\n/.exec(sql)?.[1];
      if (title === undefined) throw new Error(`${join(folder, file)}: the first line must be "-- <title>"`);
      return { key: basename(file, ".sql"), title: title.trim(), sql };
    });
}

/** The modules of a folder, as their paths in a zip and on the disk, without what Python leaves there. */
export function pythonModules(root: string, folder: string): { path: string; file: string }[] {
  return readdirSync(packagePath(root, folder), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name.startsWith("__") ? [] : pythonModules(root, path);
      return /\.(py|json)$/.test(entry.name) ? [{ path, file: packagePath(root, path) }] : [];
    });
}
