import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { record } from "../support.ts";

const secretArn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-AbCdEf";
const sentence = (key: string, looksLike: string) =>
  `HardenedFunction "orders": environment.${key} is what looks like ${looksLike}; ` +
  "allowed: a value that is no secret, or a reference to one; " +
  "to fix it, give the ARN of a Secrets Manager secret or of a Parameter Store parameter and read it in the function, " +
  "or, if it is no secret, say why in plainEnvironmentReasons";

describe("the environment", () => {
  it("reaches the function, plain values and Outputs alike", async () => {
    const recording = await record({
      environment: { TABLE: "orders", HOST: pulumi.output("db.internal"), DB_PASSWORD: pulumi.output(secretArn) },
    });

    expect(recording.one("aws:lambda/function:Function").inputs.environment).toEqual({
      variables: { TABLE: "orders", HOST: "db.internal", DB_PASSWORD: secretArn },
    });
  });

  it("is left out when there is none", async () => {
    expect((await record({ environment: {} })).one("aws:lambda/function:Function").inputs).not.toHaveProperty(
      "environment",
    );
  });

  it.each([
    { kind: "a plain value", wrap: (value: string): pulumi.Input<string> => value },
    { kind: "an Output", wrap: (value: string): pulumi.Input<string> => pulumi.output(value) },
    { kind: "a promise", wrap: (value: string): pulumi.Input<string> => Promise.resolve(value) },
  ])("refuses a secret in $kind, by name and by value, without showing it", async ({ wrap }) => {
    const named = record({ environment: { DB_PASSWORD: wrap("hunter2") } });
    await expect(named).rejects.toThrow(sentence("DB_PASSWORD", "a secret, by its name (rule secret-name)"));
    await expect(named).rejects.not.toThrow("hunter2");

    const valued = record({ environment: { SETTING: wrap(`AKIA${"IOSFODNN7EXAMPLE"}`) } });
    await expect(valued).rejects.toThrow(sentence("SETTING", "an AWS access key id (rule aws-access-token)"));
  });

  it("refuses a secret Output, whatever its name and value", async () => {
    await expect(record({ environment: { SETTING: pulumi.secret("blue") } })).rejects.toThrow(
      sentence("SETTING", "a secret Output of Pulumi (rule secret-output)"),
    );
  });

  it("accepts a secret Output that is a reference", async () => {
    const recording = await record({ environment: { DB_SECRET: pulumi.secret(secretArn) } });
    const lambda = recording.one("aws:lambda/function:Function");

    expect(lambda.inputs.environment).toEqual({ variables: { DB_SECRET: secretArn } });
    expect(lambda.secretInputs).toEqual(["environment"]);
  });

  it("accepts what looks like a secret with a reason, which becomes a tag", async () => {
    const recording = await record({
      environment: { BUILD_TOKEN: "blue", OTHER: pulumi.secret("green") },
      plainEnvironmentReasons: { BUILD_TOKEN: "a colour, shown on the page", OTHER: "another colour (public)" },
    });
    const lambda = recording.one("aws:lambda/function:Function");

    expect(lambda.inputs.environment).toEqual({ variables: { BUILD_TOKEN: "blue", OTHER: "green" } });
    expect(lambda.inputs.tags).toEqual({
      "palisade:component": "HardenedFunction",
      "palisade:name": "orders",
      "palisade:lowered:plain-environment-BUILD_TOKEN": "a colour shown on the page",
      "palisade:lowered:plain-environment-OTHER": "another colour public",
    });
    expect(recording.one("aws:iam/role:Role").inputs.tags).not.toHaveProperty(
      "palisade:lowered:plain-environment-OTHER",
    );
  });

  it("does not lower the floor for a variable without a reason of its own", async () => {
    const environment = { BUILD_TOKEN: "blue", API_TOKEN: "hunter2" };

    await expect(
      record({ environment, plainEnvironmentReasons: { BUILD_TOKEN: "a colour, no more" } }),
    ).rejects.toThrow(sentence("API_TOKEN", "a secret, by its name (rule secret-name)"));
  });

  it("refuses a reason that is none, and one for no variable", async () => {
    await expect(
      record({ environment: { API_TOKEN: "x" }, plainEnvironmentReasons: { API_TOKEN: "ok" } }),
    ).rejects.toThrow(
      'HardenedFunction "orders": plainEnvironmentReasons.API_TOKEN is "ok"; allowed: a written reason of at least 10 characters',
    );
    await expect(record({ plainEnvironmentReasons: { API_TOKEN: "a colour, no more" } })).rejects.toThrow(
      'HardenedFunction "orders": plainEnvironmentReasons.API_TOKEN is a reason for a variable that does not exist; ' +
        "allowed: names of variables in environment; to fix it, take it out, or correct the name",
    );
  });

  it.each(["1ST", "A", "", "A-B", "_HANDLER", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "LAMBDA_TASK_ROOT"])(
    'refuses the name "%s"',
    async (key) => {
      await expect(record({ environment: { [key]: "x" } })).rejects.toThrow(
        `HardenedFunction "orders": environment is an object with the name ${JSON.stringify(key)}; ` +
          "allowed: names of letters, digits and underscores, at least two, that Lambda does not reserve; " +
          "to fix it, rename the variable",
      );
    },
  );

  it.each([
    { title: "a number", value: 5 as never, type: "number" },
    { title: "an Output of an object", value: pulumi.output({}) as never, type: "object" },
    { title: "a missing value", value: undefined as never, type: "undefined" },
  ])("refuses $title", async ({ value, type }) => {
    await expect(record({ environment: { SETTING: value } })).rejects.toThrow(
      `HardenedFunction "orders": environment.SETTING is of type ${type}; allowed: a string; to fix it, convert it to a string`,
    );
  });

  it("is at most 4096 bytes, names and values together", async () => {
    const fits = { SETTING: `${"a ".repeat(2044)}x` };
    expect((await record({ environment: fits })).count("aws:lambda/function:Function")).toBe(1);

    for (const value of [`${fits.SETTING}y`, pulumi.output(`${fits.SETTING}y`)]) {
      await expect(record({ environment: { SETTING: value } })).rejects.toThrow(
        'HardenedFunction "orders": environment is 4097 bytes long; allowed: at most 4096 bytes in all; ' +
          "to fix it, put what is long into the bundle or a Parameter Store parameter",
      );
    }
  });
});
