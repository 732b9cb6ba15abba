/** A character of a route's text, a variable's first character, or any number of its further ones. */
type Token = string | typeof ONE | typeof MORE;

const ONE = Symbol("one character of a variable");
const MORE = Symbol("further characters of a variable");

/**
 * Whether some path of a route is matched by a pattern of a policy. In the pattern `*` stands for any text, slashes included; a variable of
 * the route stands for one segment, so for one or more characters without a slash.
 *
 * @param pattern method and path, e.g. `GET/orders/*`
 * @param route method and path with its variables, e.g. `GET/orders/{orderId}/audit`
 */
export function reaches(pattern: string, route: string): boolean {
  const tokens = tokensOf(route);
  // The positions in the pattern that the route's tokens so far can lead to.
  let places = afterStars(pattern, new Set([0]));
  for (const token of tokens) {
    const next = new Set<number>(token === MORE ? places : []);
    // A variable's further characters may be any number: each may lead to a place that the next starts from.
    const open = [...places];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (!consumes(pattern[place], token)) continue;
      for (const reached of afterStars(pattern, new Set([pattern[place] === "*" ? place : place + 1]))) {
        if (next.has(reached)) continue;
        next.add(reached);
        if (token === MORE) open.push(reached);
      }
    }
    places = next;
  }
  return places.has(pattern.length);
}

/**
 * Whether API Gateway sends every path that both routes describe to the first: it prefers the text of a segment to a variable, from the
 * left.
 */
export function isPreferred(path: string, other: string): boolean {
  const [segments, others] = [path.split("/"), other.split("/")];
  if (segments.length !== others.length) return false;
  const first = segments.findIndex((segment, index) => isVariable(segment) !== isVariable(others[index] ?? ""));
  return first !== -1 && !isVariable(segments[first] ?? "");
}

function isVariable(segment: string): boolean {
  return segment.startsWith("{");
}

function tokensOf(route: string): Token[] {
  return route.split(/(\{[^}]*\})/).flatMap((part): Token[] => (isVariable(part) ? [ONE, MORE] : [...part]));
}

function consumes(character: string | undefined, token: Token): boolean {
  if (character === undefined) return false;
  if (character === "*") return true;
  return typeof token === "string" ? character === token : character !== "/";
}

/** A star may stand for no text: where one is next, the place behind it is reached too. */
function afterStars(pattern: string, places: Set<number>): Set<number> {
  for (const place of places) if (pattern[place] === "*") places.add(place + 1);
  return places;
}
