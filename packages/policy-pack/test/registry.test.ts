import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { expect, test } from "vitest";
import { levelsOf } from "../src/levels.ts";
import { RULES } from "../src/registry.ts";
import { rulesMarkdown } from "../src/rules-markdown.ts";

const folder = resolve(import.meta.dirname, "..");

/** Every rule with its levels in dev and prod. A change here is a change of what the pack promises. */
const PINNED = [
  "apigateway-access-log-no-secrets: mandatory, mandatory",
  "apigateway-authorizer-cache: mandatory, mandatory",
  "apigateway-cache-encrypted: mandatory, mandatory",
  "apigateway-deployment-triggers: mandatory, mandatory",
  "apigateway-domain-tls: mandatory, mandatory",
  "apigateway-execution-logging: mandatory, mandatory",
  "apigateway-integration-https: mandatory, mandatory",
  "apigateway-method-authorization: mandatory, mandatory",
  "apigateway-method-throttling: mandatory, mandatory",
  "apigateway-method-validator: mandatory, mandatory",
  "apigateway-no-data-trace: mandatory, mandatory",
  "apigateway-operation-authorizer: mandatory, mandatory",
  "apigateway-operation-model: mandatory, mandatory",
  "apigateway-operation-validator: mandatory, mandatory",
  "apigateway-request-validator-complete: mandatory, mandatory",
  "apigateway-stage-access-log: mandatory, mandatory",
  "apigateway-stage-settings: mandatory, mandatory",
  "apigateway-stage-tracing: mandatory, mandatory",
  "apigateway-stage-web-acl: advisory, advisory",
  "apigateway-v2-private-integration-tls: mandatory, mandatory",
  "apigateway-v2-route-authorization: mandatory, mandatory",
  "cloudtrail-enabled: mandatory, mandatory",
  "cloudtrail-encrypted: mandatory, mandatory",
  "cloudtrail-every-region: mandatory, mandatory",
  "cloudtrail-validation: mandatory, mandatory",
  "cognito-client-auth-flows: mandatory, mandatory",
  "cognito-client-token-revocation: mandatory, mandatory",
  "cognito-client-token-validity: mandatory, mandatory",
  "cognito-client-user-existence: mandatory, mandatory",
  "cognito-deletion-protection: advisory, mandatory",
  "cognito-identity-pool-guests: mandatory, mandatory",
  "cognito-mfa: advisory, mandatory",
  "cognito-no-self-sign-up: advisory, advisory",
  "cognito-password-policy: mandatory, mandatory",
  "cognito-threat-protection: advisory, mandatory",
  "default-security-group-closed: mandatory, mandatory",
  "dynamodb-deletion-protection: advisory, mandatory",
  "dynamodb-recovery: mandatory, mandatory",
  "dynamodb-scaling: mandatory, mandatory",
  "guardduty-enabled: mandatory, mandatory",
  "iam-action-wildcard: mandatory, mandatory",
  "iam-kms-decrypt-everything: mandatory, mandatory",
  "iam-no-access-keys: mandatory, mandatory",
  "iam-no-administrator: mandatory, mandatory",
  "iam-no-broad-managed-policy: mandatory, mandatory",
  "iam-no-not-action: mandatory, mandatory",
  "iam-no-service-wildcard: mandatory, mandatory",
  "iam-no-user-policies: mandatory, mandatory",
  "iam-pass-role: mandatory, mandatory",
  "iam-privilege-escalation: mandatory, mandatory",
  "iam-resource-wildcard: mandatory, mandatory",
  "iam-trust-confused-deputy: mandatory, mandatory",
  "iam-trust-public: mandatory, mandatory",
  "kms-policy-public: mandatory, mandatory",
  "kms-rotation: mandatory, mandatory",
  "lambda-environment-secrets: mandatory, mandatory",
  "lambda-log-group: mandatory, mandatory",
  "lambda-network-zones: mandatory, mandatory",
  "lambda-permission-public: mandatory, mandatory",
  "lambda-permission-source: mandatory, mandatory",
  "lambda-role-of-its-own: mandatory, mandatory",
  "lambda-runtime-supported: mandatory, mandatory",
  "lambda-tagged: advisory, advisory",
  "lambda-tracing: mandatory, mandatory",
  "lambda-url-authorization: mandatory, mandatory",
  "log-group-retention: mandatory, mandatory",
  "lowered-floor: advisory, advisory",
  "rds-backup-retention: mandatory, mandatory",
  "rds-copy-tags: mandatory, mandatory",
  "rds-custom-administrator: mandatory, mandatory",
  "rds-deletion-protection: advisory, mandatory",
  "rds-encrypted: mandatory, mandatory",
  "rds-enhanced-monitoring: mandatory, mandatory",
  "rds-final-snapshot: advisory, mandatory",
  "rds-iam-authentication: mandatory, mandatory",
  "rds-logs-exported: mandatory, mandatory",
  "rds-managed-password: mandatory, mandatory",
  "rds-minor-upgrades: mandatory, mandatory",
  "rds-multiple-instances: advisory, mandatory",
  "rds-not-public: mandatory, mandatory",
  "rds-own-port: mandatory, mandatory",
  "rds-proxy-tls: mandatory, mandatory",
  "rds-tls-required: mandatory, mandatory",
  "s3-no-acl: mandatory, mandatory",
  "s3-policy-public: mandatory, mandatory",
  "s3-public-access-block: mandatory, mandatory",
  "s3-tls-only: mandatory, mandatory",
  "s3-versioning: advisory, advisory",
  "secretsmanager-policy-public: mandatory, mandatory",
  "secretsmanager-recovery: advisory, mandatory",
  "secretsmanager-rotation: mandatory, mandatory",
  "security-group-egress: mandatory, mandatory",
  "security-group-ingress: mandatory, mandatory",
  "sns-encrypted: mandatory, mandatory",
  "sns-policy-public: mandatory, mandatory",
  "sqs-encrypted: mandatory, mandatory",
  "sqs-policy-public: mandatory, mandatory",
  "subnet-no-public-addresses: mandatory, mandatory",
  "vpc-flow-logs: mandatory, mandatory",
  "wafv2-has-rules: mandatory, mandatory",
  "wafv2-log-redaction: mandatory, mandatory",
  "wafv2-logging: mandatory, mandatory",
  "wafv2-oversize: mandatory, mandatory",
  "wafv2-rule-metrics: mandatory, mandatory",
];

