import { type ApiEvent, type ApiResponse, commonHeaders, type Principal } from "./api.ts";
import { crossOriginHeaders } from "./defences/cross-origin.ts";
import { checkGroups } from "./defences/group-check.ts";
import { readPrincipal } from "./defences/principal.ts";
import { problemResponse } from "./defences/problem-details.ts";
import { checkSameOrigin } from "./defences/same-origin.ts";
import { duringInvocation, type InvocationContext } from "./invocation.ts";
import { createLogger, describeError, type Logger } from "./log.ts";
import { DependencyFault, Refusal, Unanswerable } from "./refusal.ts";

/** A request as an operation's core sees it. */
export interface ApiRequest {
  event: ApiEvent;
  /** Who calls. Of an operation for everybody, nobody: every field is empty. */
  principal: Principal;
}

/** What an operation's core answers. */
export interface Answer {
  status: number;
  /** Sent as JSON. By default the response has no body. */
  json?: unknown;
  /** Sent as HTML, in the place of `json`. */
  html?: string;
  /** Further headers. */
  headers?: Record<string, string>;
  /** Values of the header `Set-Cookie`, one for each cookie. */
  cookies?: string[];
  /** How many rows were found, for the log. */
  rows?: number;
}

/** One operation of openapi.yaml. */
export interface Operation {
  operationId: string;
  method: string;
  /** The route's template. */
  path: string;
  /** `x-palisade-groups` of the document; `everybody` where it has none. A test compares the two. */
  groups: readonly string[] | "everybody";
  /**
   * Whether only the page itself may make the request: where the browser adds the caller's cookie by itself, another page could make it too.
   * A test compares it with the document.
   */
  fromPage?: boolean;
  run(request: ApiRequest): Promise<Answer> | Answer;
}

const NOBODY: Principal = { userId: "", companyId: "", groups: [] };

/**
 * Makes a Lambda handler of a function's operations: it finds the operation, checks the caller, runs the core, and turns whatever
 * comes of it into a response and one log record. It never rejects.
 *
 * @param name the function's name in the log
 * @param log by default the function's log
 */
export function createApiHandler(
  name: string,
  operations: readonly Operation[],
  log: Logger = createLogger(name),
): (event: ApiEvent, context?: InvocationContext) => Promise<ApiResponse> {
  return async (event, context) => {
    const { requestId } = event.requestContext;
    try {
      const operation = operations.find(({ method, path }) => method === event.httpMethod && path === event.resource);
      if (operation === undefined) throw new Unanswerable(404, "There is no such operation.");
      const principal = admit(operation, event);
      const answer = await duringInvocation(context, async () => operation.run({ event, principal }));
      log({ level: "INFO", event: "served", requestId, status: answer.status, rows: answer.rows });
      return forPage(toResponse(answer), event);
    } catch (error) {
      const response = problemResponse(error, requestId);
      logFailure(log, error, requestId, response.statusCode);
      return forPage(response, event);
    }
  };
}

/** The response with what tells a browser which page may read it; where there is such a page, a refusal too. */
function forPage(response: ApiResponse, event: ApiEvent): ApiResponse {
  return { ...response, headers: { ...response.headers, ...crossOriginHeaders(event) } };
}

function admit(operation: Operation, event: ApiEvent): Principal {
  if (operation.fromPage) checkSameOrigin(event);
  if (operation.groups === "everybody") return NOBODY;
  const principal = readPrincipal(event);
  checkGroups(principal, operation.groups);
  return principal;
}

function toResponse(answer: Answer): ApiResponse {
  const headers: Record<string, string> = { ...commonHeaders };
  if (answer.html !== undefined) headers["Content-Type"] = "text/html; charset=utf-8";
  else if (answer.json !== undefined) headers["Content-Type"] = "application/json";
  return {
    statusCode: answer.status,
    headers: { ...headers, ...answer.headers },
    ...(answer.cookies && { multiValueHeaders: { "Set-Cookie": answer.cookies } }),
    body: answer.html ?? (answer.json === undefined ? "" : JSON.stringify(answer.json)),
  };
}

function logFailure(log: Logger, error: unknown, requestId: string, status: number): void {
  if (error instanceof Refusal) {
    log({ level: "WARN", event: "denied", layer: error.layer, defence: error.defence, requestId, status });
  } else if (error instanceof Unanswerable) {
    log({ level: "INFO", event: "unanswerable", requestId, status });
  } else {
    const isFault = error instanceof DependencyFault;
    log({
      level: "ERROR",
      event: "failed",
      layer: "function",
      defence: "problem-details",
      requestId,
      status,
      ...(isFault ? { dependency: error.dependency } : {}),
      ...describeError(isFault ? error.cause : error),
    });
  }
}
