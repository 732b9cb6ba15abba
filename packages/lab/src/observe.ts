import { type Defence, type DefenceId, findDefence, type Layer } from "./defences.ts";
import { type Exchange, served } from "./exchange.ts";
import { browserEntries, gatewayEntry, type LogEntry, requestIdOf } from "./records.ts";

/** What held, and the record that says so. */
export interface Observation {
  readonly layer: Layer;
  /** Absent when a layer held by something that is no defence of the table, e.g. throttling. */
  readonly defence?: DefenceId;
  readonly record: LogEntry;
}

/**
 * Reads from the run's own records what stopped an attack. Only requests of the attack itself count, in the order they were
 * sent: refusals first, then the marks that a defence leaves on an answer which it made harmless.
 *
 * @param exchanges the attack's exchanges, as sent
 * @param records the records of that time; those of other requests are ignored by their request id
 * @param claimed the defences that the attack lists: a crash is looked at as the work of `function:problem-details` only where
 * the attack is one on what an error tells
 */
export function observe(
  exchanges: readonly Exchange[],
  records: readonly LogEntry[],
  claimed: readonly DefenceId[],
): Observation | undefined {
  const attacks = exchanges.filter(({ purpose }) => purpose === "attack");
  for (const exchange of attacks) {
    const refusal = refusalOf(exchange, records);
    if (refusal) return refusal;
  }
  for (const exchange of attacks.toReversed()) {
    const mark = markOn(exchange, records, claimed);
    if (mark) return mark;
  }
  return undefined;
}

const FAIL_CLOSED = "authorizer:fail-closed";

function refusalOf(exchange: Exchange, records: readonly LogEntry[]): Observation | undefined {
  const withheld = withheldCookie(exchange);
  if (withheld) return withheld;
  if (exchange.via === "aws") return iamRefusal(exchange, records);
  const own = ownRecords(exchange, records);
  for (const record of own.filter(({ event }) => event === "denied")) {
    const named = findDefence(`${record.layer}:${record.defence}`);
    if (named) return found(named, record);
  }
  const stopped = records.find(
    ({ source, requestId }) => source === "waf" && requestId !== undefined && requestId === requestIdOf(exchange),
  );
  if (stopped) return edgeRefusal(stopped);
  // What could not be checked was denied on purpose: the authorizer says so.
  const closed = own.find(({ event, layer, defence }) => event === "failed" && `${layer}:${defence}` === FAIL_CLOSED);
  const failClosed = findDefence(FAIL_CLOSED);
  if (closed && failClosed) return found(failClosed, closed);
  // A crash is no defence, and what the gateway answers when its authorizer crashed is none either.
  if (own.some(({ event }) => event === "failed")) return undefined;
  const gateway = gatewayEntry(exchange);
  return gateway && gatewayRefusal(gateway);
}

/** Without its cookie a request is refused by whoever looks at it first; what held is what kept the cookie from it, as the browser says. */
function withheldCookie(exchange: Exchange): Observation | undefined {
  const reason = exchange.browser?.withheld?.find((text) => text.startsWith("__Host-session: "));
  const defence = findDefence("function:session-cookie");
  if (reason === undefined || defence === undefined) return undefined;
  return found(defence, { source: "browser", time: exchange.endedAt, event: "cookie withheld", text: reason });
}

/** What the functions and the authorizer logged of this request. */
function ownRecords(exchange: Exchange, records: readonly LogEntry[]): LogEntry[] {
  const requestId = requestIdOf(exchange);
  if (requestId === undefined) return [];
  return records.filter((record) => record.source === "function" && record.requestId === requestId);
}

/**
 * What API Gateway's own error types mean (API Gateway Developer Guide, "Gateway response types"): UNAUTHORIZED without a record
 * of the authorizer is the missing identity source, ACCESS_DENIED is the authorizer's policy, BAD_REQUEST_* the validator.
 */
function gatewayRefusal(record: LogEntry): Observation {
  const id = GATEWAY_ERRORS[record.event];
  const defence = id && findDefence(id);
  return defence ? found(defence, record) : { layer: "gateway", record };
}

const GATEWAY_ERRORS: Readonly<Record<string, DefenceId>> = {
  UnauthorizedException: "gateway:authorizer",
  AccessDeniedException: "authorizer:allow-list",
  BadRequestException: "gateway:model",
  // What the firewall forbids is in its log, and prod asks for no API key.
  ForbiddenException: "gateway:default-endpoint",
  // The function's resource policy does not let this API call it; an authorizer that is broken is answered so too, and is listed by no attack.
  AuthorizerConfigurationException: "iam:invoke-permission",
};

/** The firewall's log names the rule that ended a request; the rules' names are EdgeFirewall's (packages/edge-firewall). */
function edgeRefusal(record: LogEntry): Observation {
  const rule = record.event.slice(record.event.indexOf(" ") + 1);
  const id = EDGE_RULES.find(([pattern]) => pattern.test(rule))?.[1];
  const defence = id && findDefence(id);
  return defence ? found(defence, record) : { layer: "edge", record };
}

/** The defence that a rule of the web ACL is. */
export const EDGE_RULES: readonly (readonly [RegExp, DefenceId])[] = [
  [/^address-/, "edge:ip-deny"],
  [/^country-/, "edge:geo"],
  [/^size-limits$/, "edge:body-size"],
  [/^rate-/, "edge:rate-limit"],
  [/^sql-injection$/, "edge:sql-injection"],
  [/^cross-site-scripting$/, "edge:script"],
  [/^injection-patterns$/, "edge:patterns"],
];

/**
 * AWS refused a call with stolen credentials: CloudTrail's record of the same call says so, and its error code says why. A login to the
 * database is in the database's log, with what the role may not do.
 */
