import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PalisadeError } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type PolicyStoreArgs, readPolicies } from "../../src/index.ts";
import { decider } from "../../src/policy-store/decisions.ts";
import { policyStoreSettings } from "../../src/policy-store/validate.ts";
import { sentenceOf, set } from "../fixtures.ts";
import { API_DOCUMENT, POLICIES, USER_POOL } from "./support.ts";

const PUT = ["paths", "/pets/{petId}", "put"];
const settings = (more: Partial<Record<keyof PolicyStoreArgs, unknown>> = {}) =>
  policyStoreSettings("permissions", {
    apiDocument: API_DOCUMENT,
    policies: POLICIES,
    userPool: USER_POOL,
    ...more,
  } as PolicyStoreArgs);
const sentence = (more: Partial<Record<keyof PolicyStoreArgs, unknown>>) => sentenceOf(() => settings(more));
const CALL = POLICIES["keepers-call.cedar"];
const with_ = (file: string, text: unknown) => ({ policies: { ...POLICIES, [file]: text } });

describe("a policy that is not valid is named with its file and line", () => {
  test.each<[string, string, string]>([
    [
      "a word that is wrong",
      `${CALL.replace(");", ")")}when {\n  principal has name\n} wen { true };`,
      'policies["new.cedar"] is wrong at line 9: invalid policy condition: wen; allowed: a Cedar policy that fits the schema of the ' +
        "OpenAPI document; to fix it, condition must be either `when` or `unless`",
    ],
    [
      "an operation that the document does not have",
      CALL.replace("replacePet", "replacePets"),
      'policies["new.cedar"] is wrong at line 4: unrecognized action `Palisade::Action::"replacePets"`; allowed: a Cedar policy that ' +
        'fits the schema of the OpenAPI document; to fix it, did you mean `Palisade::Action::"replacePet"`?',
    ],
    [
      "an attribute that the schema does not have",
      POLICIES["keepers-keep-their-own.cedar"].replace("resource.tame", "resource.wild"),
      'policies["new.cedar"] is wrong at line 6: attribute `wild` on entity type `Palisade::Pet` not found; allowed: a Cedar policy ' +
        "that fits the schema of the OpenAPI document; to fix it, did you mean `kind`?",
    ],
    [
      "a policy that can never apply",
      'permit (principal in Palisade::Role::"{userPool}|keeper", action == Palisade::Action::"replacePet", resource is Palisade::Owner);',
      'policies["new.cedar"] is wrong at line 1: unable to find an applicable action given the policy scope constraints; allowed: a ' +
        "Cedar policy that fits the schema of the OpenAPI document; to fix it, correct the policy",
    ],
    [
      "a group without its pool",
      `// é\n${CALL.replace("{userPool}|keeper", "keeper")}`,
      'policies["new.cedar"] is a policy for Palisade::Role::"keeper" (line 4); allowed: groups as Verified Permissions names them: ' +
        'Palisade::Role::"{userPool}|<group>"; to fix it, write Palisade::Role::"{userPool}|keeper"',
    ],
    [
      "two policies",
      CALL + CALL,
      'policies["new.cedar"] is 2 policies; allowed: one policy; to fix it, write one policy in each ' +
        "file: a test then notices when one is gone",
    ],
    [
      "a template",
      "permit (principal == ?principal, action, resource);",
      'policies["new.cedar"] is wrong: static policy set includes a template; allowed: a Cedar policy that fits the schema of the ' +
        "OpenAPI document; to fix it, correct the policy",
    ],
    [
      "nothing",
      "// later\n",
      'policies["new.cedar"] is 0 policies; allowed: one policy; to fix it, write one policy in each ' +
        "file: a test then notices when one is gone",
    ],
    [
      "a text that is too long",
      `${" ".repeat(10_000)}x`,
      'policies["new.cedar"] is 10001 characters long; allowed: the literal text of one policy, at most 10000 characters; to fix it, ' +
        "shorten it, or split it into two files",
    ],
  ])("%s", (_what, text, rest) => {
    expect(sentence(with_("new.cedar", text))).toBe(`PolicyStore "permissions": ${rest}`);
  });

  test("a text that is none, and a name that is none", () => {
    expect(sentence(with_("new.cedar", pulumi.output("x")))).toBe(
      'PolicyStore "permissions": policies["new.cedar"] is a object; allowed: the literal text of one policy, at most 10000 ' +
        "characters; to fix it, shorten it, or split it into two files",
    );
    for (const file of ["New.cedar", "new.txt", "a/b.cedar", "new-.cedar"]) {
      expect(sentence(with_(file, CALL))).toBe(
        `PolicyStore "permissions": policies["${file}"] is under a name that is no Cedar file's; allowed: lower-case words and ` +
          "numbers with hyphens, then .cedar: it becomes the policy's logical name; to fix it, rename the file, for example " +
          "partners-call.cedar",
      );
    }
  });

  test.each([
    [undefined, "not set"],
    [{}, "{}"],
    [["x"], '["x"]'],
    ["x", '"x"'],
  ])("no policies: %j", (policies, shown) => {
    expect(sentence({ policies })).toBe(
      `PolicyStore "permissions": policies is ${shown}; allowed: a literal record with at least one policy: the text of each Cedar ` +
        "file by its name; to fix it, pass readPolicies(folder)",
    );
  });
});

