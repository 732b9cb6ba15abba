import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What there is once in an account and region belongs to the account's stage: a stage must not be able to take it with it. */
const SINGLETONS =
  /^aws:(guardduty|securityhub|cfg|inspector2|macie2|organizations|accessanalyzer)\/|^aws:apigateway\/account:|^aws:iam\/(accountPasswordPolicy|accountAlias|serviceLinkedRole):|AccountPublicAccessBlock$/;

test.each(["dev", "prod"])("%s has none of the account's singletons", (stage) => {
  const golden = readFileSync(new URL(`resources.${stage}.golden.json`, import.meta.url), "utf8");
  const types = Object.keys(JSON.parse(golden) as Record<string, unknown>).filter((key) => key.includes(":"));
  expect(types.length).toBeGreaterThan(30);
  expect(types.filter((type) => SINGLETONS.test(type))).toEqual([]);
});
