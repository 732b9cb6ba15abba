/** Writes `RULES.md` and `docs/CONTROLS.md`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { controlsMarkdown } from "../src/coverage.ts";
import { RULES } from "../src/registry.ts";
import { rulesMarkdown } from "../src/rules-markdown.ts";

writeFileSync(fileURLToPath(new URL("../RULES.md", import.meta.url)), rulesMarkdown(RULES));
writeFileSync(fileURLToPath(new URL("../../../docs/CONTROLS.md", import.meta.url)), controlsMarkdown(RULES));
