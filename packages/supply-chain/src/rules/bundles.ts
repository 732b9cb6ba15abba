import type { Finding, RuleResult } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** What of a built bundle is judged. */
export interface JudgedBundle {
  name: string;
  codeBytes: number;
  /** The packages that it holds, by name. */
  packages: readonly string[];
  /** Our own files that it was made of, as paths of the repository. */
  sources: readonly string[];
  /** The zip's files: path to text. */
  files: ReadonlyMap<string, string>;
}

/** Texts that give away a secret, or where a bundle was made. */
const GIVEN_AWAY: readonly { pattern: RegExp; what: string }[] = [
  { pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/, what: "an AWS access key id" },
  { pattern: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/, what: "a private key" },
  { pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/, what: "a JWT" },
  { pattern: /\b(ghp|gho|github_pat)_\w{20,}/, what: "a token of GitHub" },
  { pattern: /:\/\/[^\s/:@"'`]+:[^\s/:@"'`]+@[a-z0-9.-]+/i, what: "a URL with a password" },
  { pattern: /sourceMappingURL=/, what: "a reference to its source map" },
  { pattern: /["'`](\/home\/|\/root\/|\/Users\/|[A-Z]:\\\\Users)/, what: "a path of the machine that built it" },
];

/** What a function is deployed with: one file, within its budget, without what is forbidden, sources, tests or secrets. */
export function bundles(
  built: readonly JudgedBundle[],
  { bundles: { forbidden, sources, budgets } }: Policy,
): RuleResult {
  const findings = built.flatMap((bundle): Finding[] => {
    const say = (message: string): Finding => ({ subject: `the bundle of ${bundle.name}`, message });
    const budget = budgets[bundle.name] ?? budgets.default ?? 0;
    return [
      ...(bundle.codeBytes > budget ? [say(`has ${bundle.codeBytes} bytes, more than its budget of ${budget}`)] : []),
      ...bundle.packages.flatMap((name) =>
        forbidden
          .filter(({ pattern }) => pattern.test(name))
          .map(({ reason }) => say(`holds ${name}, which is forbidden: ${reason}`)),
      ),
      ...bundle.sources
        .filter((file) => !sources.test(file) || /\.test\.|(^|\/)test\//.test(file))
        .map((file) => say(`was made of ${file}; a function is made of functions/src`)),
      ...[...bundle.files.keys()].filter((file) => file !== "index.mjs").map((file) => say(`holds the file ${file}`)),
      ...[...bundle.files.values()].flatMap((text) =>
        GIVEN_AWAY.filter(({ pattern }) => pattern.test(text)).map(({ what }) => say(`holds ${what}`)),
      ),
    ];
  });
  return { rule: "bundles", checked: built.length, findings };
}
