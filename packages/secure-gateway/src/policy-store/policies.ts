import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DetailedError } from "@cedar-policy/cedar-wasm/nodejs";
import { invalid, isPlainObject, PalisadeError } from "@palisade/core";
import { cedar } from "./cedar.ts";
import { FIXED, TYPES, USER_POOL } from "./defaults.ts";
import type { ApiSchema } from "./schema.ts";

/** Policies that were read: the text of each by the name of its file. */
export type Policies = Readonly<Record<string, string>>;

const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*\.cedar$/;

/**
 * Reads the Cedar files of a folder.
 *
 * @param folder Where they are, absolute or relative to the working folder.
 * @returns The text of each `*.cedar` file by its name, sorted.
 * @throws PalisadeError when the folder cannot be read or has no such file.
 */
export function readPolicies(folder: string): Record<string, string> {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".cedar"));
  } catch (error) {
    throw new PalisadeError(`The folder of Cedar policies ${folder} cannot be read: ${(error as Error).message}`);
  }
  if (names.length === 0) throw new PalisadeError(`The folder ${folder} has no Cedar policy: no file ends with .cedar`);
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/**
 * Checks that each file holds one static policy that fits the schema, and names groups as Verified Permissions does.
 *
 * @throws PalisadeError for the first that does not, with its file and line
 */
export function checkPolicies(name: string, policies: unknown, { schema }: ApiSchema): Policies {
  if (!isPlainObject(policies) || Object.keys(policies).length === 0) {
    throw invalid({
      component: "PolicyStore",
      name,
      property: "policies",
      received: policies,
      allowed: "a literal record with at least one policy: the text of each Cedar file by its name",
      fix: "pass readPolicies(folder)",
    });
  }
  for (const [file, text] of Object.entries(policies)) checkFile(name, file, text);
  const checked = policies as Policies;
  const answer = cedar().validate({ schema, policies: { staticPolicies: { ...checked } } });
  // Each was parsed before, and the schema is ours.
  if (answer.type === "failure") throw new PalisadeError(`PolicyStore "${name}": ${answer.errors[0]?.message}`);
  // What can never apply is a mistake too, and Verified Permissions would say nothing of it.
  const [first] = [...answer.validationErrors, ...answer.validationWarnings];
  if (first) throw fileFault(name, first.policyId, checked[first.policyId] ?? "", first.error);
  const [namespace] = Object.keys(schema);
  for (const [file, text] of Object.entries(checked)) checkGroupNames(name, file, text, `${namespace}::${TYPES.role}`);
  return checked;
}

/** The names of the groups that the policies name. */
export function groupsOf(policies: Policies, roleType: string): string[] {
  const ids = Object.values(policies).flatMap((text) => rolesIn(text, roleType));
  return [...new Set(ids.map((id) => id.slice(USER_POOL.length + 1)))];
}

function checkFile(name: string, file: string, text: unknown): void {
  const property = `policies[${JSON.stringify(file)}]`;
  if (!FILE_NAME.test(file)) {
    throw invalid({
      component: "PolicyStore",
      name,
      property,
      receivedText: "under a name that is no Cedar file's",
      allowed: "lower-case words and numbers with hyphens, then .cedar: it becomes the policy's logical name",
      fix: "rename the file, for example partners-call.cedar",
    });
  }
  if (typeof text !== "string" || text.length > FIXED.maximumPolicyLength) {
    throw invalid({
      component: "PolicyStore",
      name,
      property,
      receivedText: typeof text === "string" ? `${text.length} characters long` : `a ${typeof text}`,
      allowed: `the literal text of one policy, at most ${FIXED.maximumPolicyLength} characters`,
      fix: "shorten it, or split it into two files",
    });
  }
  const parsed = cedar().checkParsePolicySet({ staticPolicies: text });
  if (parsed.type === "failure") throw fileFault(name, file, text, parsed.errors[0] as DetailedError);
  const parts = cedar().policySetTextToParts(text);
  const count = parts.type === "success" ? parts.policies.length : 0;
  if (count === 1) return;
  throw invalid({
    component: "PolicyStore",
    name,
    property,
    receivedText: `${count} policies`,
    allowed: "one policy",
    fix: "write one policy in each file: a test then notices when one is gone",
  });
}

/** A group without the pool's id before it is nobody's, and the policy would be without effect. */
function checkGroupNames(name: string, file: string, text: string, roleType: string): void {
  for (const id of rolesIn(text, roleType)) {
    if (id.startsWith(`${USER_POOL}|`) && id.length > USER_POOL.length + 1) continue;
    throw invalid({
      component: "PolicyStore",
      name,
      property: `policies[${JSON.stringify(file)}]`,
      receivedText: `a policy for ${roleType}::${JSON.stringify(id)} (line ${lineOf(text, text.indexOf(id))})`,
      allowed: `groups as Verified Permissions names them: ${roleType}::"${USER_POOL}|<group>"`,
      fix: `write ${roleType}::"${USER_POOL}|${id}"`,
    });
  }
}

function rolesIn(text: string, roleType: string): string[] {
  const answer = cedar().policyToJson(text);
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (isPlainObject(value)) {
      if (value.type === roleType && typeof value.id === "string") found.push(value.id);
      for (const item of Object.values(value)) walk(item);
    }
  };
  if (answer.type === "success") walk(answer.json);
  return found;
}

function fileFault(name: string, file: string, text: string, error: DetailedError): PalisadeError {
  const { message, help, sourceLocations = [] } = error;
  // The engine names a policy by its id, which the property does already.
  const said = message.replace(/^(?:for policy `[^`]*`, |failed to parse .* from string: )/, "");
  const start = sourceLocations[0]?.start;
  const line = start === undefined ? "" : ` at line ${lineOf(text, start)}`;
  return invalid({
    component: "PolicyStore",
    name,
    property: `policies[${JSON.stringify(file)}]`,
    receivedText: `wrong${line}: ${said}`,
    allowed: "a Cedar policy that fits the schema of the OpenAPI document",
    fix: help ?? "correct the policy",
  });
}

// The engine counts bytes of UTF-8.
function lineOf(text: string, byte: number): number {
  return Buffer.from(text).subarray(0, Math.max(0, byte)).toString().split("\n").length;
}
