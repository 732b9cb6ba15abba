import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

// By the package's name, so that it is found from the sources, from `dist` and from the plugin.
const folder = () => dirname(createRequire(import.meta.url).resolve("@palisade/threat-detection/package.json"));
const read = (file: string) => readFileSync(join(folder(), "siem", file), "utf8");

/** What every index of events looks like: siem/index-template.json. */
export const indexTemplate = (): unknown => JSON.parse(read("index-template.json"));

/** The index pattern, the saved searches and the dashboard, a line of JSON each: siem/dashboards.ndjson. */
export const savedObjects = (): string => read("dashboards.ndjson");
