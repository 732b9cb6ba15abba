import { isIP } from "node:net";
import type { Fields } from "./fields.ts";

/**
 * The end of a connection, of what CloudTrail and the gateway call a source address: an address, or the name of a service of AWS
 * (`cloudtrail.amazonaws.com`, `AWS Internal`).
 */
export function endpointOf(source: string): Fields {
  return isIP(source) === 0 ? { svc_name: source } : { ip: source };
}
