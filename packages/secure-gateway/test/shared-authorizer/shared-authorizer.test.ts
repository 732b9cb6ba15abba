import { recordStack, resolved } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { knownApis, SharedAuthorizer } from "../../src/index.ts";
import { functionRef } from "../fixtures.ts";

const APIS = [
  "arn:aws:execute-api:eu-central-1:444455556666:a1b2c3d4e5",
  "arn:aws-us-gov:execute-api:us-gov-west-1:111122223333:f6g7h8",
];
const record = (apiArns: string[]) =>
  recordStack(() => new SharedAuthorizer("shared", { function: functionRef("authorizer", "live"), apiArns }));

test("permits each API's authorizers, from its account, and nothing else", async () => {
  const recording = await record(APIS);
  expect(recording.types()).toEqual({
    "aws:lambda/permission:Permission": 2,
    "palisade:index:SharedAuthorizer": 1,
  });
  const permission = (sourceArn: string, sourceAccount: string) => ({
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    function: "authorizer",
    qualifier: "live",
    sourceArn,
    sourceAccount,
  });
  const of = (name: string) => recording.one("aws:lambda/permission:Permission", name).inputs;
  expect(of("shared-invoke-eu-central-1-444455556666-a1b2c3d4e5")).toEqual(
    permission(`${APIS[0]}/authorizers/*`, "444455556666"),
  );
  expect(of("shared-invoke-us-gov-west-1-111122223333-f6g7h8")).toEqual(
    permission(`${APIS[1]}/authorizers/*`, "111122223333"),
  );
  expect(await resolved(recording.result.knownApis)).toBe(APIS.join(","));
});

describe("apis", () => {
  const one = 'SharedAuthorizer "shared": apiArns[';
  const wanted =
    "; allowed: arn:aws:execute-api:<region>:<account>:<id> of one API, without a stage or a wildcard, once; " +
    "to fix it, name the API: a wildcard would let every API of the account learn whose token it was sent";
  test.each([
    ["arn:aws:execute-api:eu-central-1:444455556666:*"],
    ["arn:aws:execute-api:*:444455556666:a1"],
    ["arn:aws:execute-api:eu-central-1:444455556666:a1/prod"],
    ["arn:aws:lambda:eu-central-1:444455556666:function:f"],
    ["a1b2c3d4e5"],
  ])("refuse %s before anything is made", async (arn) => {
    await expect(record([arn])).rejects.toThrow(`${one}0] is ${JSON.stringify(arn)}${wanted}`);
  });

  test("refuse what comes twice, what is no text, nothing, too many, and what is no list", async () => {
    const [api = ""] = APIS;
    await expect(record([api, api])).rejects.toThrow(`${one}1] is ${JSON.stringify(api)}${wanted}`);
    await expect(record([1 as unknown as string])).rejects.toThrow(`${one}0] is 1${wanted}`);
    const list =
      "; allowed: a literal list of 1 to 40 ARNs: a function's policy holds no more; " +
      "to fix it, name the APIs, and deploy a second function for more of them";
    await expect(record([])).rejects.toThrow(`SharedAuthorizer "shared": apiArns is a list of 0${list}`);
    const many = Array.from({ length: 41 }, (_, index) => `${api}${index}`);
    await expect(record(many)).rejects.toThrow(`SharedAuthorizer "shared": apiArns is a list of 41${list}`);
    await expect(record(api as unknown as string[])).rejects.toThrow(`apiArns is ${JSON.stringify(api)}${list}`);
  });

  test("become the authorizer's variable", () => {
    expect(knownApis(APIS)).toBe(APIS.join(","));
    expect(() => knownApis(["x"])).toThrow('SharedAuthorizer "knownApis": apiArns[0] is "x"');
  });
});
