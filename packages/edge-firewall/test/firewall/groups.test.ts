import { describe, expect, test } from "vitest";
import { firewallSettings } from "../../src/firewall/settings.ts";
import {
  type AccountCreationArgs,
  type AccountTakeoverArgs,
  BotInspection,
  DdosSensitivity,
  type EdgeFirewallArgs,
  FirewallScope,
  LoginPayload,
  ManagedGroup,
  RuleAction,
} from "../../src/index.ts";
import { REASON, ruleOf, rulesOf, sentenceOf } from "../fixtures.ts";

const CLOUDFRONT = { scope: FirewallScope.CloudFront, originSecret: { value: "s".repeat(32) } };
const LOGIN: AccountTakeoverArgs = { loginPath: "/session", usernameField: "/username", passwordField: "/password" };
const group = (args: EdgeFirewallArgs, key: string) => ruleOf(args, key).statement.managedRuleGroupStatement;

describe("AWS's rule groups", () => {
  test("are by default the two without false positives worth a name", () => {
    expect(ruleOf({}, "managed-ip-reputation")).toMatchObject({
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesAmazonIpReputationList" } },
      overrideAction: { none: {} },
    });
    expect(group({}, "managed-known-bad-inputs")).toEqual({
      vendorName: "AWS",
      name: "AWSManagedRulesKnownBadInputsRuleSet",
    });
  });

  test("take a version, other actions of their rules, and a selection of requests", () => {
    const managedGroups = [
      { group: ManagedGroup.IpReputation },
      {
        group: ManagedGroup.SqlDatabase,
        version: "Version_1.2",
        ruleOverrides: [{ rule: "SQLi_BODY", action: RuleAction.Count }],
        requests: { paths: ["/products"] },
      },
    ];
    expect(group({ managedGroups }, "managed-sql-database")).toMatchObject({
      name: "AWSManagedRulesSQLiRuleSet",
      version: "Version_1.2",
      ruleActionOverrides: [{ name: "SQLi_BODY", actionToUse: { count: {} } }],
      scopeDownStatement: { regexMatchStatement: { regexString: "^(?:/[A-Za-z0-9_-]+)?/products/*$" } },
    });
  });

  test("have each its published capacity", () => {
    const managedGroups = Object.values(ManagedGroup).map((each) => ({ group: each }));
    const { capacities } = firewallSettings("edge", { managedGroups, maximumCapacity: 5000 });
    // https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
    expect(capacities).toMatchObject({
      "managed-common": 700,
      "managed-known-bad-inputs": 200,
      "managed-sql-database": 200,
      "managed-admin-protection": 100,
      "managed-linux": 200,
      "managed-unix": 100,
      "managed-ip-reputation": 25,
      "managed-anonymous-ip": 50,
    });
  });

  test("keep the list of attackers, unless a reason is given", () => {
    expect(sentenceOf({ managedGroups: [] })).toBe(
      'EdgeFirewall "edge": managedGroups is without AWSManagedRulesAmazonIpReputationList; allowed: a list with it, or a reason ' +
        'under omittedRules; to fix it, add { group: ManagedGroup.IpReputation }, or set omittedRules["managed-ip-reputation"] to ' +
        "the reason",
    );
    expect(sentenceOf({ managedGroups: [], omittedRules: { "managed-ip-reputation": REASON } })).toBe("no error");
  });

  test("are asked once each", () => {
    const managedGroups = [{ group: ManagedGroup.IpReputation }, { group: ManagedGroup.IpReputation }];
    expect(sentenceOf({ managedGroups })).toBe(
      'EdgeFirewall "edge": managedGroups[1].group is "AWSManagedRulesAmazonIpReputationList"; allowed: each group once; to fix it, ' +
        "remove one of the two: a group asked twice costs twice and finds no more",
    );
  });

  test.each([
    [
      { group: "AWSManagedRulesATPRuleSet" as ManagedGroup },
      '.group is "AWSManagedRulesATPRuleSet"; allowed: AWSManagedRules',
    ],
    [{ group: ManagedGroup.Common, version: "1 0" }, '.version is "1 0"; allowed: a version, for example Version_1.0'],
    [
      { group: ManagedGroup.Common, ruleOverrides: [{ rule: "a b", action: RuleAction.Count }] },
      '.ruleOverrides[0].rule is "a b"; allowed: a rule\'s name in its group',
    ],
    [
      { group: ManagedGroup.Common, ruleOverrides: [{ rule: "a", action: "DROP" as RuleAction }] },
      '.ruleOverrides[0].action is "DROP"; allowed: BLOCK, ALLOW, COUNT, CHALLENGE, CAPTCHA',
    ],
  ])("refuse %j", (managedGroup, sentence) => {
    expect(sentenceOf({ managedGroups: [managedGroup] })).toContain(`EdgeFirewall "edge": managedGroups[0]${sentence}`);
  });
});

