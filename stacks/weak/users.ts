import * as aws from "@pulumi/aws";

/** WEAK: six letters are a password, anyone may sign up, no second factor, tokens that live for a day. */
export function createUsers() {
  const pool = new aws.cognito.UserPool("weak-users", {
    mfaConfiguration: "OFF",
    adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    passwordPolicy: {
      minimumLength: 6,
      requireLowercase: false,
      requireNumbers: false,
      requireSymbols: false,
      requireUppercase: false,
      temporaryPasswordValidityDays: 365,
    },
  });
  const client = new aws.cognito.UserPoolClient("weak-client", {
    userPoolId: pool.id,
    explicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    preventUserExistenceErrors: "LEGACY",
    accessTokenValidity: 24,
    idTokenValidity: 24,
  });
  return { pool, client };
}
