import { randomBytes } from "node:crypto";
import type { SchemaJson } from "@cedar-policy/cedar-wasm/nodejs";
import { type Answer, checkPolicy, prepare, type Question, readSchema } from "./engine.ts";
import { notFound, validation } from "./errors.ts";
import type { IdentitySource } from "./token.ts";

/** When something was made and changed last, in the API's form. */
export interface Dates {
  createdDate: string;
  lastUpdatedDate: string;
}

export interface StoredPolicy extends Dates {
  policyId: string;
  statement: string;
  description?: string;
}

export interface StoredSource extends Dates {
  identitySourceId: string;
  source: IdentitySource;
}

/** 22 letters and digits, as Verified Permissions makes ids. */
export function newId(prefix = ""): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const letters = [...randomBytes(22)].map((byte) => alphabet[byte % alphabet.length]).join("");
  return prefix + letters.slice(prefix.length);
}

export function datesOfNow(): Dates {
  const now = new Date().toISOString();
  return { createdDate: now, lastUpdatedDate: now };
}

/** One policy store: what was put into it, and the decisions. */
export class PolicyStore {
  readonly policyStoreId = newId("PS");
  readonly policies = new Map<string, StoredPolicy>();
  readonly dates = datesOfNow();
  /** AWS allows one a store. */
  identitySource: StoredSource | undefined;
  deletionProtection: "ENABLED" | "DISABLED";
  mode: "STRICT" | "OFF";
  description: string | undefined;
  tags: Record<string, string>;
  schema: { text: string; json: SchemaJson<string>; dates: Dates } | undefined;
  #decide: ((question: Question) => Answer) | undefined;

  constructor(settings: {
    mode: "STRICT" | "OFF";
    deletionProtection?: "ENABLED" | "DISABLED";
    description?: string;
    tags?: Record<string, string>;
  }) {
    this.mode = settings.mode;
    this.deletionProtection = settings.deletionProtection ?? "DISABLED";
    this.description = settings.description;
    this.tags = settings.tags ?? {};
  }

  putSchema(text: string): void {
    const json = readSchema(text);
    const before = this.schema?.dates.createdDate;
    const dates = datesOfNow();
    this.schema = { text, json, dates: { ...dates, createdDate: before ?? dates.createdDate } };
    this.#decide = undefined;
  }

  createPolicy(statement: string, description?: string): StoredPolicy {
    this.#check(statement);
    const policy = { policyId: newId(), statement, description, ...datesOfNow() };
    this.policies.set(policy.policyId, policy);
    this.#decide = undefined;
    return policy;
  }

  updatePolicy(policyId: string, statement: string, description?: string): StoredPolicy {
    const before = this.policy(policyId);
    this.#check(statement);
    const policy = { ...before, statement, description, lastUpdatedDate: new Date().toISOString() };
    this.policies.set(policyId, policy);
    this.#decide = undefined;
    return policy;
  }

  deletePolicy(policyId: string): void {
    this.policies.delete(policyId);
    this.#decide = undefined;
  }

  policy(policyId: string): StoredPolicy {
    const policy = this.policies.get(policyId);
    if (policy === undefined) throw notFound("POLICY", policyId);
    return policy;
  }

  decide(question: Question): Answer {
    this.#decide ??= prepare(
      Object.fromEntries([...this.policies.values()].map(({ policyId, statement }) => [policyId, statement])),
      this.mode === "STRICT" ? this.schema?.json : undefined,
    );
    return this.#decide(question);
  }

  #check(statement: string): void {
    if (this.mode === "STRICT") checkPolicy(statement, this.schema?.json);
    else if (statement.trim() === "") throw validation("the statement is empty", "definition.static.statement");
  }
}