describe("Bot Control", () => {
  test("looks at bots that name themselves, after everything that costs less", () => {
    const rules = rulesOf({ botControl: {} });
    expect(rules.at(-1)).toMatchObject({
      name: "bot-control",
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name: "AWSManagedRulesBotControlRuleSet",
          managedRuleGroupConfigs: [{ awsManagedRulesBotControlRuleSet: { inspectionLevel: "COMMON" } }],
        },
      },
    });
  });

  test.each([
    [undefined, true],
    [false, false],
  ])("learns, where it looks deeper (%s)", (machineLearning, enableMachineLearning) => {
    const botControl = { inspection: BotInspection.Targeted, machineLearning };
    expect(group({ botControl }, "bot-control")?.managedRuleGroupConfigs).toEqual([
      { awsManagedRulesBotControlRuleSet: { inspectionLevel: "TARGETED", enableMachineLearning } },
    ]);
  });

  test("does not learn otherwise", () => {
    expect(sentenceOf({ botControl: { machineLearning: true } })).toBe(
      'EdgeFirewall "edge": botControl.machineLearning is true; allowed: nothing, unless inspection is TARGETED; to fix it, set ' +
        "inspection to BotInspection.Targeted, or remove machineLearning",
    );
  });
});

describe("the rule group against floods", () => {
  test("stands before the rates, and challenges no client of an API", () => {
    const rules = rulesOf({ antiDdos: {} }).map(({ name }) => name);
    expect(rules.indexOf("anti-ddos")).toBeLessThan(rules.indexOf("rate-per-address"));
    expect(group({ antiDdos: {} }, "anti-ddos")).toEqual({
      vendorName: "AWS",
      name: "AWSManagedRulesAntiDDoSRuleSet",
      managedRuleGroupConfigs: [
        {
          awsManagedRulesAntiDdosRuleSet: {
            sensitivityToBlock: "LOW",
            clientSideActionConfig: { challenge: { usageOfAction: "DISABLED" } },
          },
        },
      ],
    });
  });

  test("challenges browsers, but not on the paths of the API", () => {
    const antiDdos = { sensitivityToBlock: DdosSensitivity.High, challenge: true, exemptPaths: ["^/api/"] };
    expect(group({ antiDdos }, "anti-ddos")?.managedRuleGroupConfigs).toEqual([
      {
        awsManagedRulesAntiDdosRuleSet: {
          sensitivityToBlock: "HIGH",
          clientSideActionConfig: {
            challenge: { usageOfAction: "ENABLED", exemptUriRegularExpressions: [{ regexString: "^/api/" }] },
          },
        },
      },
    ]);
  });

  test.each([
    [
      { challenge: true },
      "antiDdos.exemptPaths is not set; allowed: the paths that are not challenged, with challenge and only then; to fix it, name the " +
        "API's paths: its clients cannot answer a challenge",
    ],
    [
      { exemptPaths: ["x"] },
      'antiDdos.exemptPaths is ["x"]; allowed: the paths that are not challenged, with challenge and only then; to fix it, remove ' +
        "exemptPaths, or set challenge to true",
    ],
    [
      { challenge: true, exemptPaths: [""] },
      'antiDdos.exemptPaths[0] is ""; allowed: a regular expression of 1 to 512 characters; to fix it, set antiDdos.exemptPaths[0] to one',
    ],
  ])("refuses %j", (antiDdos, sentence) => {
    expect(sentenceOf({ antiDdos })).toBe(`EdgeFirewall "edge": ${sentence}`);
  });
});

