import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { AwsError, createAwsCaller, errorCode } from "../../src/shared/aws.ts";
import type { AwsEnvironment } from "../../src/shared/env.ts";
import { duringInvocation } from "../../src/shared/invocation.ts";
import { DependencyFault, Refusal } from "../../src/shared/refusal.ts";

const environment: AwsEnvironment = {
  region: "eu-west-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "session",
  endpoint: "",
};
const call = { service: "dynamodb", target: "DynamoDB_20120810.GetItem", version: "1.0", input: { Key: 1 } } as const;

function answering(...responses: Response[]) {
  const requests: Request[] = [];
  const send = async (request: Request) => {
    requests.push(request);
    return responses.shift() ?? Response.error();
  };
  return { requests, send };
}

const failure = (status: number, body: string) => new Response(body, { status });

afterEach(() => {
  vi.unstubAllGlobals();
});

test("an error names the call and the code", () => {
  expect(new AwsError("DynamoDB_20120810.PutItem", "ThrottlingException")).toMatchObject({
    name: "AwsError",
    code: "ThrottlingException",
    message: "DynamoDB_20120810.PutItem: ThrottlingException",
  });
});

test.each([
  ['{"__type":"a#b#C:http://x"}', "C"],
  ['{"__type":["C"]}', "UnknownError"],
  ['{"__type":1}', "UnknownError"],
  ["null", "UnknownError"],
])("the code of %s is %j", (body, code) => {
  expect(errorCode(body)).toBe(code);
});

describe("createAwsCaller", () => {
  test("signs the call for its service and returns the answer", async () => {
    const { requests, send } = answering(Response.json({ Item: {} }));
    expect(await createAwsCaller(environment, send)(call)).toEqual({ Item: {} });
    const [request] = requests as [Request];
    expect(request.url).toBe("https://dynamodb.eu-west-1.amazonaws.com/");
    expect(request.headers.get("x-amz-target")).toBe("DynamoDB_20120810.GetItem");
    expect(request.headers.get("content-type")).toBe("application/x-amz-json-1.0");
    expect(request.headers.get("x-amz-security-token")).toBe("session");
    expect(request.headers.get("authorization")).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
    );
    expect(await request.text()).toBe('{"Key":1}');
  });

  test.each([
    ["http://127.0.0.1:4566", "eu-west-1", "http://127.0.0.1:4566/"],
    ["", "cn-north-1", "https://dynamodb.cn-north-1.amazonaws.com.cn/"],
  ])("asks the endpoint %j in %s", async (endpoint, region, url) => {
    const { requests, send } = answering(Response.json({}));
    await createAwsCaller({ ...environment, endpoint, region }, send)(call);
    expect(requests[0]?.url).toBe(url);
  });

  test("sends with the runtime's fetch by default", async () => {
    const stub = vi.fn(async () => Response.json({ ok: 1 }));
    vi.stubGlobal("fetch", stub);
    expect(await createAwsCaller(environment)(call)).toEqual({ ok: 1 });
    expect(stub).toHaveBeenCalledTimes(1);
  });

  test.each(["AccessDeniedException", "com.amazon.coral.service#AccessDeniedException", "AccessDenied"])(
    "tells %s as a refusal of IAM",
    async (type) => {
      const body = JSON.stringify({ __type: type, message: "User: arn:aws:sts::1:assumed-role/x is not authorized" });
      const { send } = answering(failure(400, body));
      const error = await createAwsCaller(environment, send)(call).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Refusal);
      expect(error).toMatchObject({
        ...{ layer: "iam", defence: "role", status: 500 },
        detail: "The request could not be carried out.",
      });
      expect(String(error)).not.toContain("arn:");
    },
  );

  test.each([
    ['{"__type":"ConditionalCheckFailedException:http://x","message":"secret"}', "ConditionalCheckFailedException"],
    ['{"message":"secret"}', "UnknownError"],
    ["<html>secret", "UnknownError"],
  ])("tells the error %s by its type alone", async (body, code) => {
    const { send } = answering(failure(400, body));
    const error = await createAwsCaller(environment, send)(call).catch((reason: unknown) => reason);
    expect(error).toEqual(new AwsError("DynamoDB_20120810.GetItem", code));
    expect((error as AwsError).code).toBe(code);
    expect(String(error)).not.toContain("secret");
  });

  test("tries again twice when AWS is busy, and no more", async () => {
    const busy = () => failure(503, "{}");
    const well = answering(failure(500, "{}"), failure(429, "{}"), Response.json({ ok: 1 }));
    expect(await createAwsCaller(environment, well.send)(call)).toEqual({ ok: 1 });
    const ill = answering(busy(), busy(), busy());
    await expect(createAwsCaller(environment, ill.send)(call)).rejects.toMatchObject({
      message: "dynamodb: no answer",
      dependency: "dynamodb",
      cause: new AwsError("DynamoDB_20120810.GetItem", "UnknownError"),
    });
    expect(ill.requests).toHaveLength(3);
  });

  test("does not try again when AWS does not answer", async () => {
    const lost = new TypeError("fetch failed");
    const send = vi.fn(() => Promise.reject(lost));
    const error = await createAwsCaller(environment, send)(call).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DependencyFault);
    expect(error).toMatchObject({ dependency: "dynamodb", cause: lost });
    expect(send).toHaveBeenCalledTimes(1);
  });

  test.each([
    ["three seconds", 28_000, undefined, 3000],
    ["what is left of the invocation but for the answer", 2500, undefined, 2000],
    ["what the call says", 28_000, 700, 700],
  ])("has %s for a call with its further tries", async (_what, remaining, own, milliseconds) => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    const { requests, send } = answering(failure(503, "{}"), Response.json({}));
    await duringInvocation({ getRemainingTimeInMillis: () => remaining }, () =>
      createAwsCaller(environment, send)({ ...call, milliseconds: own }),
    );
    expect(timeout.mock.calls).toEqual([[milliseconds]]);
    expect(requests).toHaveLength(2);
    timeout.mockRestore();
  });

  test("stops a call whose answer does not come, and one whose answer does not end", async () => {
    for (const hang of [
      (_incoming: IncomingMessage, _outgoing: ServerResponse) => {},
      (_incoming: IncomingMessage, outgoing: ServerResponse) => void outgoing.write("{"),
    ]) {
      const server = createServer(hang).listen(0, "127.0.0.1");
      await once(server, "listening");
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const started = performance.now();
      const work = duringInvocation({ getRemainingTimeInMillis: () => 700 }, () =>
        createAwsCaller({ ...environment, endpoint })(call),
      );
      await expect(work).rejects.toMatchObject({ dependency: "dynamodb", cause: { name: "TimeoutError" } });
      expect(performance.now() - started).toBeLessThan(2000);
      server.closeAllConnections();
      server.close();
    }
  });
});

test("an operation that takes no credentials is sent without any", async () => {
  const requests: Request[] = [];
  const send = async (request: Request) => {
    requests.push(request);
    return Response.json({});
  };
  const call = createAwsCaller(environment, send);
  await call({
    service: "cognito-idp",
    target: "T.RevokeToken",
    version: "1.1",
    input: { Token: "t" },
    unsigned: true,
  });
  const names: string[] = [];
  requests[0]?.headers.forEach((_value, name) => {
    names.push(name);
  });
  expect(names.sort()).toEqual(["content-type", "x-amz-target"]);
  expect(await requests[0]?.json()).toEqual({ Token: "t" });
});
