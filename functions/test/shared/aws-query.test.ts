import { afterEach, describe, expect, test, vi } from "vitest";
import { AwsError } from "../../src/shared/aws.ts";
import { createAwsQueryCaller } from "../../src/shared/aws-query.ts";
import type { AwsEnvironment } from "../../src/shared/env.ts";

const environment: AwsEnvironment = {
  region: "eu-west-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "session",
  endpoint: "",
};
const query = { service: "sns", action: "Publish", version: "2010-03-31", input: { Message: "a & b=c" } };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("createAwsQueryCaller", () => {
  test("posts a form, and returns what is answered as it is", async () => {
    const requests: Request[] = [];
    const call = createAwsQueryCaller(environment, async (request) => {
      requests.push(request);
      return new Response("<PublishResponse/>");
    });
    expect(await call(query)).toBe("<PublishResponse/>");
    const [request] = requests as [Request];
    expect(request.url).toBe("https://sns.eu-west-1.amazonaws.com/");
    expect(request.method).toBe("POST");
    expect(request.headers.get("content-type")).toBe("application/x-www-form-urlencoded; charset=utf-8");
    expect(request.headers.get("authorization")).toContain("/eu-west-1/sns/aws4_request");
    expect(await request.text()).toBe("Action=Publish&Version=2010-03-31&Message=a+%26+b%3Dc");
  });

  test.each([
    ["<ErrorResponse><Error><Code>InvalidParameter</Code></Error></ErrorResponse>", "InvalidParameter"],
    ["<ErrorResponse><Error><Code>AWS.SimpleQueueService.X</Code></Error></ErrorResponse>", "AWS.SimpleQueueService.X"],
    ["<html>", "UnknownError"],
  ])("rejects with the code in %s", async (answer, code) => {
    const call = createAwsQueryCaller(environment, async () => new Response(answer, { status: 400 }));
    await expect(call(query)).rejects.toEqual(new AwsError("sns.Publish", code));
  });

  test("sends with the runtime's fetch by default", async () => {
    vi.stubGlobal("fetch", async () => new Response("ok"));
    expect(await createAwsQueryCaller(environment)(query)).toBe("ok");
  });
});