describe("account takeover prevention", () => {
  test("watches our own sign-in route, with or without the stage's name before it", () => {
    expect(group({ accountTakeover: LOGIN }, "account-takeover")).toEqual({
      vendorName: "AWS",
      name: "AWSManagedRulesATPRuleSet",
      managedRuleGroupConfigs: [
        {
          awsManagedRulesAtpRuleSet: {
            loginPath: "^(?:/[A-Za-z0-9_-]+)?/session/*$",
            enableRegexInPath: true,
            requestInspection: {
              payloadType: "JSON",
              usernameField: { identifier: "/username" },
              passwordField: { identifier: "/password" },
            },
          },
        },
      ],
    });
  });

  test("reads a form's fields", () => {
    const accountTakeover = { ...LOGIN, payload: LoginPayload.Form, usernameField: "user", passwordField: "pass" };
    expect(group({ accountTakeover }, "account-takeover")?.managedRuleGroupConfigs?.[0]).toMatchObject({
      awsManagedRulesAtpRuleSet: {
        requestInspection: { payloadType: "FORM_ENCODED", usernameField: { identifier: "user" } },
      },
    });
  });

  test("inspects answers at CloudFront only", () => {
    const responseInspection = { successCodes: [200], failureCodes: [401, 403] };
    const accountTakeover = { ...LOGIN, responseInspection };
    expect(sentenceOf({ accountTakeover })).toBe(
      'EdgeFirewall "edge": accountTakeover.responseInspection is {"successCodes":[200],"failureCodes":[401,403]}; allowed: nothing in ' +
        "front of an API's stage: AWS inspects responses for CloudFront only; to fix it, remove responseInspection, or set scope to " +
        "FirewallScope.CloudFront",
    );
    expect(group({ ...CLOUDFRONT, accountTakeover }, "account-takeover")?.managedRuleGroupConfigs?.[0]).toMatchObject({
      awsManagedRulesAtpRuleSet: { responseInspection: { statusCode: responseInspection } },
    });
  });

  test.each([
    [
      { loginPath: "session" },
      'loginPath is "session"; allowed: a path of the API, for example /session; to fix it, set accountTakeover.loginPath to one',
    ],
    [
      { loginPath: `/${"a".repeat(240)}` },
      "loginPath is 265 characters as a regular expression; allowed: a path that makes at most 256 characters; to fix it, shorten the path",
    ],
    [
      { usernameField: "username" },
      'usernameField is "username"; allowed: a JSON pointer, for example /username; to fix it, set accountTakeover.usernameField to one',
    ],
    [
      { payload: LoginPayload.Form },
      'usernameField is "/username"; allowed: a form field\'s name; to fix it, set accountTakeover.usernameField to one',
    ],
    [
      { payload: "XML" as LoginPayload },
      'payload is "XML"; allowed: JSON, FORM_ENCODED; to fix it, set accountTakeover.payload to one of them',
    ],
  ])("refuses %j", (more, sentence) => {
    expect(sentenceOf({ accountTakeover: { ...LOGIN, ...more } })).toBe(
      `EdgeFirewall "edge": accountTakeover.${sentence}`,
    );
  });

  test.each([
    [{ successCodes: [99], failureCodes: [401] }, "successCodes[0] is 99; allowed: a whole number from 100 to 599"],
    [{ successCodes: [], failureCodes: [401] }, "successCodes is a list of 0; allowed: a literal list of 1 to 10"],
    [
      { successCodes: [200], failureCodes: [401, 200] },
      "failureCodes is 200; allowed: codes that are no success as well",
    ],
  ])("refuses the answers %j", (responseInspection, sentence) => {
    expect(sentenceOf({ ...CLOUDFRONT, accountTakeover: { ...LOGIN, responseInspection } })).toContain(
      `accountTakeover.responseInspection.${sentence}`,
    );
  });
});

