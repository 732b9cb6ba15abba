import { databaseUserArn, invalid, PalisadeError, type PolicyStatement, parseArn } from "@palisade/core";
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** MySQL allows 32 characters; no wildcard of IAM is among these. */
const USER_PATTERN = /^[A-Za-z_][A-Za-z0-9_]{0,31}$/;

/** `rds-db:connect` as one user of one cluster. The cluster's ARN tells its partition, region and account. */
export function connectStatement(
  name: string,
  clusterArn: pulumi.Output<string>,
  clusterResourceId: pulumi.Output<string>,
  user: string,
): PolicyStatement {
  if (!USER_PATTERN.test(user)) {
    throw invalid({
      component: "HardenedDatabase",
      name,
      property: "connectStatement(user)",
      received: user,
      allowed: "a letter or underscore, then letters, digits and underscores, at most 32 characters",
      fix: "give the name of the one database user that the function connects as",
    });
  }
  const place = clusterArn.apply(parseArn);
  return {
    sid: `ConnectAs${user.replaceAll("_", "")}`,
    actions: ["rds-db:connect"],
    resources: [databaseUserArn(place, clusterResourceId, user)],
  };
}

/** The ARN of the secret that RDS made for the master user. */
export function masterSecret(name: string, cluster: aws.rds.Cluster): pulumi.Output<string> {
  return cluster.masterUserSecrets.apply((secrets) => {
    const arn = secrets?.[0]?.secretArn;
    if (arn !== undefined) return arn;
    throw new PalisadeError(
      `HardenedDatabase "${name}": RDS has made no secret for the master user; run pulumi refresh`,
    );
  });
}

/** Reading that secret, and decrypting it where it has a key of the caller's. */
export function masterSecretStatements(
  secretArn: pulumi.Output<string>,
  kmsKeyArn: pulumi.Input<string> | undefined,
): PolicyStatement[] {
  const read = { sid: "ReadMasterSecret", actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] };
  if (kmsKeyArn === undefined) return [read];
  return [
    read,
    {
      sid: "DecryptMasterSecret",
      actions: ["kms:Decrypt"],
      resources: [kmsKeyArn],
      // Only for this secret: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
      conditions: { StringEquals: { "kms:EncryptionContext:SecretARN": secretArn } },
    },
  ];
}
