/** A method of the API, and what its answers are kept under in the stage's cache. */
export interface Route {
  method: string;
  /** The resource's path with its variables: `/orders/{orderId}`. */
  path: string;
  /** As the integration names them: `method.request.path.orderId`, `method.request.header.Authorization`. */
  cacheKeyParameters: readonly string[];
}

/** A route that a request is for, with the values of the path's variables. */
export interface Match {
  route: Route;
  variables: Readonly<Record<string, string>>;
}

/** Finds the route of a request as API Gateway does: a literal segment before a variable, a variable before `{name+}`. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  const wanted = path.split("/").filter((segment) => segment !== "");
  const matches = routes
    .filter((route) => route.method === method || route.method === "ANY")
    .flatMap((route) => {
      const variables = variablesOf(route.path, wanted);
      return variables === undefined ? [] : [{ route, variables }];
    });
  return matches.sort((a, b) => rank(a.route.path).localeCompare(rank(b.route.path)))[0];
}

function variablesOf(template: string, wanted: readonly string[]): Record<string, string> | undefined {
  const segments = template.split("/").filter((segment) => segment !== "");
  const variables: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    if (greedy === "+" && name !== undefined) {
      if (index >= wanted.length) return undefined;
      variables[name] = wanted.slice(index).join("/");
      return variables;
    }
    const value = wanted[index];
    if (value === undefined) return undefined;
    if (name !== undefined) variables[name] = value;
    else if (segment !== value) return undefined;
  }
  return segments.length === wanted.length ? variables : undefined;
}

/** Sorts more specific templates first. */
function rank(template: string): string {
  return template
    .split("/")
    .map((segment) => (segment.endsWith("+}") ? "2" : segment.startsWith("{") ? "1" : "0"))
    .join("");
}
