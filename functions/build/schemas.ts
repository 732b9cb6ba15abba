/**
 * Compiles the bodies of openapi.yaml to code: what a function accepts is what the contract, and with it API Gateway's model, says. The code
 * is committed (`src/shared/schemas`), one file a schema, so that a function holds the ones that it reads and no compiler; a test compares
 * the files with what is made here, and `pnpm schemas` writes them.
 */
import { join } from "node:path";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { loadOpenApi } from "./openapi.ts";

/** What of a schema is read here. */
interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: string[];
}

interface Document {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
}

const REFERENCE = "#/components/schemas/";
const HEADER = "// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.\n";

/** The names of the schemas that the JSON request bodies of a document have, in its order. */
export function bodySchemas({ paths }: Document): string[] {
  const names = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ requestBody }) => {
      const reference = requestBody?.content["application/json"]?.schema.$ref;
      return reference === undefined ? [] : [reference.replace(REFERENCE, "")];
    }),
  );
  return [...new Set(names)];
}

/**
 * Compiles the schema of every JSON request body.
 *
 * @returns the files of `src/shared/schemas`: name to content
 * @throws Error when a schema has a keyword that the compiler does not know: nothing of the contract is left out
 */
export async function compileSchemas(): Promise<Record<string, string>> {
  const document = loadOpenApi() as unknown as Document;
  const files: Record<string, string> = {};
  for (const name of bodySchemas(document)) {
    const schema = resolved(document, { $ref: `${REFERENCE}${name}` });
    // Verbose: an error has the part of the schema that was not met, whose description says what is allowed. Own properties: a polluted
    // prototype adds no field to a body.
    const code = { source: true, esm: true };
    const ajv = new Ajv({ strict: true, verbose: true, messages: false, ownProperties: true, code });
    const file = name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
    files[`${file}.mjs`] = HEADER + (await selfContained(standalone.default(ajv, ajv.compile(schema))));
    files[`${file}.d.mts`] = `${HEADER}import type { Validate } from "../schema.ts";

/** The body \`${name}\` of openapi.yaml. */
export type ${name} = ${typeOf(schema, "  ")};

export declare const validate: Validate<${name}>;
`;
  }
  return files;
}

// The compiled code asks for ajv's own helpers, such as the one that counts a text's characters.
async function selfContained(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code.replace(/export default \w+;/, ""), resolveDir: import.meta.dirname },
    // The names of modules are in the code, from here.
    absWorkingDir: join(import.meta.dirname, "../.."),
    bundle: true,
    write: false,
    format: "esm",
    target: "node24",
    minifySyntax: true,
    logLevel: "silent",
  });
  // Where the bundled modules were is a path of the machine, in a comment.
  return String(outputFiles[0]?.text).replace(/^\s*\/\/ .*\n/gm, "");
}

// A copy with each reference replaced by what it names: compiled code then is one function.
function resolved(document: Document, schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const target = document.components.schemas[schema.$ref.replace(REFERENCE, "")];
    if (target === undefined) throw new Error(`openapi.yaml: ${schema.$ref} names no schema`);
    return resolved(document, target);
  }
  return {
    ...schema,
    ...(schema.items && { items: resolved(document, schema.items) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => [name, resolved(document, property)]),
      ),
    }),
  };
}

function typeOf({ type, enum: values, items, properties = {}, required = [] }: Schema, indent = ""): string {
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (type === "integer" || type === "number") return "number";
  if (type === "array" && items !== undefined) return `${typeOf(items, indent)}[]`;
  if (type !== "object") return String(type);
  const members = Object.entries(properties).map(
    ([name, property]) => `${name}${required.includes(name) ? "" : "?"}: ${typeOf(property, indent)}`,
  );
  return `{ ${members.join("; ")} }`;
}