describe("the document and the policies agree on who may call an operation", () => {
  test("an operation without a decision", () => {
    const document = set(set(API_DOCUMENT, ["paths", "/new"], { get: { operationId: "getNew" } }), [...PUT, "x"], 1);
    expect(sentence({ apiDocument: document })).toBe(
      'PolicyStore "permissions": apiDocument.paths["/new"].get is without a decision: no policy permits it, and nothing says that ' +
        "nobody may call it; allowed: groups that may call it, or a written reason x-palisade-nobody; to fix it, name the groups of " +
        "getNew and permit it to them, or say why nobody may call it",
    );
  });

  test("nobody, with a reason", () => {
    const closed = { operationId: "getNew", "x-palisade-nobody": "Closed until the next version." };
    expect(
      settings({ apiDocument: set(API_DOCUMENT, ["paths", "/new"], { get: closed }) }).api.operations.at(-1),
    ).toEqual({
      operationId: "getNew",
      place: 'paths["/new"].get',
      groups: [],
      nobodyReason: "Closed until the next version.",
    });
  });

  test.each<[string, object]>([
    ["short", { "x-palisade-nobody": "no" }],
    ["beside groups", { "x-palisade-nobody": "Nobody, for now.", "x-palisade-groups": ["keeper"] }],
    ["of another type", { "x-palisade-nobody": true }],
  ])("a reason %s", (_what, more) => {
    const document = set(API_DOCUMENT, ["paths", "/new"], { get: { operationId: "getNew", ...more } });
    expect(sentence({ apiDocument: document })).toContain(
      'PolicyStore "permissions": apiDocument.paths["/new"].get.x-palisade-nobody is ',
    );
  });

  test("a group that no policy lets in", () => {
    const document = set(API_DOCUMENT, [...PUT, "x-palisade-groups"], ["keeper", "vet"]);
    expect(sentence({ apiDocument: document })).toBe(
      'PolicyStore "permissions": apiDocument.paths["/pets/{petId}"].put.x-palisade-groups is naming "vet", which no policy lets ' +
        "call replacePet; allowed: groups that a policy permits the operation on the API; to fix it, permit replacePet to the group " +
        "in a policy, or take it out of the document",
    );
  });

  test("a group that a policy lets in and the document does not", () => {
    const policies = { ...POLICIES, "vets-call.cedar": CALL.replace("|keeper", "|vet") };
    expect(sentence({ policies })).toBe(
      'PolicyStore "permissions": policies["vets-call.cedar"] is letting the group "vet" call replacePet; allowed: what ' +
        'apiDocument.paths["/pets/{petId}"].put.x-palisade-groups says: keeper; to fix it, take it out of the policy, or name the ' +
        "group in the document",
    );
  });

  test("a policy that lets everybody in", () => {
    const policies = { ...POLICIES, "all.cedar": "permit (principal, action, resource is Palisade::Api);" };
    expect(sentence({ policies })).toBe(
      'PolicyStore "permissions": policies["all.cedar"] is letting callers of no group call replacePet; allowed: what ' +
        'apiDocument.paths["/pets/{petId}"].put.x-palisade-groups says: keeper; to fix it, take it out of the policy, or name the ' +
        "group in the document",
    );
    const closed = set(
      set(API_DOCUMENT, [...PUT, "x-palisade-groups"], undefined),
      [...PUT, "x-palisade-nobody"],
      "Not before May.",
    );
    expect(sentence({ apiDocument: closed })).toContain("x-palisade-groups says: nobody;");
  });

  test("a forbid that takes away what the document gives", () => {
    const policies = { ...POLICIES, "none.cedar": "forbid (principal, action, resource is Palisade::Api);" };
    expect(sentence({ policies })).toContain('is naming "keeper", which no policy lets call replacePet;');
  });
});

