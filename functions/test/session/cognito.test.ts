import { expect, test } from "vitest";
import { createCognitoCalls } from "../../src/session/cognito.ts";
import { apiEvent } from "../support/events.ts";
import { sessionAws, tokensAnswer } from "../support/session-aws.ts";

const ENVIRONMENT = { userPoolId: "eu-west-1_pool", clientId: "client", revocationTable: "t", refreshSeconds: 1 };
const EVENT = apiEvent("POST", "/session", {});

test("each call names Cognito's service, and only what is open to every client goes without the role", async () => {
  const aws = sessionAws({
    AdminInitiateAuth: tokensAnswer("a", "r"),
    AdminRespondToAuthChallenge: tokensAnswer("a", "r"),
    GetTokensFromRefreshToken: tokensAnswer("a", "r"),
    RevokeToken: {},
    AdminUserGlobalSignOut: {},
  });
  const cognito = createCognitoCalls(aws.call, ENVIRONMENT);
  await cognito.signIn(EVENT, "alice", "secret");
  await cognito.answer(EVENT, { name: "SOFTWARE_TOKEN_MFA", session: "s", username: "alice" }, {});
  await cognito.refresh("r");
  await cognito.revoke("r");
  await cognito.signOutEverywhere("alice");
  const shape = { service: "cognito-idp", version: "1.1" };
  const called = (operation: string) => ({ ...shape, target: `AWSCognitoIdentityProviderService.${operation}` });
  expect(aws.calls.map(({ input: _, ...call }) => call)).toEqual([
    called("AdminInitiateAuth"),
    called("AdminRespondToAuthChallenge"),
    { ...called("GetTokensFromRefreshToken"), unsigned: true },
    { ...called("RevokeToken"), unsigned: true },
    called("AdminUserGlobalSignOut"),
  ]);
});

test("another error than Cognito's is no answer of it, whatever its code", async () => {
  const lost = Object.assign(new Error("lost"), { code: "NotAuthorizedException" });
  const aws = sessionAws({ AdminInitiateAuth: lost, GetTokensFromRefreshToken: lost, RevokeToken: lost });
  const cognito = createCognitoCalls(aws.call, ENVIRONMENT);
  await expect(cognito.signIn(EVENT, "alice", "secret")).rejects.toBe(lost);
  await expect(cognito.refresh("r")).rejects.toBe(lost);
  await expect(cognito.revoke("r")).rejects.toBe(lost);
});
