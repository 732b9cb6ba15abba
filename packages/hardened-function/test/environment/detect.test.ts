import { describe, expect, it } from "vitest";
import { entropy, findSecret, isReference } from "../../src/environment/detect.ts";
import { VALUE_RULES } from "../../src/environment/rules.ts";

// Made up, and put together here so that no scanner of this repository stops at them.
const letters = "Ab3dE6gH1jK4mN7pQ0sT2vW5yZ8bC9eF";
const random = (length: number) => letters.repeat(10).slice(0, length);
const hex = (length: number) => "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(5).slice(0, length);

const samples: { rule: string; value: string }[] = [
  { rule: "aws-access-token", value: `AKIA${"IOSFODNN7EXAMPLE"}` },
  { rule: "aws-access-token", value: `the key is ASIA${"Y34FZKBOKMUTVV7A"}, keep it` },
  { rule: "private-key", value: ["-----BEGIN RSA", "PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----"].join(" ") },
  { rule: "private-key", value: ["-----BEGIN", "PRIVATE KEY-----"].join(" ") },
  { rule: "private-key", value: ["-----BEGIN PGP", "PRIVATE KEY BLOCK-----"].join(" ") },
  { rule: "github-pat", value: `ghp_${random(36)}` },
  { rule: "github-pat", value: `ghs_${random(36)}` },
  { rule: "github-fine-grained-pat", value: `github_pat_${random(82)}` },
  { rule: "gitlab-pat", value: `glpat-${random(20)}` },
  { rule: "slack-bot-token", value: `xoxb-${"123456789012-123456789012-"}${random(24)}` },
  { rule: "slack-app-token", value: `xapp-1-${random(10)}-1234567890-${hex(20)}` },
  { rule: "slack-webhook-url", value: `https://hooks.slack.com/services/T0000000/B0000000/${random(24)}` },
  { rule: "stripe-access-token", value: `sk_live_${random(24)}` },
  { rule: "stripe-access-token", value: `rk_test_${random(24)}` },
  { rule: "gcp-api-key", value: `AIza${random(35)}` },
  { rule: "gcp-oauth-client-secret", value: `GOCSPX-${random(28)}` },
  { rule: "azure-ad-client-secret", value: `abc8Q~${random(34)}` },
  { rule: "jwt", value: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${random(30)}` },
  { rule: "npm-access-token", value: `npm_${random(36)}` },
  { rule: "pypi-upload-token", value: `pypi-AgEIcHlwaS5vcmc${random(60)}` },
  { rule: "sendgrid-api-token", value: `SG.${random(22)}.${random(43)}` },
  { rule: "twilio-api-key", value: `SK${hex(32)}` },
  { rule: "openai-api-key", value: `sk-proj-${random(24)}T3BlbkFJ${random(24)}` },
  { rule: "anthropic-api-key", value: `sk-ant-api03-${random(93)}AA` },
  { rule: "hashicorp-tf-api-token", value: `${random(14)}.atlasv1.${random(64)}` },
  { rule: "pulumi-api-token", value: `pul-${hex(40)}` },
  { rule: "vault-service-token", value: `hvs.${random(92)}` },
  { rule: "age-secret-key", value: `AGE-SECRET-KEY-1${random(58).toUpperCase()}` },
  { rule: "url-credentials", value: "mysql://orders:hunter2@db.internal:3306/shop" },
  { rule: "url-credentials", value: "HTTPS://:token@example.com" },
  { rule: "high-entropy", value: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE9KEY" },
  { rule: "high-entropy", value: "q7Zx2LmV9tRb4KcW8nYp3HsD6fGj1QaE" },
  { rule: "high-entropy", value: "key=q7Zx2LmV9tRb4KcW8nYp3HsD6fGj1QaE;" },
  { rule: "high-entropy", value: hex(64) },
];

describe("a value that a secret scanner reports", () => {
  it.each(samples)("is found by $rule", ({ rule, value }) => {
    expect(findSecret("SETTING", value)?.rule).toBe(rule);
  });

  it("has a sample for every rule", () => {
    const covered = new Set(samples.map(({ rule }) => rule));

    expect(VALUE_RULES.filter(({ id }) => !covered.has(id))).toEqual([]);
  });
});

describe("a value that is no secret", () => {
  it.each([
    "",
    "orders",
    "eu-central-1_AbCdEfGhI",
    "3n4b5urk1ft4fl3mg5e62d9ado",
    "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI/.well-known/jwks.json",
    "orders.cluster-c1a2b3c4d5e6.eu-central-1.rds.amazonaws.com",
    "https://user@example.com/path:with@signs",
    "arn:aws:dynamodb:eu-central-1:111122223333:table/orders-idempotency-Ab3dE6gH1jK4mN7pQ0sT2vW5yZ8bC9eF",
    "123e4567-e89b-12d3-a456-426614174000",
    "d41d8cd98f00b204e9800998ecf8427e",
    "shop/orders.read shop/orders.write",
    '[{"operationId":"searchProducts","method":"GET","path":"/products","groups":["partner","admin"]}]',
    "aVeryLongCamelCaseNameOfAVersion2SettingThatSomebodyWrote",
    "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQG\n-----END CERTIFICATE-----\n",
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo\n-----END PUBLIC KEY-----",
  ])("is not found: %s", (value) => {
    expect(findSecret("SETTING", value)).toBeUndefined();
  });
});

describe("a name that reads like a secret's", () => {
  it.each([
    "PASSWORD",
    "DB_PASSWORD",
    "DBPASSWORD",
    "dbPassword",
    "DB_PASSWD",
    "PWD",
    "DB_PASS",
    "SSH_PASSPHRASE",
    "SECRET",
    "CLIENT_SECRET",
    "JWT_SECRETS",
    "API_TOKEN",
    "accessToken",
    "TOKENS",
    "API_KEY",
    "APIKEY",
    "STRIPE_API_KEY",
    "PRIVATE_KEY",
    "SECRET_ACCESS_KEY",
    "SIGNING_KEY",
    "ENCRYPTION_KEY",
    "DB_CREDENTIALS",
    "DATABASE_DSN",
    "CONNECTION_STRING",
    "GITHUB_PAT",
  ])("is found: %s", (name) => {
    expect(findSecret(name, "hunter2")).toEqual({ rule: "secret-name", looksLike: "a secret, by its name" });
  });

  it.each([
    "TABLE",
    "DATABASE_USER",
    "TOKEN_TTL_SECONDS",
    "TOKEN_USE",
    "PASSWORD_MIN_LENGTH",
    "SECRET_NAME",
    "CLIENT_IDS",
    "API_KEY_HEADER",
    "SESSION_TOKEN_COOKIE",
    "REVOKED_TOKENS_TABLE",
    "COMPASS",
    "PATH_PREFIX",
    "TOKENIZER",
    "PWDLESS",
    "MONKEY",
    "__",
  ])("is not found: %s", (name) => {
    expect(findSecret(name, "hunter2")).toBeUndefined();
  });

  it("is not found when there is nothing in it", () => {
    expect(findSecret("API_TOKEN", "")).toBeUndefined();
  });

  it("may end in ARN when the value is one, of any service", () => {
    expect(findSecret("TOKEN_TABLE_ARN", "arn:aws:dynamodb:eu-central-1:111122223333:table/tokens")).toBeUndefined();
    expect(findSecret("SECRET_ARN", "hunter2")?.rule).toBe("secret-name");
  });

  it("does not excuse the value", () => {
    expect(findSecret("API_KEY_ID", `AKIA${"IOSFODNN7EXAMPLE"}`)?.rule).toBe("aws-access-token");
  });
});

describe("the id of an app client of Cognito", () => {
  // As random as a key of its length: what the entropy rule finds under every other name.
  const id = random(26);

  it.each([
    ["CLIENT_ID", id],
    ["USER_POOL_CLIENT_ID", id],
    ["clientId", id],
    ["CLIENT_IDS", `${id},${id}`],
  ])("is public in %s", (name, value) => {
    expect(findSecret(name, value)).toBeUndefined();
  });

  it.each([
    ["another name", "BUILD_ID", id, "high-entropy"],
    ["a name that only ends alike", "SUBCLIENT_ID", id, "high-entropy"],
    ["one character more", "CLIENT_ID", random(27), "high-entropy"],
    ["a list with something else in it", "CLIENT_IDS", `${id},${random(32)}`, "high-entropy"],
    ["the client's secret", "CLIENT_SECRET", id, "secret-name"],
    ["a key of AWS, whose form is known", "CLIENT_ID", `AKIA${"IOSFODNN7EXAMPLE"}`, "aws-access-token"],
  ])("is no excuse for %s", (_what, name, value, rule) => {
    expect(findSecret(name, value)?.rule).toBe(rule);
  });
});

describe("isReference", () => {
  it.each([
    { value: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-AbCdEf", expected: true },
    { value: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!cluster-1-AbCdEf", expected: true },
    { value: "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/shop/dev/db", expected: true },
    { value: "/shop/dev/database-password", expected: true },
    { value: "/hunter2", expected: false },
    { value: "hunter2", expected: false },
    { value: "arn:aws:s3:::bucket", expected: false },
    { value: "x arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-AbCdEf", expected: false },
    { value: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a b", expected: false },
    { value: "/shop/dev/a b", expected: false },
  ])("is $expected for $value", ({ value, expected }) => {
    expect(isReference(value)).toBe(expected);
  });

  it("is accepted in a variable with the name of a secret", () => {
    expect(findSecret("DB_PASSWORD", "/shop/dev/database-password")).toBeUndefined();
  });
});

describe("entropy", () => {
  it.each([
    { text: "aaaa", bits: 0 },
    { text: "abab", bits: 1 },
    { text: "0123456789abcdef", bits: 4 },
  ])("of $text is $bits bits a character", ({ text, bits }) => {
    expect(entropy(text)).toBeCloseTo(bits);
  });
});
