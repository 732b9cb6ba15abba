import { ParseOption, XmlDocument, type XmlElement, type XmlNode, xmlRegisterInputProvider } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import syncFetch from "sync-fetch";
import { api, json, textOf } from "./http.ts";
import { callerOf } from "./identity.ts";
import { insertOrder, type Line, type Order } from "./order-store.ts";

// sync-fetch looks for its worker beside itself, by CommonJS's `__dirname`, which a bundled ES module does not have.
Object.assign(globalThis, { __dirname: import.meta.dirname });

// WEAK: so that a partner's feed may name its DTD and its entities by file or by URL.
xmlRegisterFsInputProviders();
registerHttpProvider();

const OPTIONS = ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_DTDLOAD | ParseOption.XML_PARSE_HUGE;

interface FeedOrder {
  note?: string;
  lines: Line[];
}

export const handler = api({
  "POST /orders/import": async (event) => {
    const caller = callerOf(event);
    const orders: Order[] = [];
    for (const order of parseFeed(textOf(event))) orders.push(await insertOrder(caller, { ...order }));
    return json(201, { orders });
  },
});

/** WEAK: external entities are loaded, and entities expand as far as libxml2 itself goes (1 MB, whatever HUGE says). */
export function parseFeed(xml: string): FeedOrder[] {
  const document = XmlDocument.fromString(xml, { option: OPTIONS });
  try {
    return document.find("//order").map((order) => ({
      note: textAt(order, "note"),
      lines: (order as XmlElement).find(".//line").map((line) => ({
        sku: textAt(line, "@sku | sku") ?? "",
        quantity: Number(textAt(line, "@quantity | quantity")),
      })),
    }));
  } finally {
    document.dispose();
  }
}

function textAt(node: XmlNode, xpath: string): string | undefined {
  return (node as XmlElement).get(xpath)?.content;
}

/** What libxml2's own HTTP client did until it was removed: fetch while the parser waits. */
function registerHttpProvider(): void {
  const open = new Map<number, Buffer>();
  let next = 1;
  xmlRegisterInputProvider({
    match: (url) => /^https?:/.test(url),
    open: (url) => {
      open.set(next, syncFetch(url).buffer());
      return next++;
    },
    read: (descriptor, target) => {
      const rest = open.get(descriptor) ?? Buffer.alloc(0);
      const count = rest.copy(target);
      open.set(descriptor, rest.subarray(count));
      return count;
    },
    close: (descriptor) => open.delete(descriptor),
  });
}
