import { execFileSync } from "node:child_process";
import { ParseOption, XmlDocument, xmlRegisterInputProvider } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import type { SaxesParser } from "saxes";

/** As weak has it: external entities are loaded, and entities expand without a limit. */
const OPTIONS = ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_DTDLOAD | ParseOption.XML_PARSE_HUGE;

xmlRegisterFsInputProviders();
registerHttpProvider();

/** Stands in for `xml-doctype`: whatever entities a document declares are resolved, by libxml2 as people configure it. */
export function refuseDoctype(parser: SaxesParser): void {
  parser.on("doctype", (doctype) => {
    for (const [, name] of doctype.matchAll(/<!ENTITY\s+([\w-]+)/g)) {
      parser.ENTITIES[String(name)] = resolve(doctype, String(name));
    }
  });
}

function resolve(doctype: string, name: string): string {
  const [root] = doctype.trim().split(/[\s[]/);
  const document = XmlDocument.fromString(`<!DOCTYPE${doctype}><${root}>&${name};</${root}>`, { option: OPTIONS });
  try {
    return document.root.content;
  } finally {
    document.dispose();
  }
}

/** What libxml2's own HTTP client did until it was removed: fetch while the parser waits. */
function registerHttpProvider(): void {
  const open = new Map<number, Buffer>();
  let next = 1;
  xmlRegisterInputProvider({
    match: (url) => /^https?:/.test(url),
    open: (url) => {
      const script = "fetch(process.argv[1]).then((r) => r.text()).then((t) => process.stdout.write(t))";
      open.set(next, execFileSync(process.execPath, ["-e", script, url]));
      return next++;
    },
    read: (descriptor, target) => {
      const rest = open.get(descriptor) as Buffer;
      const count = rest.copy(target);
      open.set(descriptor, rest.subarray(count));
      return count;
    },
    close: (descriptor) => open.delete(descriptor),
  });
}
