import { type DocumentOwner, fault } from "./document.ts";

/** A path's segments, each a literal or a variable. */
export interface Segment {
  /** The segment as it is written. */
  text: string;
  /** The variable's name without a `+`, or undefined for a literal segment. */
  variable?: string;
}

/**
 * The segments of a path.
 *
 * @throws PalisadeError when API Gateway has no such path: a variable that is only part of a segment, a trailing slash, other characters.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function segmentsOf(owner: DocumentOwner, place: string, path: string): Segment[] {
  if (path === "/") return [];
  const segments = path.slice(1).split("/");
  const parsed = segments.map((text, index): Segment | undefined => {
    const variable = /^\{([A-Za-z0-9._-]+)(\+?)\}$/.exec(text);
    if (variable !== null) {
      return variable[2] === "+" && index < segments.length - 1 ? undefined : { text, variable: variable[1] };
    }
    return /^[A-Za-z0-9._,:~-]+$/.test(text) ? { text } : undefined;
  });
  if (!path.startsWith("/") || parsed.some((segment) => segment === undefined)) {
    throw fault(owner, place, {
      receivedText: "a path that API Gateway does not have",
      allowed:
        "`/` and segments of letters, digits and `._,:~-`, or of one whole variable `{name}`, or `{name+}` at the end",
      fix: "write each variable as a segment of its own, without a slash at the end",
    });
  }
  return parsed as Segment[];
}

/**
 * Checks that no two paths name the same variable segment differently: API Gateway makes one resource of it, and refuses the second.
 */
export function checkSiblings(owner: DocumentOwner, paths: Map<string, Segment[]>): void {
  const seen = new Map<string, { text: string; path: string }>();
  for (const [path, segments] of paths) {
    segments.forEach((segment, index) => {
      if (segment.variable === undefined) return;
      const parent = segments
        .slice(0, index)
        .map(({ text }) => text)
        .join("/");
      const other = seen.get(parent);
      if (other === undefined) seen.set(parent, { text: segment.text, path });
      else if (other.text !== segment.text) {
        throw fault(owner, `paths[${JSON.stringify(path)}]`, {
          receivedText: `a path with ${segment.text} where ${JSON.stringify(other.path)} has ${other.text}`,
          allowed: "one name for the variable at one place",
          fix: `write ${other.text} in both`,
        });
      }
    });
  }
}

/** The path as an ARN's last part: variables become `*`, as API Gateway's execution ARNs have them. */
export function arnPath(path: string): string {
  return path.replace(/\{[^/}]*\}/g, "*");
}
