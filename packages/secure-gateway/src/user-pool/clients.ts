import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ManagedLoginArgs } from "./args.ts";
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
  const explicitAuthFlows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  return createClient(childName(name, "machine-client"), userPoolId, { explicitAuthFlows }, settings, opts);
}

/**
 * For the page's session function: only a caller whose role may `cognito-idp:AdminInitiateAuth` signs a user in with a password. With managed
 * login people sign in at Cognito's own page too, with an authorization code, which Cognito gives out for a redirect that is listed alone.
 *
 * A refresh token is replaced each time that it is used; that goes only by `GetTokensFromRefreshToken`, without the flow of refresh tokens
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RefreshTokenRotationType.html).
 */
export function createSessionClient(
  name: string,
  userPoolId: pulumi.Input<string>,
  settings: UserPoolSettings,
  opts: Options,
): aws.cognito.UserPoolClient {
  const own = {
    explicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: FIXED.rotationGraceSeconds },
    ...(settings.managedLogin && codeFlow(settings.managedLogin)),
  };
  return createClient(childName(name, "session-client"), userPoolId, own, settings, opts);
}

function codeFlow({ callbackUrls, logoutUrls = callbackUrls }: ManagedLoginArgs) {
  return {
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: [...FIXED.loginScopes],
    supportedIdentityProviders: ["COGNITO"],
    callbackUrls,
    logoutUrls,
  };
}

function createClient(
  logicalName: string,
  userPoolId: pulumi.Input<string>,
  own: Omit<aws.cognito.UserPoolClientArgs, "userPoolId">,
  settings: UserPoolSettings,
  opts: Options,
): aws.cognito.UserPoolClient {
  return new aws.cognito.UserPoolClient(
    logicalName,
    {
      userPoolId,
      ...own,
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
