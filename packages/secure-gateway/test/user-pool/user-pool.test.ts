import { expectNamesPrefixed, expectPartitionSafe, recordStack, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { MfaMode, ThreatProtection, UserPool, type UserPoolArgs } from "../../src/index.ts";
import { userPoolSettings } from "../../src/user-pool/validate.ts";
import { sentenceOf } from "../fixtures.ts";

const POOL = "aws:cognito/userPool:UserPool";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const GROUP = "aws:cognito/userGroup:UserGroup";
const RISK = "aws:cognito/riskConfiguration:RiskConfiguration";
const DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";
const BRANDING = "aws:cognito/managedLoginBranding:ManagedLoginBranding";

const record = (args?: UserPoolArgs) => recordStack(() => new UserPool("users", args));

const existingUserPool = {
  userPoolId: "cn-north-1_Example",
  userPoolArn: "arn:aws-cn:cognito-idp:cn-north-1:111122223333:userpool/cn-north-1_Example",
  issuer: "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Example",
  machineClientId: "partners",
  sessionClientId: "page",
};

describe("a pool that is made", () => {
  test("has these resources and no others", async () => {
    expect((await record()).types()).toEqual({ [POOL]: 1, [CLIENT]: 2, [RISK]: 1, "palisade:index:UserPool": 1 });
  });

  test("has strong passwords, no sign-up, threat protection, and is protected from deletion", async () => {
    expect((await record()).one(POOL, "users-pool").inputs).toEqual({
      userPoolTier: "PLUS",
      userPoolAddOns: { advancedSecurityMode: "ENFORCED" },
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      passwordPolicy: {
        minimumLength: 15,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: 1,
        passwordHistorySize: 5,
      },
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      deletionProtection: "ACTIVE",
      tags: { "palisade:component": "UserPool", "palisade:name": "users" },
    });
  });

  test.each([
    ["users-machine-client", { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }],
    [
      "users-session-client",
      {
        explicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
        refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
      },
    ],
  ])("%s signs in with %j only, for a short time, and its tokens can be revoked", async (name, own) => {
    const recording = await record();
    expect(recording.one(CLIENT, name).inputs).toEqual({
      userPoolId: recording.one(POOL).id,
      ...own,
      generateSecret: false,
      accessTokenValidity: 15,
      idTokenValidity: 15,
      refreshTokenValidity: 12,
      tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
      enableTokenRevocation: true,
      preventUserExistenceErrors: "ENABLED",
      authSessionValidity: 3,
      readAttributes: ["email", "email_verified", "name"],
      writeAttributes: ["name"],
    });
  });

  test("blocks what threat protection finds: stolen passwords, and sign-ins of high risk", async () => {
    const recording = await record();
    const risk = (mediumAction: string) => ({
      userPoolId: recording.one(POOL).id,
      accountTakeoverRiskConfiguration: {
        actions: {
          highAction: { eventAction: "BLOCK", notify: false },
          mediumAction: { eventAction: mediumAction, notify: false },
          lowAction: { eventAction: "NO_ACTION", notify: false },
        },
      },
      compromisedCredentialsRiskConfiguration: {
        actions: { eventAction: "BLOCK" },
        eventFilters: ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"],
      },
    });
    expect(recording.one(RISK, "users-risk").inputs).toEqual(risk("MFA_IF_CONFIGURED"));
    expect((await record({ mfa: MfaMode.On })).one(RISK).inputs).toEqual(risk("MFA_REQUIRED"));
  });

  test.each([ThreatProtection.Off, ThreatProtection.Audit])(
    "configures no risk where it is %s",
    async (threatProtection) => {
      const recording = await record({ threatProtection, allowUnguardedSignIn: "the pool is empty and has no user" });
      expect(recording.count(RISK)).toBe(0);
    },
  );

  describe("with managed login", () => {
    const managedLogin = { domainPrefix: "shop-example-com", callbackUrls: ["https://shop.example.com/"] };
    const place = (partition: string, region: string) =>
      recordStack(() => new UserPool("users", { managedLogin }), { place: { partition, region } });

    test("lets people sign in at Cognito's own page, with a code for a listed redirect", async () => {
      const recording = await place("aws", "eu-central-1");
      const userPoolId = recording.one(POOL).id;
      const session = recording.one(CLIENT, "users-session-client");
      expect(session.inputs).toMatchObject({
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ["code"],
        allowedOauthScopes: ["openid", "aws.cognito.signin.user.admin"],
        supportedIdentityProviders: ["COGNITO"],
        callbackUrls: ["https://shop.example.com/"],
        logoutUrls: ["https://shop.example.com/"],
      });
      expect(recording.one(CLIENT, "users-machine-client").inputs).not.toHaveProperty("allowedOauthFlows");
      expect(recording.one(DOMAIN, "users-login-domain").inputs).toEqual({
        domain: "shop-example-com",
        userPoolId,
        managedLoginVersion: 2,
      });
      expect(recording.one(BRANDING, "users-login-branding").inputs).toEqual({
        userPoolId,
        clientId: session.id,
        useCognitoProvidedValues: true,
      });
      const loginUrl = "https://shop-example-com.auth.eu-central-1.amazoncognito.com";
      expect(await resolved(recording.result.loginUrl ?? "")).toBe(loginUrl);
      expect(recording.one("palisade:index:UserPool").outputs).toMatchObject({ loginUrl });
    });

    test("knows the host of GovCloud", async () => {
      const { result } = await place("aws-us-gov", "us-gov-west-1");
      expect(await resolved(result.loginUrl ?? "")).toBe(
        "https://shop-example-com.auth-fips.us-gov-west-1.amazoncognito.com",
      );
    });

    test("sends people who sign out elsewhere where that is said", async () => {
      const logoutUrls = ["https://shop.example.com/bye"];
      const recording = await record({ managedLogin: { ...managedLogin, logoutUrls } });
      expect(recording.one(CLIENT, "users-session-client").inputs).toMatchObject({ logoutUrls });
    });
  });

  test("has the groups that it is given, none with a role", async () => {
    const recording = await record({ groups: { partner: "Partner companies", "company:acme": "Acme" } });
    const userPoolId = recording.one(POOL).id;
    expect(recording.all(GROUP).map(({ name, inputs }) => [name, inputs])).toEqual([
      ["users-group-partner", { userPoolId, name: "partner", description: "Partner companies" }],
      ["users-group-company:acme", { userPoolId, name: "company:acme", description: "Acme" }],
    ]);
  });

  test("has these outputs", async () => {
    const recording = await recordStack(() => new UserPool("users"), {
      outputs: { [POOL]: () => ({ endpoint: "cognito-idp.eu-central-1.amazonaws.com/pool" }) },
    });
    const [machine, session] = [
      recording.one(CLIENT, "users-machine-client"),
      recording.one(CLIENT, "users-session-client"),
    ];
    const pool = recording.result;
    expect(await resolved(pool.userPoolId)).toBe(recording.one(POOL).id);
    expect(await resolved(pool.userPoolArn)).toBe(recording.one(POOL).outputs.arn);
    expect(await resolved(pool.issuer)).toBe("https://cognito-idp.eu-central-1.amazonaws.com/pool");
    expect(await resolved(pool.machineClientId)).toBe(machine.id);
    expect(await resolved(pool.sessionClientId)).toBe(session.id);
    expect(await resolved(pool.clientIds)).toEqual([machine.id, session.id]);
    expect(pool.loginUrl).toBeUndefined();
    const component = recording.one("palisade:index:UserPool");
    expect(component.outputs).toMatchObject({ clientIds: [machine.id, session.id] });
    expectNamesPrefixed(recording, component);
  });

  test("writes no partition or region down", async () => {
    expectPartitionSafe(
      await recordStack(() => new UserPool("users"), { place: { partition: "aws-cn", region: "cn-north-1" } }),
    );
  });

  const guarded = "the pool is empty and has no user";
  test.each<[ThreatProtection, string, number | undefined]>([
    [ThreatProtection.Off, "ESSENTIALS", undefined],
    [ThreatProtection.Audit, "PLUS", 5],
    [ThreatProtection.Enforced, "PLUS", 5],
  ])("with threat protection %s is in the plan %s", async (threatProtection, userPoolTier, passwordHistorySize) => {
    const weaker = threatProtection !== ThreatProtection.Enforced;
    const { inputs } = (await record({ threatProtection, allowUnguardedSignIn: weaker ? guarded : undefined })).one(
      POOL,
    );
    expect(inputs).toMatchObject({ userPoolTier, userPoolAddOns: { advancedSecurityMode: threatProtection } });
    expect((inputs.tags as Record<string, string>)["palisade:lowered:threat-protection"]).toBe(
      weaker ? guarded : undefined,
    );
    expect((inputs.passwordPolicy as Record<string, unknown>).passwordHistorySize).toBe(passwordHistorySize);
  });

  test.each<[MfaMode, unknown]>([
    [MfaMode.Off, undefined],
    [MfaMode.Optional, { enabled: true }],
    [MfaMode.On, { enabled: true }],
  ])("with MFA %s offers the authenticator app: %j", async (mfa, softwareTokenMfaConfiguration) => {
    const off = mfa === MfaMode.Off;
    const { inputs } = (await record({ mfa, allowPasswordOnly: off ? guarded : undefined })).one(POOL);
    expect((inputs.tags as Record<string, string>)["palisade:lowered:second-factor"]).toBe(off ? guarded : undefined);
    expect(inputs.mfaConfiguration).toBe(mfa);
    expect(inputs.softwareTokenMfaConfiguration).toEqual(softwareTokenMfaConfiguration);
  });

  test("takes other lengths, times and tags", async () => {
    const recording = await record({
      passwordMinimumLength: 99,
      allowDeletion: "it is made anew at will",
      accessTokenMinutes: 60,
      refreshTokenHours: 1,
      teamTags: { team: "pets" },
    });
    expect(recording.one(POOL).inputs).toMatchObject({
      passwordPolicy: { minimumLength: 99 },
      deletionProtection: "INACTIVE",
      tags: { team: "pets", "palisade:lowered:deletion-protection": "it is made anew at will" },
    });
    for (const client of recording.all(CLIENT)) {
      expect(client.inputs).toMatchObject({ accessTokenValidity: 60, idTokenValidity: 60, refreshTokenValidity: 1 });
    }
  });
});

describe("a pool that is adopted", () => {
  test("creates nothing and hands its ids on", async () => {
    const recording = await record({ existingUserPool: { ...existingUserPool, userPoolId: pulumi.output("id") } });
    expect(recording.types()).toEqual({ "palisade:index:UserPool": 1 });
    expect(recording.one("palisade:index:UserPool").outputs).toEqual({
      ...existingUserPool,
      userPoolId: "id",
      clientIds: ["partners", "page"],
    });
  });

  test("hands its page to sign in at on", async () => {
    const loginUrl = "https://login.example.com";
    const { result } = await record({ existingUserPool: { ...existingUserPool, loginUrl } });
    expect(await resolved(result.loginUrl ?? "")).toBe(loginUrl);
  });
});

describe("an argument that is not allowed", () => {
  const allOfThem = "userPoolId, userPoolArn, issuer, machineClientId, sessionClientId";
  const reasonWanted =
    "allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports";
  const groupWanted =
    "allowed: a text, under a name of 1 to 128 characters without spaces and commas; to fix it, rename the group, or say what it is for";
  test.each<[string, Record<string, unknown>, string]>([
    [
      "a weak password",
      { passwordMinimumLength: 11 },
      "passwordMinimumLength is 11; allowed: a whole number from 12 to 99; to fix it, set passwordMinimumLength to one",
    ],
    [
      "a password beyond Cognito's",
      { passwordMinimumLength: 100 },
      "passwordMinimumLength is 100; allowed: a whole number from 12 to 99; to fix it, set passwordMinimumLength to one",
    ],
    [
      "half a character",
      { passwordMinimumLength: 12.5 },
      "passwordMinimumLength is 12.5; allowed: a whole number from 12 to 99; to fix it, set passwordMinimumLength to one",
    ],
    [
      "a token below Cognito's least",
      { accessTokenMinutes: 4 },
      "accessTokenMinutes is 4; allowed: a whole number from 5 to 60; to fix it, set accessTokenMinutes to one",
    ],
    [
      "a long token",
      { accessTokenMinutes: 61 },
      "accessTokenMinutes is 61; allowed: a whole number from 5 to 60; to fix it, set accessTokenMinutes to one",
    ],
    [
      "a long session",
      { refreshTokenHours: 721 },
      "refreshTokenHours is 721; allowed: a whole number from 1 to 720; to fix it, set refreshTokenHours to one",
    ],
    [
      "a session that is text",
      { refreshTokenHours: "1" },
      'refreshTokenHours is "1"; allowed: a whole number from 1 to 720; to fix it, set refreshTokenHours to one',
    ],
    [
      "an MFA mode that is none",
      { mfa: "on" },
      'mfa is "on"; allowed: OFF, OPTIONAL, ON; to fix it, set mfa to one of them',
    ],
    [
      "threat protection that is none",
      { threatProtection: true },
      "threatProtection is true; allowed: OFF, AUDIT, ENFORCED; to fix it, set threatProtection to one of them",
    ],
    ["a pool that may be deleted for no reason", { allowDeletion: "" }, `allowDeletion is ""; ${reasonWanted}`],
    [
      "an Output as a reason",
      { allowDeletion: pulumi.output("it is made anew at will") },
      `allowDeletion is an Output; ${reasonWanted}`,
    ],
    ["a password alone, for no reason", { mfa: MfaMode.Off }, `allowPasswordOnly is not set; ${reasonWanted}`],
    [
      "no threat protection, for no reason",
      { threatProtection: ThreatProtection.Off },
      `allowUnguardedSignIn is not set; ${reasonWanted}`,
    ],
    [
      "threat protection that blocks nothing, for a word",
      { threatProtection: ThreatProtection.Audit, allowUnguardedSignIn: "cost" },
      `allowUnguardedSignIn is "cost"; ${reasonWanted}`,
    ],
    [
      "a reason that outlived its cause",
      { mfa: MfaMode.On, allowPasswordOnly: "sign-in is by script" },
      'allowPasswordOnly is "sign-in is by script"; allowed: nothing, where the floor second-factor is not lowered; to fix it, remove allowPasswordOnly',
    ],
    [
      "a reason without its setting",
      { allowUnguardedSignIn: "sign-in is by script" },
      'allowUnguardedSignIn is "sign-in is by script"; allowed: nothing, where the floor threat-protection is not lowered; to fix it, remove allowUnguardedSignIn',
    ],
    [
      "groups that are an Output",
      { groups: pulumi.output({}) },
      "groups is an Output; allowed: a literal record: what each group is for, by its name; to fix it, pass a literal: its keys decide which groups exist",
    ],
    ["a group with a comma", { groups: { "a,b": "two" } }, `groups["a,b"] is "two"; ${groupWanted}`],
    ["a group with a space", { groups: { "a b": "two" } }, `groups["a b"] is "two"; ${groupWanted}`],
    ["a group for nothing", { groups: { staff: undefined } }, `groups["staff"] is not set; ${groupWanted}`],
    [
      "managed login that is an Output",
      { managedLogin: pulumi.output({}) },
      "managedLogin is an Output; allowed: a literal { domainPrefix, callbackUrls }; to fix it, pass a literal: it decides what is made",
    ],
    ...["Shop", "-shop", "shop-", "", "s".repeat(64), "my-cognito-shop", 1].map(
      (domainPrefix): [string, Record<string, unknown>, string] => [
        `the domain prefix ${domainPrefix}`,
        { managedLogin: { domainPrefix, callbackUrls: ["https://shop.example.com/"] } },
        `managedLogin.domainPrefix is ${JSON.stringify(domainPrefix)}; allowed: 1 to 63 lower-case letters, digits and hyphens, without aws, amazon and cognito; to fix it, choose a name that no other pool of the region has, such as the page's host with hyphens for dots`,
      ],
    ),
    [
      "nowhere to come back to",
      { managedLogin: { domainPrefix: "shop", callbackUrls: [] } },
      "managedLogin.callbackUrls is []; allowed: a literal list of at least one URL; to fix it, list where the page asks to be sent back to",
    ],
    [
      "an adopted pool that is an Output",
      { existingUserPool: pulumi.output({}) },
      `existingUserPool is without ${allOfThem}; allowed: a literal { ${allOfThem} }; to fix it, give all of them, or leave existingUserPool out to create a pool`,
    ],
    [
      "an adopted pool without its clients",
      { existingUserPool: { ...existingUserPool, machineClientId: undefined } },
      `existingUserPool is without machineClientId; allowed: a literal { ${allOfThem} }; to fix it, give all of them, or leave existingUserPool out to create a pool`,
    ],
    [
      "an adopted pool with a setting",
      { existingUserPool, mfa: MfaMode.On },
      'mfa is "ON"; allowed: nothing beside existingUserPool: an adopted pool keeps its owner\'s settings; to fix it, remove mfa, or remove existingUserPool to create a pool',
    ],
  ])("%s", (_title, args, sentence) => {
    expect(sentenceOf(() => userPoolSettings("users", args as UserPoolArgs))).toBe(`UserPool "users": ${sentence}`);
  });

  test("leaves nothing behind", async () => {
    const recording = await recordStack(() => sentenceOf(() => new UserPool("users", { refreshTokenHours: 0 })));
    expect(recording.result).toContain("refreshTokenHours is 0");
    expect(recording.types()).toEqual({ "palisade:index:UserPool": 1 });
  });

  test("the least of each number is allowed, and a setting that is undefined beside an adopted pool", () => {
    const least = { passwordMinimumLength: 12, accessTokenMinutes: 5, refreshTokenHours: 1, mfa: undefined };
    expect(userPoolSettings("users", least)).toMatchObject({ ...least, mfa: MfaMode.Optional });
    expect(userPoolSettings("users", { existingUserPool, mfa: undefined })).toMatchObject({ mfa: MfaMode.Optional });
  });
});
