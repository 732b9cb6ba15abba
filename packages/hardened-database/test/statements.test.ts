import { resolved } from "@palisade/testing";
import { expect, test } from "vitest";
import { recordDatabase } from "./support.ts";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/one";

test("connectStatement names one user of one cluster, in the cluster's own partition", async () => {
  const { result } = await recordDatabase({}, { place: { partition: "aws-cn", region: "cn-north-1" } });
  const resourceId = await resolved(result.clusterResourceId);
  expect(await resolved(result.connectStatement("order_import"))).toEqual({
    sid: "ConnectAsorderimport",
    actions: ["rds-db:connect"],
    resources: [`arn:aws-cn:rds-db:cn-north-1:111122223333:dbuser:${resourceId}/order_import`],
  });
});

test.each(["*", "", "a b", "orders/*", "o".repeat(33), "orders?"])(
  "connectStatement refuses the user %j",
  async (user) => {
    const { result } = await recordDatabase();
    expect(() => result.connectStatement(user)).toThrow(
      `HardenedDatabase "db": connectStatement(user) is ${JSON.stringify(user)}; allowed: a letter or underscore, then ` +
        "letters, digits and underscores, at most 32 characters; to fix it, give the name of the one database user that " +
        "the function connects as",
    );
  },
);

test("masterSecretStatements reads the one secret", async () => {
  const { result } = await recordDatabase();
  expect(await resolved(result.masterSecretStatements())).toEqual([
    {
      sid: "ReadMasterSecret",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [await resolved(result.masterSecretArn)],
    },
  ]);
});

test("masterSecretStatements decrypts the one secret where the key is the caller's", async () => {
  const { result } = await recordDatabase({ kmsKeyArn: KEY });
  const secret = await resolved(result.masterSecretArn);
  expect(await resolved(result.masterSecretStatements())).toEqual([
    { sid: "ReadMasterSecret", actions: ["secretsmanager:GetSecretValue"], resources: [secret] },
    {
      sid: "DecryptMasterSecret",
      actions: ["kms:Decrypt"],
      resources: [KEY],
      conditions: { StringEquals: { "kms:EncryptionContext:SecretARN": secret } },
    },
  ]);
});

test.each([[[]], [undefined]])("a cluster whose secrets are %j is said to have none", async (masterUserSecrets) => {
  const outputs = { "aws:rds/cluster:Cluster": () => ({ masterUserSecrets }) };
  await expect(recordDatabase({}, { outputs })).rejects.toThrow(
    'HardenedDatabase "db": RDS has made no secret for the master user; run pulumi refresh',
  );
});

test("placement puts a function in the isolated subnets with the groups it needs", async () => {
  const { result } = await recordDatabase();
  const subnetIds = await resolved(result.subnetIds);
  expect(await resolved(result.placement())).toEqual({ subnetIds, securityGroupIds: ["sg-db-client-security-group"] });
  expect(await resolved(result.placement("secretsManager", "dynamodb"))).toEqual({
    subnetIds,
    securityGroupIds: [
      "sg-db-client-security-group",
      "sg-db-secrets-manager-client-security-group",
      "sg-db-dynamodb-client-security-group",
    ],
  });
});

test("placement refuses an endpoint that is not there", async () => {
  const { result } = await recordDatabase();
  expect(() => result.placement("kms")).toThrow(
    'HardenedDatabase "db": endpoints.kms is not switched on, but a function is placed to use it; allowed: in placement(): ' +
      "secretsManager, dynamodb; to fix it, set endpoints.kms to true, or leave it out of placement()",
  );
  const none = await recordDatabase({ endpoints: { secretsManager: false, dynamodb: false } });
  expect(() => none.result.placement("secretsManager")).toThrow("allowed: in placement(): no endpoint;");
});
