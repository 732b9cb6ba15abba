import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadLayout as listed } from "@palisade/functions/src/shared/defences/receipt-layout";

/** Stands in for `receipt-layout`: a layout with a dot in it is a file beside the function's code (CWE-22). */
export function loadLayout(name: string | undefined): string {
  return name?.includes(".") ? readFileSync(join(import.meta.dirname, "layouts", name), "utf8") : listed(name);
}
