import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createIamAuthority, type IamOptions } from "../../src/database/iam-authority.ts";

const options: IamOptions = {
  emulatorUrl: "",
  region: "us-east-1",
  accountId: "123456789012",
  clusterResourceId: "cluster-ABC",
  credentials: { accessKeyId: "admin", secretAccessKey: "admin" },
};
const token = { accessKeyId: "ASIAEXAMPLE", host: "127.0.0.1:3307", query: "Action=connect&DBUser=catalog" };

let server: Server | undefined;
afterEach(() => server?.close());

/** An emulator that answers every request alike; the real one is asked in `server.test.ts`. */
async function authority(status: number, body: string) {
  const requests: { url?: string; host?: string; target?: string | string[] }[] = [];
  server = createServer((request, response) => {
    requests.push({ url: request.url, host: request.headers.host, target: request.headers["x-amz-target"] });
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return { ...createIamAuthority({ ...options, emulatorUrl: `http://127.0.0.1:${port}` }), requests };
}

describe("signer", () => {
  it("replays the token to STS as it was signed", async () => {
    const { signer, requests } = await authority(200, '{"Arn": "arn:aws:sts::123456789012:assumed-role/r/s"}');
    expect(await signer(token)).toEqual({ principalArn: "arn:aws:sts::123456789012:assumed-role/r/s" });
    expect(requests).toEqual([
      {
        url: "/?Action=connect&DBUser=catalog",
        host: "127.0.0.1:3307",
        target: "AWSSecurityTokenServiceV20110615.GetCallerIdentity",
      },
    ]);
  });

  it.each([
    ['{"__type": "SignatureDoesNotMatch"}', "SignatureDoesNotMatch"],
    ["<Error><Code>ExpiredToken</Code></Error>", "ExpiredToken"],
    ["nonsense", "unreadable answer"],
  ])("gives the emulator's reason for %s", async (body, code) => {
    const { signer } = await authority(403, body);
    expect(await signer(token)).toEqual({ reason: `the emulator rejects the token's signature: ${code}` });
  });

  it("refuses when the emulator does not answer", async () => {
    const { signer } = createIamAuthority({ ...options, emulatorUrl: "http://127.0.0.1:9" });
    expect(await signer(token)).toEqual({
      reason: expect.stringMatching(
        /^the emulator rejects the token's signature: the emulator at http:\/\/127.0.0.1:9 failed: /,
      ),
    });
  });
});

describe("refusal", () => {
  const simulation = (decision: string) =>
    `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults><member><EvalDecision>${decision}</EvalDecision>` +
    "<EvalActionName>rds-db:connect</EvalActionName></member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>";

  it.each([
    [
      "arn:aws:sts::999999999999:assumed-role/r/s",
      "arn:aws:sts::999999999999:assumed-role/r/s is not of account 123456789012",
    ],
    [
      "arn:aws:sts::123456789012:federated-user/f",
      "arn:aws:sts::123456789012:federated-user/f is neither a role nor a user",
    ],
  ])("refuses %s", async (principal, reason) => {
    const { refusal } = await authority(200, "");
    expect(await refusal(principal, "catalog")).toBe(reason);
  });

  it("lets a user in whose policies allow it, and no other", async () => {
    const principal = "arn:aws:iam::123456789012:user/someone";
    expect(await (await authority(200, simulation("allowed"))).refusal(principal, "catalog")).toBeUndefined();
    server?.close();
    expect(await (await authority(200, simulation("implicitDeny"))).refusal(principal, "catalog")).toBe(
      `${principal} is not authorized to perform: rds-db:connect on resource: ` +
        "arn:aws:rds-db:us-east-1:123456789012:dbuser:cluster-ABC/catalog",
    );
  });

  it("refuses when the emulator cannot answer", async () => {
    const { refusal } = await authority(
      400,
      "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>gone</Message></Error></ErrorResponse>",
    );
    const principal = "arn:aws:sts::123456789012:assumed-role/r/s";
    expect(await refusal(principal, "catalog")).toBe(
      `the emulator could not evaluate the policies of ${principal}: gone`,
    );
  });
});
