import { expect, test } from "vitest";
import { fetchMaster, readMigrationsEnvironment } from "../../src/migrations/master.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-x";

test("reads the master user's name and password from the secret that RDS keeps", async () => {
  const calls: unknown[] = [];
  const master = await fetchMaster(async (call) => {
    calls.push(call);
    return { SecretString: '{"username":"owner","password":"p"}' };
  }, ARN);
  expect(master).toEqual({ user: "owner", password: "p" });
  expect(calls).toEqual([
    {
      service: "secretsmanager",
      target: "secretsmanager.GetSecretValue",
      version: "1.1",
      input: { SecretId: ARN },
    },
  ]);
});

test.each([undefined, "hunter2", '{"username":"owner"}', '{"username":1,"password":"hunter2"}'])(
  "does not repeat a secret of another form: %j",
  async (SecretString) => {
    await expect(fetchMaster(async () => ({ SecretString }), ARN)).rejects.toThrow(
      new Error(
        "migrations: MASTER_SECRET_ARN: the secret is not the JSON object with username and password that RDS keeps",
      ),
    );
  },
);

test("the environment names the secret", () => {
  expect(readMigrationsEnvironment({ MASTER_SECRET_ARN: ARN })).toEqual({ masterSecretArn: ARN });
  for (const MASTER_SECRET_ARN of ["hunter2", `x${ARN}`, `${ARN} x`]) {
    expect(() => readMigrationsEnvironment({ MASTER_SECRET_ARN }), MASTER_SECRET_ARN).toThrow(
      new Error("migrations: environment: MASTER_SECRET_ARN is not the ARN of the master user's secret"),
    );
  }
});
