/** `pnpm schemas`: writes the compiled request bodies of openapi.yaml to `src/shared/schemas`. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileSchemas } from "./schemas.ts";

const folder = join(import.meta.dirname, "../src/shared/schemas");
const files = await compileSchemas();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
console.log(`${Object.keys(files).length} files in functions/src/shared/schemas`);