test("the list of rules and their levels is this one", () => {
  const [dev, prod] = [levelsOf("dev"), levelsOf("prod")];
  expect(RULES.map(({ name }) => `${name}: ${dev[name]}, ${prod[name]}`)).toEqual(PINNED);
});

test("every file in src/rules is a rule of the registry, by its own name, and has its test", () => {
  const files = globSync("src/rules/*/*.ts", { cwd: folder });
  expect(files.map((file) => basename(file, ".ts")).sort()).toEqual(RULES.map(({ name }) => name));
  const untested = files.filter((file) => {
    return !existsSync(resolve(folder, file.replace(/^src/, "test").replace(/\.ts$/, ".test.ts")));
  });
  expect(untested).toEqual([]);
});

test.each(RULES)("$name has what a reader needs", (rule) => {
  expect(rule.name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  expect(rule.description).toMatch(/\b(?:must|may)\b/);
  expect(rule.description).not.toMatch(/\.$/);
  expect(["low", "medium", "high", "critical"]).toContain(rule.severity);
  expect(rule.references.length).toBeGreaterThan(0);
  expect(rule.remediation.length).toBeGreaterThan(10);
  expect(rule.url).toMatch(/^https:\/\/(?:docs\.aws\.amazon\.com|owasp\.org)\//);
  expect(rule.appliesTo.length).toBeGreaterThan(0);
  for (const type of rule.appliesTo) expect(type).toMatch(/^(?:\*|(?:aws|awsx):[\w/]+:\w+)$/);
});

test("RULES.md is up to date: pnpm --filter @palisade/policy-pack rules", () => {
  expect(readFileSync(resolve(folder, "RULES.md"), "utf8")).toBe(rulesMarkdown(RULES));
});
