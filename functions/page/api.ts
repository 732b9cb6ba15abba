/** What the API answers, as far as the page reads it. */
export interface Product {
  sku: string;
  name: string;
  priceCents: number;
}
export interface Order {
  id: string;
  totalCents: number;
}
export interface Partner {
  companyId: string;
  groups: string[];
}

/** An answer that is none: what the API says is wrong, or that it says nothing. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/**
 * Asks the API. The browser adds the session, which no script here can read. When the access token has expired it is renewed, once.
 *
 * @throws Refused with the sentence of the API's problem document (RFC 9457)
 */
export async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> {
  let answer = await send(method, path, body, headers);
  if (answer.status === 401 && (await refresh())) answer = await send(method, path, body, headers);
  if (answer.ok) return answer.status === 204 ? undefined : await answer.json();
  throw new Refused(answer.status, await detailOf(answer));
}

function send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  return fetch(path, {
    method,
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    headers: { ...headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Renews the session. One tab at a time: a refresh token is good once. 409: another did it a moment ago, and its cookies are here. */
async function refresh(): Promise<boolean> {
  return await navigator.locks.request("refresh", async () => {
    const { status } = await send("POST", "/session/refresh", undefined, {});
    return status === 204 || status === 409;
  });
}

async function detailOf(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => ({}))) as { detail?: unknown };
  return typeof problem.detail === "string" ? problem.detail : "The service does not answer at the moment.";
}
