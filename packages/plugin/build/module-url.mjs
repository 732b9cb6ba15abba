import { pathToFileURL } from "node:url";

/** Stands in the bundle where a module says `import.meta.url`, which CommonJS has not. */
export const moduleUrl = pathToFileURL(__filename).href;
