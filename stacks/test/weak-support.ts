import { inflateRawSync } from "node:zlib";
import type { ApiEvent, ApiResponse } from "../weak/functions/http.ts";

/** An event of API Gateway's proxy integration. */
export function event(route: string, rest: Partial<ApiEvent> = {}): ApiEvent {
  const [httpMethod = "", resource = ""] = route.split(" ");
  return { httpMethod, resource, headers: {}, ...rest };
}

// biome-ignore lint/suspicious/noExplicitAny: answers are checked field by field
export function bodyOf(response: ApiResponse): any {
  return JSON.parse(response.body);
}

/** A token that nobody signed. */
export function forged(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`;
}

/** The files of a zip by their names (APPNOTE.TXT 4.3.7 and 4.3.12: local headers, found by the central directory). */
export function unzip(zip: Buffer): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + size);
    files[zip.toString("utf8", at + 46, at + 46 + nameLength)] = method === 8 ? inflateRawSync(content) : content;
    at += 46 + nameLength + extra + comment;
  }
  return files;
}
