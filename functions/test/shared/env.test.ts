import { describe, expect, test } from "vitest";
import { readAwsEnvironment, readEnvironment } from "../../src/shared/env.ts";

describe("readEnvironment", () => {
  const variables = {
    HOST: { pattern: /^[a-z]+$/, form: "a host name" },
    NAME: { form: "a name" },
    MODE: { pattern: /^(a|b)$/, form: "a or b", fallback: "a" },
  };

  test("reads values and stands in for what is not set", () => {
    expect(readEnvironment("orders", { HOST: "db", NAME: "x", MODE: "" }, variables)).toEqual({
      HOST: "db",
      NAME: "x",
      MODE: "a",
    });
  });

  test("names every fault at once and repeats no value", () => {
    expect(() => readEnvironment("orders", { HOST: "hunter2!", MODE: "c" }, variables)).toThrow(
      new Error("orders: environment: HOST is not a host name; NAME is not set; set it to a name; MODE is not a or b"),
    );
  });
});

describe("readAwsEnvironment", () => {
  const given = { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };

  test("reads what Lambda sets", () => {
    expect(readAwsEnvironment("orders", given)).toEqual({
      region: "eu-west-1",
      accessKeyId: "AKIA",
      secretAccessKey: "secret",
      sessionToken: "",
      endpoint: "",
    });
    const more = { ...given, AWS_SESSION_TOKEN: "token", AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };
    expect(readAwsEnvironment("orders", more)).toMatchObject({
      sessionToken: "token",
      endpoint: "http://127.0.0.1:4566",
    });
  });

  test.each([
    ["AWS_REGION", "a region, such as eu-west-1", ["/eu-west-1", "eu-west-1/", "eu-1"]],
    ["AWS_ENDPOINT_URL", "a URL", ["x http://a", "http://a b", "ftp://a"]],
  ] as const)("refuses an %s that is not %s", (name, form, values) => {
    for (const value of values) {
      expect(() => readAwsEnvironment("orders", { ...given, [name]: value }), value).toThrow(
        new Error(`orders: environment: ${name} is not ${form}`),
      );
    }
  });

  test("takes a region of any partition, and an endpoint with TLS", () => {
    const more = { ...given, AWS_REGION: "us-gov-west-1", AWS_ENDPOINT_URL: "https://a.example" };
    expect(readAwsEnvironment("orders", more)).toMatchObject({
      region: "us-gov-west-1",
      endpoint: "https://a.example",
    });
  });

  test("says what is missing", () => {
    expect(() => readAwsEnvironment("orders", {})).toThrow(
      new Error(
        "orders: environment: AWS_REGION is not set; set it to a region, such as eu-west-1; AWS_ACCESS_KEY_ID is not set; set it to the " +
          "role's access key id; AWS_SECRET_ACCESS_KEY is not set; set it to the role's secret access key",
      ),
    );
  });

  test("refuses a region that is none", () => {
    expect(() => readAwsEnvironment("orders", { ...given, AWS_REGION: "Dublin" })).toThrow(
      new Error("orders: environment: AWS_REGION is not a region, such as eu-west-1"),
    );
  });
});