describe("account creation fraud prevention", () => {
  const args: AccountCreationArgs = { creationPath: "/users", registrationPagePath: "/register" };

  test("watches the page and the route, and sends the fields that are named", () => {
    expect(group({ accountCreation: args }, "account-creation")?.managedRuleGroupConfigs).toEqual([
      {
        awsManagedRulesAcfpRuleSet: {
          creationPath: "^(?:/[A-Za-z0-9_-]+)?/users/*$",
          registrationPagePath: "^(?:/[A-Za-z0-9_-]+)?/register/*$",
          enableRegexInPath: true,
          requestInspection: { payloadType: "JSON" },
        },
      },
    ]);
    const accountCreation = {
      ...args,
      usernameField: "/user",
      passwordField: "/pass",
      emailField: "/email",
      phoneNumberFields: ["/phone"],
      addressFields: ["/street", "/city"],
    };
    expect(group({ accountCreation }, "account-creation")?.managedRuleGroupConfigs?.[0]).toMatchObject({
      awsManagedRulesAcfpRuleSet: {
        requestInspection: {
          payloadType: "JSON",
          usernameField: { identifier: "/user" },
          passwordField: { identifier: "/pass" },
          emailField: { identifier: "/email" },
          phoneNumberFields: { identifiers: ["/phone"] },
          addressFields: { identifiers: ["/street", "/city"] },
        },
      },
    });
  });

  test("inspects answers at CloudFront only", () => {
    const accountCreation = { ...args, responseInspection: { successCodes: [201], failureCodes: [400] } };
    expect(sentenceOf({ accountCreation })).toContain("accountCreation.responseInspection is ");
    expect(sentenceOf({ ...CLOUDFRONT, accountCreation })).toBe("no error");
  });
});

describe("groups of others", () => {
  test("of sellers are named by their seller, with the capacity that the seller fixed", () => {
    const marketplaceGroups = {
      bots: { vendorName: "Example Inc.", groupName: "Bots_v2", capacity: 400, version: "Version_3" },
    };
    expect(group({ marketplaceGroups, maximumCapacity: 2000 }, "marketplace-bots")).toEqual({
      vendorName: "Example Inc.",
      name: "Bots_v2",
      version: "Version_3",
    });
    expect(firewallSettings("edge", { marketplaceGroups, maximumCapacity: 2000 }).capacities["marketplace-bots"]).toBe(
      400,
    );
  });

  test("of the account are named by their ARN", () => {
    const customGroups = {
      ours: { ruleGroupArn: "arn:x", capacity: 7, ruleOverrides: [{ rule: "a", action: RuleAction.Block }] },
    };
    expect(ruleOf({ customGroups }, "group-ours")).toMatchObject({
      statement: {
        ruleGroupReferenceStatement: {
          arn: "arn:x",
          ruleActionOverrides: [{ name: "a", actionToUse: { block: {} } }],
        },
      },
      overrideAction: { none: {} },
    });
    expect(firewallSettings("edge", { customGroups }).capacities["group-ours"]).toBe(7);
  });

  test.each([
    [
      { vendorName: "AWS", groupName: "x", capacity: 1 },
      'vendorName is "AWS"; allowed: a seller\'s name, not AWS; to fix it, set marketplaceGroups.bots.vendorName to one',
    ],
    [
      { vendorName: "X", groupName: "a b", capacity: 1 },
      'groupName is "a b"; allowed: a group\'s name; to fix it, set marketplaceGroups.bots.groupName to one',
    ],
    [
      { vendorName: "X", groupName: "a", capacity: 0 },
      "capacity is 0; allowed: a whole number from 1 to 5000; to fix it, set marketplaceGroups.bots.capacity to one",
    ],
  ])("are refused: %j", (bots, sentence) => {
    expect(sentenceOf({ marketplaceGroups: { bots } })).toBe(`EdgeFirewall "edge": marketplaceGroups.bots.${sentence}`);
  });
});
