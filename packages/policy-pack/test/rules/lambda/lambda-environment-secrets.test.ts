import rule from "../../../src/rules/lambda/lambda-environment-secrets.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "by name, beside one that is not known",
    { environment: { variables: { DATABASE_PASSWORD: "hunter2", api_key: "abc" } } },
    [
      "the environment holds DATABASE_PASSWORD in plain text; keep it in Secrets Manager",
      "the environment holds api_key in plain text; keep it in Secrets Manager",
    ],
  ],
  [
    "violates",
    "by value: an access key id, a private key, a token, a URL with a password",
    {
      environment: {
        variables: {
          A: "AKIAIOSFODNN7EXAMPLE",
          B: "-----BEGIN RSA PRIVATE KEY-----",
          C: "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
          D: "mysql://admin:hunter2@db.example/x",
        },
      },
    },
    ["A", "B", "C", "D"].map((name) => `the environment holds ${name} in plain text; keep it in Secrets Manager`),
  ],
  [
    "passes",
    "references, and names that only begin like one",
    {
      environment: {
        variables: {
          DB_SECRET: "arn:aws:secretsmanager:x:1:secret:y",
          TOKEN_ISSUER: "https://a.example",
          SECRET_TOKEN: "",
        },
      },
    },
  ],
  [
    "passes",
    "a floor that was lowered with a reason",
    {
      environment: { variables: { API_KEY: "public" } },
      tags: { "palisade:lowered:plain-environment-API_KEY": "a public key" },
    },
  ],
  ["passes", "no environment", {}],
  [
    "not evaluated",
    "unknown",
    { environment: { variables: { DB_PASSWORD: UNKNOWN } } },
    ["environment.variables.DB_PASSWORD: is not known before deployment"],
  ],
]);