function iamRefusal(exchange: Exchange, records: readonly LogEntry[]): Observation | undefined {
  const action = exchange.request.path.split(/[: ]/)[1] ?? "";
  // The last one: an attack that is repeated within a second, with a defence less, must not meet the record of the first.
  const trail = records.findLast(
    ({ source, event, time }) =>
      // CloudTrail's times are whole seconds.
      (source === "cloudtrail" || source === "database") && event === action && time >= exchange.startedAt - 1000,
  );
  const id = trail && TRAIL_ERRORS.find(([pattern]) => pattern.test(trail.text))?.[1](exchange.request.client);
  const defence = id && findDefence(id);
  return defence && trail && found(defence, trail);
}

/** What the error codes mean, by whose credentials they are. */
const TRAIL_ERRORS: readonly (readonly [RegExp, (client: string) => DefenceId])[] = [
  [/CodeVerificationFailed|InvalidCodeSignature/, () => "function:code-signing"],
  [/is not authorized to perform: rds-db:connect/, () => "iam:role"],
  [/the token has expired/, () => "database:token-age"],
  [/AccessDenied/, (client) => (client.startsWith("a developer of") ? "iam:team-access" : "iam:role")],
];

function found(defence: Defence, record: LogEntry): Observation {
  return { layer: defence.layer, defence: defence.id, record };
}

/** How a defence that refuses nothing shows that it was at work. */
interface Mark {
  readonly id: DefenceId;
  readonly read: (exchange: Exchange, records: readonly LogEntry[]) => LogEntry | undefined;
}

/** Marks on a request that was served. */
const SERVED_MARKS: readonly Mark[] = [
  {
    id: "function:fresh-session",
    read: (exchange) => {
      const [came, went] = [exchange.request.headers?.cookie, exchange.response.headers["set-cookie"]].map(
        (header) => /__Host-session=([^;,\s]+)/.exec(header ?? "")?.[1],
      );
      const isNew = came !== undefined && went !== undefined && came !== went;
      return isNew
        ? answerEntry(exchange, "the answer sets another session than the one that the browser came with")
        : undefined;
    },
  },
  {
    id: "function:prepared-statement",
    // The server's own log shows the statement as executed apart from its values, the caller's quote escaped inside one.
    read: (exchange, records) => {
      const values = quotedValues(exchange);
      return records.find(
        ({ source, event, text, time }) =>
          source === "database" &&
          event === "Execute" &&
          time >= exchange.startedAt - 1 &&
          time <= exchange.endedAt + 1 &&
          values.some((value) => text.includes(value)),
      );
    },
  },
  {
    id: "function:html-encoding",
    read: (exchange) => {
      const html = exchange.response.headers["content-type"]?.startsWith("text/html") ?? false;
      const encoded = html ? /&lt;script[^<]{0,120}/.exec(exchange.response.body)?.[0] : undefined;
      return encoded === undefined ? undefined : answerEntry(exchange, `the page holds the script as text: ${encoded}`);
    },
  },
  { id: "function:content-security-policy", read: (exchange) => browserEntries(exchange)[0] },
];

/** Marks on a request that was served, of attacks on what they are about: every other answer has them too. */
const CLAIMED_MARKS: readonly Mark[] = [
  {
    id: "gateway:response-cache",
    // The function's own record of this request: the answer was made for this caller.
    read: (exchange, records) => ownRecords(exchange, records).find(({ event }) => event === "served"),
  },
  {
    id: "function:cross-origin",
    read: (exchange) => {
      const { origin } = exchange.request.headers ?? {};
      const allowed = exchange.response.headers["access-control-allow-origin"];
      return origin === undefined || allowed === origin || allowed === "*"
        ? undefined
        : answerEntry(exchange, `to ${origin}, the answer names ${allowed ?? "no other origin"} as its reader`);
    },
  },
];

/** The mark on a request that failed: the log knows what went wrong, and the answer is a problem document without it. */
const PROBLEM_MARK: Mark = {
  id: "function:problem-details",
  read: (exchange, records) => {
    const problem = exchange.response.headers["content-type"]?.startsWith("application/problem+json") ?? false;
    return problem ? ownRecords(exchange, records).find(({ event }) => event === "failed") : undefined;
  },
};

function markOn(
  exchange: Exchange,
  records: readonly LogEntry[],
  claimed: readonly DefenceId[],
): Observation | undefined {
  // A request that was understood and cannot be met ran its statements too.
  const answered = served(exchange) || ownRecords(exchange, records).some(({ event }) => event === "unanswerable");
  const ofClaimed = answered ? CLAIMED_MARKS : [PROBLEM_MARK];
  const marks = [...(answered ? SERVED_MARKS : []), ...ofClaimed.filter(({ id }) => claimed.includes(id))];
  for (const { id, read } of marks) {
    const record = read(exchange, records);
    const defence = findDefence(id);
    if (record && defence) return found(defence, record);
  }
  return undefined;
}

/** The query's and the JSON body's texts with a quote in them, as MySQL and MariaDB write them inside a string literal. */
function quotedValues(exchange: Exchange): string[] {
  const { searchParams } = new URL(exchange.request.url);
  return [...searchParams.values(), ...textsOf(parsed(exchange.request.body))]
    .filter((value) => value.includes("'"))
    .map((value) => value.replaceAll("'", "\\'"));
}

function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? "null");
  } catch {
    return null;
  }
}

/** Every text in a JSON value, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function answerEntry(exchange: Exchange, text: string): LogEntry {
  const requestId = requestIdOf(exchange);
  return {
    source: "answer",
    time: exchange.endedAt,
    event: "served",
    text,
    ...(requestId === undefined ? {} : { requestId }),
  };
}
