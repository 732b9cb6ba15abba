import { type RequestSelection, TextTransformation } from "./args.ts";
import type { Checks } from "./checks.ts";
import { allOf, anyOf, type Statement, transformations } from "./statements.ts";

/** The stage's name: AWS WAF sees it before the path at API Gateway's own address, and not at a custom domain. */
const STAGE = "(?:/[A-Za-z0-9_-]+)?";
/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html: characters of a regular expression. */
const MAXIMUM_PATTERN = 512;

/**
 * A regular expression of a document's path, with or without the stage's name before it, and with any slashes after it, which API
 * Gateway ignores. Groups do not capture, since AWS WAF supports none that do.
 */
export function pathPattern(paths: string[]): string {
  const patterns = paths.map((path) =>
    path
      .split(/(\{[^/{}]+\})/)
      .map(segmentPattern)
      .join(""),
  );
  const [only] = patterns;
  return `^${STAGE}${patterns.length === 1 ? only : `(?:${patterns.join("|")})`}/*$`;
}

function segmentPattern(text: string): string {
  return text.startsWith("{") ? "[^/]+" : text.replace(/[.*+?^$|()[\]\\]/g, "\\$&");
}

/** Checks a path of a document: `/session`, `/orders/{orderId}`. */
export function checkPath(check: Checks, property: string, path: unknown): string {
  return check.text(
    property,
    path,
    /^(\/([A-Za-z0-9._~-]+|\{[A-Za-z0-9_]+\}))+$/,
    "a path of the API, for example /session",
  );
}

/**
 * The statement of a selection; undefined where it selects everything.
 *
 * @throws PalisadeError for a path or a method that is none, or paths too long for one expression.
 */
export function selectionStatement(
  check: Checks,
  property: string,
  selection: RequestSelection | undefined,
): Statement | undefined {
  if (selection === undefined) return undefined;
  check.plain(property, selection);
  const parts: Statement[] = [];
  if (selection.paths !== undefined) {
    const paths = check.list(`${property}.paths`, selection.paths, [1, 20]);
    for (const [index, path] of paths.entries()) checkPath(check, `${property}.paths[${index}]`, path);
    const regexString = pathPattern(paths);
    if (regexString.length > MAXIMUM_PATTERN) {
      check.fail({
        property: `${property}.paths`,
        receivedText: `${regexString.length} characters as a regular expression`,
        allowed: `paths that make at most ${MAXIMUM_PATTERN} characters together`,
        fix: "select fewer paths, in two rules if need be",
      });
    }
    parts.push({
      regexMatchStatement: {
        regexString,
        fieldToMatch: { uriPath: {} },
        // An encoded or a doubled slash reaches the same route.
        textTransformations: transformations([TextTransformation.UrlDecode, TextTransformation.NormalizePath]),
      },
    });
  }
  if (selection.methods !== undefined) {
    const methods = check.list(`${property}.methods`, selection.methods, [1, 9]);
    parts.push(
      anyOf(
        methods.map((method, index) => ({
          byteMatchStatement: {
            positionalConstraint: "EXACTLY",
            searchString: check.text(
              `${property}.methods[${index}]`,
              method,
              /^[A-Z]{1,20}$/,
              "a method, for example POST",
            ),
            fieldToMatch: { method: {} },
            textTransformations: transformations([]),
          },
        })),
      ),
    );
  }
  if (parts.length === 0) {
    check.fail({
      property,
      received: selection,
      allowed: "{ paths, methods } with at least one of them",
      fix: `leave ${property} out to select every request`,
    });
  }
  return allOf(parts);
}
