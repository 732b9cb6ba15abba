import type { Reference, Rule } from "./model.ts";

/** A rule, checked by the compiler and frozen. */
export function rule(definition: Rule): Rule {
  return Object.freeze(definition);
}

/** A control of AWS Foundational Security Best Practices, by its Security Hub id. */
export const fsbp = (id: string): Reference => ({ framework: "FSBP", id });

/** A Security Hub control that the CIS AWS Foundations Benchmark 5.0.0 standard holds. */
export const cis = (id: string): Reference => ({ framework: "CIS AWS 5.0.0", id });

/** OWASP API Security Top 10, 2023: `API1` to `API10`. */
export const owaspApi = (id: string): Reference => ({ framework: "OWASP API 2023", id });

/** OWASP Serverless Top 10 interpretation, 2018: `SAS-1` to `SAS-10`. */
export const owaspServerless = (id: string): Reference => ({ framework: "OWASP Serverless 2018", id });

/** A section of the paper. */
export const paper = (id: string): Reference => ({ framework: "paper", id });

/** A control of Security Hub that is in neither standard, or AWS's own best practices page. */
export const awsControl = (id: string): Reference => ({ framework: "AWS", id });

/** Security Hub's page of the controls of one service. */
export function controlUrl(service: string): string {
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html`;
}
