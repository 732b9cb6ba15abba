import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadOpenApi } from "@palisade/functions/openapi";
import type { AuthorizerContext, AuthorizerEvent, AuthorizerResult } from "@palisade/functions/src/authorizer/core";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { createVerifier } from "fast-jwt";
import { createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair, jwtVerify, SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { extractBundle } from "./bundle.ts";
import { paired, type Rate } from "./paired.ts";

const USER_POOL_ID = "us-east-1_Bench1234";
const CLIENT_ID = "benchclient";
const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${USER_POOL_ID}`;
const SCOPE = "aws.cognito.signin.user.admin";
const METHOD_ARN =
  "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/v1/GET/orders/0f8fad5b-d9cb-469f-a165-70867728950e";

const CONTEXT = { invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:authorizer:live" };

type Handler = (event: AuthorizerEvent, context: AuthorizerContext) => Promise<AuthorizerResult>;

/**
 * The whole warm decision of the authorizer (the built bundle: token, claims, the caller's allow-list, the check of the method), made anew for
 * each request and kept for the token's next one, beside the bare verification of the same token by the libraries of its kind. Without the
 * calls of Verified Permissions and of the table of revocations, which are a network's time.
 */
export async function authorizerRates(): Promise<Rate[]> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "bench", alg: "RS256", use: "sig" };
  const pem = await exportSPKI(publicKey);
  const token = await new SignJWT({
    token_use: "access",
    client_id: CLIENT_ID,
    scope: SCOPE,
    "cognito:groups": ["partner", "company:acme"],
    username: "alice",
  })
    .setProtectedHeader({ alg: "RS256", kid: "bench" })
    .setIssuer(ISSUER)
    .setSubject("6f1d2c3b-0000-4000-8000-000000000001")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(privateKey);

  const jwks = { keys: [jwk] };
  const server = createServer((_request, response) => response.end(JSON.stringify(jwks)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    Object.assign(process.env, {
      USER_POOL_ID,
      CLIENT_IDS: CLIENT_ID,
      REQUIRED_SCOPES: SCOPE,
      OPERATIONS: JSON.stringify(operations()),
      DECISION_SECONDS: "0",
      JWKS_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    });
    const { handler } = (await extractBundle("authorizer")) as { handler: Handler };
    process.env.DECISION_SECONDS = "3600";
    const { handler: keeping } = (await extractBundle("authorizer")) as { handler: Handler };
    const event = {
      httpMethod: "GET",
      resource: "/orders/{orderId}",
      headers: { Authorization: `Bearer ${token}` },
      methodArn: METHOD_ARN,
      requestContext: { requestId: "bench" },
    };
    for (const decide of [handler, keeping]) {
      const decision = await decide(event, CONTEXT);
      if (decision.policyDocument.Statement[0]?.Effect !== "Allow")
        throw new Error("bench: the authorizer did not allow the request");
    }

    const cognito = CognitoJwtVerifier.create({
      userPoolId: USER_POOL_ID,
      clientId: [CLIENT_ID],
      tokenUse: "access",
      scope: [SCOPE],
    });
    cognito.cacheJwks(jwks as Parameters<typeof cognito.cacheJwks>[0]);
    const keySet = createLocalJWKSet(jwks);
    const fast = createVerifier({ key: pem, algorithms: ["RS256"], allowedIss: ISSUER, cache: false });
    return await paired([
      { name: "aws-jwt-verify, token alone", run: () => cognito.verify(token) },
      { name: "Palisade authorizer, whole decision", run: () => handler(event, CONTEXT) },
      { name: "Palisade authorizer, decision kept", run: () => keeping(event, CONTEXT) },
      { name: "jose, token alone", run: () => jwtVerify(token, keySet, { issuer: ISSUER, algorithms: ["RS256"] }) },
      {
        name: "jsonwebtoken, token alone",
        run: () => jsonwebtoken.verify(token, pem, { issuer: ISSUER, algorithms: ["RS256"] }),
      },
      { name: "fast-jwt, token alone", run: () => fast(token) },
    ]);
  } finally {
    server.close();
  }
}

function operations(): object[] {
  const { paths } = loadOpenApi() as { paths: Record<string, Record<string, Record<string, unknown>>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => Array.isArray(operation["x-palisade-groups"]))
      .map(([method, operation]) => ({
        operationId: operation.operationId,
        method: method.toUpperCase(),
        path,
        groups: operation["x-palisade-groups"],
        identityHeader: operation.security === undefined ? "Authorization" : "Cookie",
      })),
  );
}
