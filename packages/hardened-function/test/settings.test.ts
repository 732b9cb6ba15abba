import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { HardenedFunctionArgs } from "../src/index.ts";
import { code, record } from "./support.ts";

const retention =
  "one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";

interface Row {
  property: keyof HardenedFunctionArgs;
  value: unknown;
  shown: string;
  allowed: string;
  fix: string;
}

function numbers(property: keyof HardenedFunctionArgs, minimum: number, maximum: number): Row[] {
  return [minimum - 1, maximum + 1, minimum + 0.5, Number.NaN].map((value) => ({
    property,
    value,
    shown: JSON.stringify(value),
    allowed: `a whole number from ${minimum} to ${maximum}`,
    fix: `set ${property} within that range or leave it out`,
  }));
}

function arns(property: keyof HardenedFunctionArgs, services: string, wrong: string): Row[] {
  const row = { property, allowed: `an ARN of ${services}`, fix: "give the resource's ARN, not its name or id" };
  return [
    { ...row, value: "name", shown: '"name"' },
    { ...row, value: wrong, shown: JSON.stringify(wrong) },
  ];
}

const rows: Row[] = [
  ...numbers("memoryMegabytes", 128, 10240),
  ...numbers("timeoutSeconds", 1, 900),
  ...numbers("reservedConcurrency", 1, 100000),
  ...numbers("maximumRetryAttempts", 0, 2),
  ...[0, 2, 364, -1].map(
    (value): Row => ({
      property: "logRetentionDays",
      value,
      shown: String(value),
      allowed: retention,
      fix: "take the next higher of them",
    }),
  ),
  ...["handler", "index.", ".handler", "in dex.handler", `${"x".repeat(122)}.handler`].map(
    (value): Row => ({
      property: "handler",
      value,
      shown: value.length > 78 ? `"${"x".repeat(79)}... (132 characters)` : JSON.stringify(value),
      allowed: "<file without extension>.<exported function>, at most 128 characters",
      fix: 'write it as in "index.handler"',
    }),
  ),
  {
    property: "description",
    value: "x".repeat(257),
    shown: `"${"x".repeat(79)}... (259 characters)`,
    allowed: "at most 256 characters",
    fix: "shorten it",
  },
  ...arns("kmsKeyArn", "kms", "arn:aws:s3:::bucket"),
  ...arns("permissionsBoundaryArn", "iam", "arn:aws:s3:::bucket"),
  ...arns("codeSigningConfigArn", "lambda", "arn:aws:s3:::bucket"),
  ...arns("failureDestinationArn", "sqs, sns, lambda, events", "arn:aws:s3:::bucket"),
];

describe("a value that is not allowed", () => {
  it.each(rows)("$property $shown is refused at once", async ({ property, value, shown, allowed, fix }) => {
    await expect(record({ code, [property]: value })).rejects.toThrow(
      `HardenedFunction "orders": ${property} is ${shown}; allowed: ${allowed}; to fix it, ${fix}`,
    );
  });

  it.each(["memoryMegabytes", "logRetentionDays", "kmsKeyArn"] as const)(
    "%s is refused in an Output too",
    async (property) => {
      await expect(record({ [property]: pulumi.output(0) as never })).rejects.toThrow(
        `HardenedFunction "orders": ${property} is 0;`,
      );
    },
  );
});

describe("a value at the edge of what is allowed", () => {
  it.each([
    { args: { memoryMegabytes: 128, timeoutSeconds: 900 } },
    { args: { memoryMegabytes: 10240, timeoutSeconds: 1 } },
    { args: { reservedConcurrency: 1, maximumRetryAttempts: 0, logRetentionDays: 1 } },
    { args: { handler: "src/orders/index.default.handler", description: "x".repeat(256), logRetentionDays: 3653 } },
  ])("is accepted: $args", async ({ args }) => {
    expect((await record(args)).count("aws:lambda/function:Function")).toBe(1);
  });
});
