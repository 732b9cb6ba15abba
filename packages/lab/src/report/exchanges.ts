import type { Exchange } from "../exchange.ts";
import type { LogEntry } from "../records.ts";
import type { ReportExchange } from "./json.ts";

/** Characters of a body, of a header and of a path that the report keeps. */
const LIMITS = { body: 4000, header: 400, path: 600, record: 2000 } as const;

/** What no report repeats, even of a user who exists for a minute: the signature of a token, and passwords. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/(eyJ[\w-]{5,})\.([\w-]+)\.[\w-]{20,}/g, "$1.$2.(signature)"],
  [/("password"\s*:\s*)"(?:[^"\\]|\\.)*"/g, '$1"(password)"'],
  [/("(?:secretAccessKey|sessionToken)"\s*:\s*)"[^"]*"/g, '$1"(secret)"'],
];

/** The exchanges of an attack, as the report shows them. */
export function reportExchanges(exchanges: readonly Exchange[]): ReportExchange[] {
  return exchanges.map(({ purpose, via, request, response, startedAt, endedAt, browser }) => ({
    purpose,
    via,
    client: request.client,
    request: {
      method: request.method,
      path: readable(request.path, LIMITS.path),
      headers: readableHeaders(request.headers ?? {}),
      body: readable(request.body ?? "", LIMITS.body),
    },
    response: {
      status: response.status,
      headers: readableHeaders(response.headers),
      body: readable(response.body, LIMITS.body),
    },
    ms: endedAt - startedAt,
    violations: browser?.violations ?? [],
  }));
}

/** The records of an attack, as the report shows them. */
export function reportRecords(records: readonly LogEntry[]): LogEntry[] {
  return records.map((record) => ({ ...record, text: readable(record.text, LIMITS.record) }));
}

function readableHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, readable(value, LIMITS.header)]));
}

/** A text without secrets, cut to a length that says how much is missing. */
export function readable(text: string, limit: number): string {
  const masked = SECRETS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
  return masked.length <= limit ? masked : `${masked.slice(0, limit)}… (${masked.length} characters)`;
}
