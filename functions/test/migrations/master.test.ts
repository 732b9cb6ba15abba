import { expect, test } from "vitest";
import { fetchMaster, readMigrationsEnvironment } from "../../src/migrations/master.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-x";

test("reads the master user's name and password from the secret that RDS keeps", async () => {
  const targets: unknown[] = [];
  const master = await fetchMaster(async ({ target, input }) => {
    targets.push(target, input);
    return { SecretString: '{"username":"owner","password":"p"}' };
  }, ARN);
  expect(master).toEqual({ user: "owner", password: "p" });
  expect(targets).toEqual(["secretsmanager.GetSecretValue", { SecretId: ARN }]);
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
  expect(() => readMigrationsEnvironment({ MASTER_SECRET_ARN: "hunter2" })).toThrow(
    new Error("migrations: environment: MASTER_SECRET_ARN is not the ARN of the master user's secret"),
  );
});
