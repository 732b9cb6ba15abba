import { resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { trustDocument } from "../src/index.ts";

describe("trustDocument", () => {
  it("lets one service assume the role for one account and one resource", async () => {
    const json = await resolved(
      trustDocument({
        service: "lambda.amazonaws.com",
        sourceAccount: pulumi.output("111122223333"),
        sourceArn: "arn:aws:lambda:eu-central-1:111122223333:function:orders",
      }),
    );

    expect(JSON.parse(json)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: { "aws:SourceArn": "arn:aws:lambda:eu-central-1:111122223333:function:orders" },
          },
        },
      ],
    });
  });

  it("has no condition where none is asked for", async () => {
    const json = await resolved(trustDocument({ service: "apigateway.amazonaws.com" }));

    expect(JSON.parse(json).Statement[0]).not.toHaveProperty("Condition");
  });

  it.each([
    ...["*", "lambda", "111122223333", "evil.com/amazonaws.com"],
    ...["evil.example/lambda.amazonaws.com", "lambda.amazonaws.com.evil.example", "lambda.amazonaws.com\n"],
  ])('refuses the principal "%s"', (service) => {
    expect(() => trustDocument({ service })).toThrow(
      `trustDocument: service is ${JSON.stringify(service)}; allowed: one service principal, for example "lambda.amazonaws.com"`,
    );
  });
});
