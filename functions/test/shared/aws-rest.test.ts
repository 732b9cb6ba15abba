import { describe, expect, test, vi } from "vitest";
import { AwsError } from "../../src/shared/aws.ts";
import { createAwsQueryCaller } from "../../src/shared/aws-query.ts";
import { createAwsRestCaller } from "../../src/shared/aws-rest.ts";
import type { AwsEnvironment } from "../../src/shared/env.ts";
import { Refusal } from "../../src/shared/refusal.ts";

const environment: AwsEnvironment = {
  region: "eu-west-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "session",
  endpoint: "",
};
const call = {
  service: "lambda",
  operation: "PutFunctionConcurrency",
  method: "PUT",
  path: "2017-10-31/functions/orders/concurrency",
  input: { ReservedConcurrentExecutions: 0 },
} as const;

function answering(response: Response) {
  const requests: Request[] = [];
  const send = async (request: Request) => {
    requests.push(request);
    return response;
  };
  return { requests, send };
}

describe("createAwsRestCaller", () => {
  test("sends with the runtime's fetch by default", async () => {
    vi.stubGlobal("fetch", async () => Response.json({ ok: 1 }));
    expect(await createAwsRestCaller(environment)(call)).toEqual({ ok: 1 });
    vi.unstubAllGlobals();
  });

  test("sends the method and the path, signed for the service", async () => {
    const { requests, send } = answering(Response.json({ ReservedConcurrentExecutions: 0 }));
    expect(await createAwsRestCaller(environment, send)(call)).toEqual({ ReservedConcurrentExecutions: 0 });
    const [request] = requests as [Request];
    expect(request.method).toBe("PUT");
    expect(request.url).toBe("https://lambda.eu-west-1.amazonaws.com/2017-10-31/functions/orders/concurrency");
    expect(request.headers.get("authorization")).toContain("/eu-west-1/lambda/aws4_request");
    expect(request.headers.get("content-type")).toBe("application/json");
    expect(await request.json()).toEqual({ ReservedConcurrentExecutions: 0 });
  });

  test("takes an answer without a body for an empty one", async () => {
    const { requests, send } = answering(new Response(null, { status: 204 }));
    expect(await createAwsRestCaller(environment, send)({ ...call, method: "DELETE", input: undefined })).toEqual({});
    expect(await requests[0]?.text()).toBe("");
    expect(requests[0]?.headers.get("content-type")).toBeNull();
  });

  test.each([
    [
      "ResourceNotFoundException",
      { "x-amzn-errortype": "ResourceNotFoundException:http://lambda/" },
      '{"Message":"x"}',
    ],
    ["ResourceConflictException", {}, '{"__type":"ResourceConflictException"}'],
    ["UnknownError", {}, "no json"],
  ])("rejects with the error %s of AWS", async (code, headers, body) => {
    const { send } = answering(new Response(body, { status: 404, headers: headers as Record<string, string> }));
    const rejected = await createAwsRestCaller(environment, send)(call).catch((error: unknown) => error);
    expect(rejected).toEqual(new AwsError("lambda.PutFunctionConcurrency", code));
  });

  test("rejects with a refusal when the role may not", async () => {
    const { send } = answering(
      new Response("{}", { status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" } }),
    );
    await expect(createAwsRestCaller(environment, send)(call)).rejects.toBeInstanceOf(Refusal);
  });
});

test.each([
  ["eu-west-1", "https://iam.amazonaws.com/", "us-east-1"],
  ["cn-northwest-1", "https://iam.cn-north-1.amazonaws.com.cn/", "cn-north-1"],
  ["us-gov-east-1", "https://iam.us-gov.amazonaws.com/", "us-gov-west-1"],
])("IAM is asked from %s at its partition's one endpoint", async (region, url, signed) => {
  const { requests, send } = answering(new Response("<R/>"));
  const query = { service: "iam", action: "GetRolePolicy", version: "2010-05-08", input: {} };
  await createAwsQueryCaller({ ...environment, region }, send)(query);
  expect(requests[0]?.url).toBe(url);
  expect(requests[0]?.headers.get("authorization")).toContain(`/${signed}/iam/aws4_request`);
});