test("the example's document and policies agree, with the operation that nobody may call", () => {
  const folder = new URL("../../../../examples/policies/", import.meta.url);
  const { api, policies } = settings({
    apiDocument: parse(readFileSync(new URL("openapi.yaml", folder), "utf8")),
    policies: readPolicies(fileURLToPath(new URL("policies", folder))),
    namespace: "Notes",
  });
  expect(Object.keys(policies)).toHaveLength(4);
  expect(api.operations.map(({ operationId, nobodyReason }) => [operationId, nobodyReason !== undefined])).toEqual([
    ["listNotes", false],
    ["readNote", false],
    ["deleteNote", true],
  ]);
});

test("a question that the engine does not take is no permission", () => {
  expect(decider({ "x.cedar": "nonsense" }, "Palisade")("replacePet", "keeper")).toEqual({ allowed: false, files: [] });
});

describe("the other arguments", () => {
  test.each([["palisade"], ["A-B"], [""], [7], ["A::B"]])("namespace %j", (namespace) => {
    expect(sentence({ namespace })).toBe(
      `PolicyStore "permissions": namespace is ${JSON.stringify(namespace)}; allowed: letters and digits, the first an upper-case ` +
        "letter, at most 60; to fix it, set namespace as the policies write it, such as Palisade",
    );
  });

  test.each<[unknown, string]>([
    [undefined, "no user pool"],
    ["pool", "no user pool"],
    [{ userPoolId: "x" }, "without userPoolArn, clientIds"],
  ])("userPool %j", (userPool, shown) => {
    expect(sentence({ userPool })).toBe(
      `PolicyStore "permissions": userPool is ${shown}; allowed: a UserPool, or { userPoolId, userPoolArn, clientIds }; to fix it, ` +
        "pass the UserPool whose tokens the API takes",
    );
  });

  test("a document that is no gateway's", () => {
    expect(sentence({ apiDocument: { openapi: "3.1.0" } })).toContain(
      'PolicyStore "permissions": apiDocument.openapi is "3.1.0"',
    );
  });
});

describe("readPolicies", () => {
  test("reads the Cedar files of a folder, sorted", () => {
    const folder = mkdtempSync(join(tmpdir(), "palisade-policies-"));
    writeFileSync(join(folder, "b.cedar"), "B");
    writeFileSync(join(folder, "a.cedar"), "A");
    writeFileSync(join(folder, "README.md"), "no policy");
    expect(Object.entries(readPolicies(folder))).toEqual([
      ["a.cedar", "A"],
      ["b.cedar", "B"],
    ]);
    rmSync(join(folder, "a.cedar"));
    rmSync(join(folder, "b.cedar"));
    expect(() => readPolicies(folder)).toThrow(
      new PalisadeError(`The folder ${folder} has no Cedar policy: no file ends with .cedar`),
    );
    rmSync(folder, { recursive: true });
    expect(() => readPolicies(folder)).toThrow(/^The folder of Cedar policies .* cannot be read: ENOENT/);
  });
});
