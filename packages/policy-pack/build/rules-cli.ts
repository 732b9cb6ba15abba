/** Writes `RULES.md`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { RULES } from "../src/registry.ts";
import { rulesMarkdown } from "../src/rules-markdown.ts";

writeFileSync(fileURLToPath(new URL("../RULES.md", import.meta.url)), rulesMarkdown(RULES));
