import { Refusal } from "../refusal.ts";

const LAYOUTS: ReadonlyMap<string, string> = new Map([
  [
    "standard",
    "body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:40rem;color:#1c1c1c}" +
      "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem;border-bottom:1px solid #ccc}" +
      "td.number,th.number{text-align:right}",
  ],
  [
    "compact",
    "body{font:12px/1.3 ui-monospace,monospace;margin:1rem;max-width:22rem}" +
      "table{width:100%}th,td{text-align:left}td.number,th.number{text-align:right}",
  ],
]);

/**
 * The style sheet of a receipt's layout, by the layout's name. The name is looked up in a list and is never part of a path.
 *
 * @param name by default `standard`
 * @throws Refusal 400 when there is no such layout
 */
export function loadLayout(name: string | undefined): string {
  const styles = LAYOUTS.get(name ?? "standard");
  if (styles === undefined) {
    throw new Refusal({
      defence: "receipt-layout",
      status: 400,
      detail: `layout must be one of: ${[...LAYOUTS.keys()].join(", ")}.`,
    });
  }
  return styles;
}
