import type { Match } from "./routes.ts";

/** How the answers of a method are kept: a part of a stage's method settings (API_MethodSetting). */
export interface CacheSettings {
  ttlSeconds: number;
  /** Whether a client needs a permission to renew an answer. */
  requireAuthorization: boolean;
  /** What a client gets that asks for it without the permission. */
  unauthorized: "FAIL_WITH_403" | "SUCCEED_WITH_RESPONSE_HEADER" | "SUCCEED_WITHOUT_RESPONSE_HEADER";
}

/** What a key is made of. */
export interface CacheRequest {
  query: URLSearchParams;
  /** A header by its name in lower case. */
  header(name: string): string | undefined;
}

/** An answer of the gateway. */
export interface Answer {
  status: number;
  /** Names and values in turn, as Node's `rawHeaders`. */
  headers: readonly string[];
  body: Buffer;
  /** Whether API Gateway itself refused the request, before its integration. */
  refused: boolean;
}

/** What a client gets, and how it came about. */
export interface CachedAnswer {
  answer: Answer;
  /** `hit`: an earlier answer. `miss`: the integration's, kept from now on where it can be. `refused`: it may not renew an answer. */
  cache: "hit" | "miss" | "refused";
}

/** AWS's limit on an answer that is kept. */
const LARGEST_BYTES = 1_048_576;

/**
 * The response cache of a stage (API Gateway Developer Guide, "Cache settings for REST APIs"), which the emulator only stores. It is asked
 * when the gateway has answered: who may call is decided for each request, and only then is an earlier answer given in the place of the
 * integration's, which is invoked all the same.
 *
 * Answers from 200 to 299 are kept; AWS does not document whether it keeps others. Nothing is encrypted here.
 */
export class ResponseCache {
  readonly #entries = new Map<string, { answer: Answer; until: number }>();
  readonly #now: () => number;

  /** @param now milliseconds since 1970; by default the system's clock */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The answer to give in the place of the gateway's. */
  answer(match: Match, request: CacheRequest, settings: CacheSettings, fresh: Answer): CachedAnswer | undefined {
    if (fresh.refused) return undefined;
    const key = cacheKey(match, request);
    let warning = false;
    if (renews(request)) {
      if (!settings.requireAuthorization) this.#entries.delete(key);
      // A permission `execute-api:InvalidateCache` comes with a signature of IAM's, which this front does not check: nobody has it.
      else if (settings.unauthorized === "FAIL_WITH_403") return { answer: forbidden(fresh), cache: "refused" };
      else warning = settings.unauthorized === "SUCCEED_WITH_RESPONSE_HEADER";
    }
    const kept = this.#entries.get(key);
    if (kept !== undefined && kept.until > this.#now()) {
      return { answer: withWarning(repeated(kept.answer, fresh), warning), cache: "hit" };
    }
    if (fresh.status >= 200 && fresh.status < 300 && fresh.body.length <= LARGEST_BYTES && settings.ttlSeconds > 0) {
      this.#entries.set(key, { answer: fresh, until: this.#now() + settings.ttlSeconds * 1000 });
    }
    return { answer: withWarning(fresh, warning), cache: "miss" };
  }

  /** Forgets everything, as `FlushStageCache` does. */
  flush(): void {
    this.#entries.clear();
  }
}

/** The key: the method, and the value of each parameter that it is keyed by; a parameter that is not there is another than an empty one. */
export function cacheKey({ route, variables }: Match, { query, header }: CacheRequest): string {
  const values = route.cacheKeyParameters.map((parameter) => {
    const [, place, name = ""] = /^(?:method|integration)\.request\.([a-z]+)\.(.+)$/.exec(parameter) ?? [];
    if (place === "path") return variables[name] ?? null;
    if (place === "querystring") return query.getAll(name).at(-1) ?? null;
    if (place === "multivaluequerystring") return query.getAll(name);
    if (place === "header" || place === "multivalueheader") return header(name.toLowerCase()) ?? null;
    return null;
  });
  return JSON.stringify([route.method, route.path, values]);
}

/** `Cache-Control: max-age=0` asks for a new answer; other directives are passed over. */
function renews({ header }: CacheRequest): boolean {
  const directives = header("cache-control")?.split(",") ?? [];
  return directives.some((directive) => directive.trim().toLowerCase() === "max-age=0");
}

/** The earlier answer under this request's own id. */
function repeated(kept: Answer, fresh: Answer): Answer {
  const own = (name: string) => /^x-amzn?-request-?id$/i.test(name);
  return { ...kept, headers: [...pick(kept.headers, (name) => !own(name)), ...pick(fresh.headers, own)] };
}

function withWarning(answer: Answer, warning: boolean): Answer {
  if (!warning) return answer;
  return { ...answer, headers: [...answer.headers, "Warning", '199 - "Cache control header was ignored."'] };
}

function forbidden(fresh: Answer): Answer {
  return {
    status: 403,
    headers: [
      ...pick(fresh.headers, (name) => /^x-amzn-requestid$/i.test(name)),
      ...["Content-Type", "application/json", "x-amzn-errortype", "AccessDeniedException"],
    ],
    body: Buffer.from('{"message":"User is not authorized to invalidate the cache"}'),
    refused: true,
  };
}

/** Raw header pairs whose name is wanted. */
function pick(raw: readonly string[], wanted: (name: string) => boolean): string[] {
  return raw.filter((_item, at) => wanted(raw[at - (at % 2)] as string));
}
