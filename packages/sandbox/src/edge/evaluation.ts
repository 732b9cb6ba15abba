import type { Inspected } from "./inspected.ts";
import type { Libinjection } from "./libinjection.ts";

/** What a detector found, as WAF's log writes it (docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html). */
export interface MatchDetail {
  conditionType: "SQL_INJECTION" | "XSS";
  sensitivityLevel?: string;
  location: string;
  matchedData: string[];
  matchedFieldName: string;
}

/** A rate-based rule that the request exceeded, as WAF's log writes it. */
export interface RateExcess {
  rateBasedRuleName: string;
  limitKey: string;
  maxRateAllowed: number;
  evaluationWindowSec: string;
  limitValue?: string;
  customValues?: { key: string; name?: string; value: string }[];
}

/** One request on its way through a web ACL. */
export interface Evaluation {
  inspected: Inspected;
  /** Milliseconds since 1970. */
  now: number;
  /** Fully qualified labels, in the order in which they were added. */
  labels: Set<string>;
  /** Of the rule that is evaluated. */
  details: MatchDetail[];
  rateExcesses: RateExcess[];
}

/** A statement, ready to be asked. */
export type Matcher = (evaluation: Evaluation) => boolean;

/** What statements refer to, read from AWS before the first request. */
export interface References {
  ipSets: ReadonlyMap<string, readonly string[]>;
  regexPatternSets: ReadonlyMap<string, readonly string[]>;
}

/** What statements are compiled with. */
export interface Surroundings {
  references: References;
  libinjection: Libinjection;
  countryOf(address: string): string | undefined;
  /** `awswaf:<account>:webacl:<name>:` or `awswaf:<account>:rulegroup:<name>:`. */
  labelPrefix: string;
  /** The rule, for errors and for the log. */
  ruleName: string;
}
