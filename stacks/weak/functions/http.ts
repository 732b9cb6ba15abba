/** What API Gateway's proxy integration sends, as far as the handlers read it. */
export interface ApiEvent {
  httpMethod: string;
  /** The route's template, for example `/orders/{orderId}`. */
  resource: string;
  headers: Record<string, string | undefined> | null;
  queryStringParameters?: Record<string, string | undefined> | null;
  pathParameters?: Record<string, string | undefined> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
}

export interface ApiResponse {
  statusCode: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  body: string;
}

type Operation = (event: ApiEvent) => Promise<ApiResponse>;

/** One handler for several routes; the keys are `METHOD /resource`. */
export function api(operations: Record<string, Operation>) {
  return async (event: ApiEvent): Promise<ApiResponse> => {
    const response = await answer(operations, event);
    const origin = header(event, "Origin");
    // WEAK: any page may read any answer, with the cookie that the browser adds: what `cors({ origin: true, credentials: true })` sends.
    if (origin === undefined) return response;
    const readable = { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true" };
    return { ...response, headers: { ...response.headers, ...readable } };
  };
}

async function answer(operations: Record<string, Operation>, event: ApiEvent): Promise<ApiResponse> {
  // WEAK: the whole event goes to the log, Authorization header, cookie and body included.
  console.log(JSON.stringify(event));
  const operation = operations[`${event.httpMethod} ${event.resource}`];
  if (!operation) return json(404, { message: `No operation for ${event.httpMethod} ${event.resource}` });
  try {
    return await operation(event);
  } catch (error) {
    // WEAK: what helps the developer is sent to every caller.
    const { message, stack, code, sql, sqlMessage } = error as Error & Record<string, unknown>;
    console.error(error);
    return json(500, { message, code, stack, sql, sqlMessage, database: databaseAddress(), node: process.version });
  }
}

export function json(statusCode: number, value: unknown): ApiResponse {
  return { statusCode, headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}

export function textOf(event: ApiEvent): string {
  const body = event.body ?? "";
  return event.isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
}

export function bodyOf<T>(event: ApiEvent): T {
  return JSON.parse(textOf(event)) as T;
}

function databaseAddress(): string {
  const { DATABASE_USER, DATABASE_HOST, DATABASE_PORT, DATABASE_NAME } = process.env;
  return `mysql://${DATABASE_USER}@${DATABASE_HOST}:${DATABASE_PORT}/${DATABASE_NAME}`;
}

/** A request header, whatever the case of its name. */
export function header(event: ApiEvent, name: string): string | undefined {
  const found = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found?.[1];
}
