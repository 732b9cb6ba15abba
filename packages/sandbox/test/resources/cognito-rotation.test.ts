import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  DescribeUserPoolClientCommand,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulated, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
let pool: { id: string };
const Password = "Correct-horse-9-battery";

beforeAll(async () => {
  emulated = await startEmulated();
  pool = await emulated.create("aws:cognito/userPool:UserPool", {});
  const { cognito } = emulated.sandbox.clients;
  const at = { UserPoolId: pool.id, Username: "ann" };
  await cognito.send(new AdminCreateUserCommand({ ...at, MessageAction: "SUPPRESS", TemporaryPassword: Password }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...at, Password, Permanent: true }));
}, 180_000);
afterAll(() => emulated.sandbox.close());

async function client(refreshTokenRotation?: { feature: string; retryGracePeriodSeconds: number }) {
  const { cognito } = emulated.sandbox.clients;
  const { id: ClientId } = await emulated.create("aws:cognito/userPoolClient:UserPoolClient", {
    userPoolId: pool.id,
    explicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    refreshTokenRotation,
  });
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: pool.id,
      ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "ann", PASSWORD: Password },
    }),
  );
  const refresh = async (RefreshToken: string) =>
    (await cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))).AuthenticationResult;
  return { ClientId, refresh, first: AuthenticationResult };
}

const claims = (token = "") => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

test("a client's refresh tokens rotate, of one sign-in, and the one before is good for the time of grace", async () => {
  const { ClientId, refresh, first } = await client({ feature: "ENABLED", retryGracePeriodSeconds: 60 });
  const { cognito } = emulated.sandbox.clients;
  const described = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: pool.id, ClientId }));
  expect(described.UserPoolClient?.RefreshTokenRotation).toEqual({ Feature: "ENABLED", RetryGracePeriodSeconds: 60 });

  const second = await refresh(first?.RefreshToken as string);
  expect(second?.RefreshToken).not.toBe(first?.RefreshToken);
  expect(claims(second?.AccessToken).origin_jti).toBe(claims(first?.AccessToken).origin_jti);
  expect((await refresh(first?.RefreshToken as string))?.AccessToken).toBeDefined();
  expect((await refresh(second?.RefreshToken as string))?.AccessToken).toBeDefined();

  // What revokes one revokes all of the sign-in.
  await cognito.send(new RevokeTokenCommand({ ClientId, Token: second?.RefreshToken as string }));
  expect(await outcome(refresh(second?.RefreshToken as string))).toBe("NotAuthorizedException");
  expect(await outcome(refresh(first?.RefreshToken as string))).toBe("NotAuthorizedException");
});

test("without a time of grace a used token is used up", async () => {
  const { refresh, first } = await client({ feature: "ENABLED", retryGracePeriodSeconds: 0 });
  await refresh(first?.RefreshToken as string);
  expect(await outcome(refresh(first?.RefreshToken as string))).toBe("RefreshTokenReuseException");
});

test("without rotation a refresh gives no refresh token, as often as it is asked for", async () => {
  const { refresh, first } = await client();
  for (const _ of [1, 2]) {
    const again = await refresh(first?.RefreshToken as string);
    expect([typeof again?.AccessToken, again?.RefreshToken]).toEqual(["string", undefined]);
  }
});
