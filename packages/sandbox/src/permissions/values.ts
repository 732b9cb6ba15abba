/** Values as Verified Permissions' API writes them, in the JSON of the Cedar engine. */
import type { CedarValueJson, EntityJson, EntityUidJson } from "@cedar-policy/cedar-wasm/nodejs";
import { validation } from "./errors.ts";

/** `AttributeValue` of the API: one member. */
export interface AttributeValue {
  boolean?: boolean;
  long?: number;
  string?: string;
  entityIdentifier?: EntityIdentifier;
  set?: AttributeValue[];
  record?: Record<string, AttributeValue>;
  ipaddr?: string;
  decimal?: string;
  datetime?: string;
  duration?: string;
}

export interface EntityIdentifier {
  entityType: string;
  entityId: string;
}

interface EntityItem {
  identifier?: EntityIdentifier;
  attributes?: Record<string, AttributeValue>;
  parents?: EntityIdentifier[];
  tags?: Record<string, AttributeValue>;
}

/** `EntitiesDefinition` of the API. */
export interface EntitiesDefinition {
  entityList?: EntityItem[];
  cedarJson?: string;
}

/** `ContextDefinition` of the API. */
export interface ContextDefinition {
  contextMap?: Record<string, AttributeValue>;
  cedarJson?: string;
}

/** Extension types by the member of `AttributeValue`, and the function of Cedar that makes one. */
const EXTENSIONS = { ipaddr: "ip", decimal: "decimal", datetime: "datetime", duration: "duration" } as const;

export function uidOf(identifier: EntityIdentifier | undefined, path: string): { type: string; id: string } {
  const { entityType, entityId } = identifier ?? {};
  if (typeof entityType === "string" && typeof entityId === "string") return { type: entityType, id: entityId };
  throw validation(`${path} must have an entityType and an entityId`, path);
}

export function cedarValue(value: AttributeValue, path: string): CedarValueJson {
  const [member, ...others] = Object.keys(value);
  if (others.length > 0) throw validation(`${path} must have one member`, path);
  if (value.boolean !== undefined) return value.boolean;
  if (value.long !== undefined) return value.long;
  if (value.string !== undefined) return value.string;
  if (value.entityIdentifier !== undefined) return { __entity: uidOf(value.entityIdentifier, path) };
  if (value.set !== undefined) return value.set.map((item, index) => cedarValue(item, `${path}[${index}]`));
  if (value.record !== undefined) return cedarRecord(value.record, path);
  const fn = EXTENSIONS[member as keyof typeof EXTENSIONS];
  const arg = value[member as keyof typeof EXTENSIONS];
  if (fn === undefined || typeof arg !== "string") throw validation(`${path} has no value that is known`, path);
  return { __extn: { fn, arg } };
}

function cedarRecord(record: Record<string, AttributeValue>, path: string): Record<string, CedarValueJson> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, cedarValue(value, `${path}.${key}`)]));
}

export function cedarContext(context: ContextDefinition | undefined): Record<string, CedarValueJson> {
  if (context?.cedarJson !== undefined) return parsed(context.cedarJson, "context.cedarJson");
  return cedarRecord(context?.contextMap ?? {}, "context.contextMap");
}

export function cedarEntities(entities: EntitiesDefinition | undefined): EntityJson[] {
  if (entities?.cedarJson !== undefined) return parsed(entities.cedarJson, "entities.cedarJson");
  return (entities?.entityList ?? []).map(({ identifier, attributes = {}, parents = [], tags }, index) => {
    const path = `entities.entityList[${index}]`;
    return {
      uid: uidOf(identifier, `${path}.identifier`),
      attrs: cedarRecord(attributes, `${path}.attributes`),
      parents: parents.map((parent) => uidOf(parent, `${path}.parents`)),
      ...(tags && { tags: cedarRecord(tags, `${path}.tags`) }),
    };
  });
}

/** The type of an entity, in either form of Cedar's JSON. */
export function typeOf(uid: EntityUidJson): string {
  return "__entity" in uid ? uid.__entity.type : uid.type;
}

function parsed<T>(text: string, path: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw validation(`${path} is not JSON`, path);
  }
}
