import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";
import type { UserPoolSettings } from "./validate.ts";

type Options = { parent: pulumi.Resource };

/** For machines, such as partners': the password never crosses the wire (SRP), and there is no secret to keep in a program. */
export function createMachineClient(
  name: string,
  userPoolId: pulumi.Input<string>,
  settings: UserPoolSettings,
  opts: Options,
): aws.cognito.UserPoolClient {
  const flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  return createClient(childName(name, "machine-client"), userPoolId, flows, settings, opts);
}

/** For the page's session function alone: only a caller whose role may `cognito-idp:AdminInitiateAuth` signs a user in with it. */
export function createSessionClient(
  name: string,
  userPoolId: pulumi.Input<string>,
  settings: UserPoolSettings,
  opts: Options,
): aws.cognito.UserPoolClient {
  const flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  return createClient(childName(name, "session-client"), userPoolId, flows, settings, opts);
}

function createClient(
  logicalName: string,
  userPoolId: pulumi.Input<string>,
  explicitAuthFlows: string[],
  settings: UserPoolSettings,
  opts: Options,
): aws.cognito.UserPoolClient {
  return new aws.cognito.UserPoolClient(
    logicalName,
    {
      userPoolId,
      explicitAuthFlows,
      generateSecret: false,
      accessTokenValidity: settings.accessTokenMinutes,
      idTokenValidity: settings.accessTokenMinutes,
      refreshTokenValidity: settings.refreshTokenHours,
      tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
      enableTokenRevocation: true,
      preventUserExistenceErrors: FIXED.preventUserExistenceErrors,
      authSessionValidity: FIXED.authSessionMinutes,
      // With the scope of its own token a user may write what the client may: without this list, every attribute.
      readAttributes: ["email", "email_verified", "name"],
      writeAttributes: ["name"],
    },
    opts,
  );
}
