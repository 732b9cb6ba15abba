import type { Reader } from "./reader.ts";

/** One statement of a policy document, read as IAM does. */
export interface Statement {
  /** Its Sid, else its position: what a finding is named by. */
  label: string;
  allows: boolean;
  actions: string[];
  notActions: boolean;
  resources: string[];
  /** Whether everyone is a principal: `*`, or `AWS: *`. */
  everyone: boolean;
  /** Service principals. */
  services: string[];
  conditions: Reader;
}

/** The statements of a document, as JSON text or an object. None when there is no document. */
export function statementsOf(document: Reader): Reader[] {
  return document.present ? document.json().at("Statement").list() : [];
}

/**
 * Reads a statement.
 *
 * @throws NotEvaluatedError for a part that is not known.
 */
export function readStatement(statement: Reader, position: number): Statement {
  const principal = statement.at("Principal");
  const everyone = principal.value === "*";
  const named = everyone ? undefined : principal;
  return {
    label: statement.at("Sid").text() ?? String(position),
    allows: statement.at("Effect").text() === "Allow",
    actions: statement.at("Action").texts(),
    notActions: statement.at("NotAction").present,
    resources: statement.at("Resource").texts(),
    everyone: everyone || named?.at("AWS").texts().includes("*") === true,
    services: named?.at("Service").texts() ?? [],
    conditions: statement.at("Condition"),
  };
}

/** Keys of conditions that bind a request to an account, an organization, a network or a source. */
const NARROWING = [
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceowner",
  "aws:sourceorgid",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceip",
  "aws:userid",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
];

/** Whether a statement's conditions let in less than everyone: a positive operator over a key that says who or whence. */
export function isNarrowed({ conditions }: Statement): boolean {
  return conditions
    .entries()
    .filter(([operator]) => !/Not|Null|IfExists$/.test(operator))
    .some(([, keys]) => keys.entries().some(([key, value]) => NARROWING.includes(key.toLowerCase()) && isBound(value)));
}

function isBound(value: Reader): boolean {
  const texts = value.texts();
  return texts.length > 0 && !texts.some((text) => text === "*" || text === "0.0.0.0/0" || text === "::/0");
}

/** Whether an action pattern of IAM (`s3:Get*`) matches an action, whatever the case. */
export function matchesAction(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${expression}$`, "i").test(action);
}
