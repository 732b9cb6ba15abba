import type { SchemaJson, TypeOfAttribute } from "@cedar-policy/cedar-wasm/nodejs";
import { at, type DocumentOwner, entriesOf, fault, type Json, own } from "../openapi/document.ts";
import { type ApiOperation, readContract } from "../openapi/operations.ts";
import { DEFAULTS, TYPES } from "./defaults.ts";

/** A protected operation, as the policies must decide about it. */
export interface DecidedOperation {
  operationId: string;
  /** Where it stands in the document. */
  place: string;
  /** The groups whose members may call it, as the document says. */
  groups: string[];
  /** Why nobody may call it, in its owner's words. */
  nobodyReason?: string;
}

/** A schema, and the operations that it was made from. */
export interface ApiSchema {
  schema: SchemaJson<string>;
  operations: DecidedOperation[];
}

const PRIMITIVES: ReadonlySet<string> = new Set(["String", "Long", "Boolean"]);
/** Names of Cedar's own types beside the primitives. */
const TAKEN: ReadonlySet<string> = new Set([...Object.values(TYPES), ...PRIMITIVES, "Bool", "Set", "Record", "Entity"]);

/**
 * The Cedar schema of an OpenAPI document, as Verified Permissions takes it: its protected operations are the actions, each on the API as a
 * whole and on the resource that `x-palisade-resource` names.
 *
 * @param document A parsed OpenAPI 3.0 document.
 * @param namespace The namespace of types and actions. Default: `Palisade`.
 * @throws PalisadeError when the document cannot be a gateway's, or names an entity type or an attribute that is none.
 */
export function cedarSchema(document: unknown, namespace: string = DEFAULTS.namespace): SchemaJson<string> {
  return schemaOf(document, { component: "OpenAPI document", name: titleOf(document), prefix: "" }, namespace).schema;
}

/** The same for a component's document, with the operations. */
export function schemaOf(document: unknown, owner: DocumentOwner, namespace: string): ApiSchema {
  const operations = readContract(document, owner).operations.filter(
    ({ authentication }) => authentication.scheme !== undefined,
  );
  const resources = resourceTypes(owner, document);
  const decided = operations.map((operation) => decidedOperation(owner, document, operation, resources));
  const empty = { type: "Record", attributes: {} } as const;
  return {
    schema: {
      [namespace]: {
        entityTypes: {
          [TYPES.user]: { memberOfTypes: [TYPES.role], shape: empty },
          [TYPES.role]: { memberOfTypes: [], shape: empty },
          [TYPES.api]: { memberOfTypes: [], shape: empty },
          ...Object.fromEntries(
            [...resources].map(([name, attributes]) => [
              name,
              { memberOfTypes: [], shape: { type: "Record" as const, attributes } },
            ]),
          ),
        },
        actions: Object.fromEntries(
          decided.map(({ operationId, resource }) => [
            operationId,
            {
              appliesTo: {
                principalTypes: [TYPES.user],
                resourceTypes: [TYPES.api, ...(resource === undefined ? [] : [resource])],
                context: empty,
              },
            },
          ]),
        ),
      },
    },
    operations: decided.map(({ resource: _resource, ...operation }) => operation),
  };
}

function titleOf(document: unknown): string {
  const title = own(own(document, "info"), "title");
  return typeof title === "string" ? title : "without a title";
}

type Attributes = Record<string, TypeOfAttribute<string>>;

/** `x-palisade-resources`: the attributes of each entity type by its name. */
function resourceTypes(owner: DocumentOwner, document: unknown): Map<string, Attributes> {
  const place = "x-palisade-resources";
  const declared = entriesOf(owner, place, own(document, "x-palisade-resources"));
  const names = new Set(declared.map(([name]) => name));
  return new Map(
    declared.map(([name, attributes]) => {
      if (!/^[A-Z][A-Za-z0-9]*$/.test(name) || TAKEN.has(name)) {
        throw fault(owner, at(place, name), {
          receivedText: `an entity type named ${JSON.stringify(name)}`,
          allowed: `letters and digits, the first an upper-case letter, and none of ${[...TAKEN].join(", ")}`,
          fix: "rename the type",
        });
      }
      return [name, attributesOf(owner, at(place, name), attributes, names)];
    }),
  );
}

function attributesOf(
  owner: DocumentOwner,
  place: string,
  attributes: unknown,
  names: ReadonlySet<string>,
): Attributes {
  const read = entriesOf(owner, place, attributes).map(([attribute, type]) => {
    if (typeof type === "string" && PRIMITIVES.has(type)) return [attribute, { type, required: true }];
    if (typeof type === "string" && (type === TYPES.role || type === TYPES.user || names.has(type))) {
      return [attribute, { type: "Entity", name: type, required: true }];
    }
    throw fault(owner, at(place, attribute), {
      received: type,
      allowed: [...PRIMITIVES, TYPES.role, TYPES.user, ...names].join(", "),
      fix: "name one of these types",
    });
  });
  return Object.fromEntries(read) as Attributes;
}

function decidedOperation(
  owner: DocumentOwner,
  document: unknown,
  { operationId, place, path, method, groups }: ApiOperation,
  resources: ReadonlyMap<string, Attributes>,
): DecidedOperation & { resource?: string } {
  const operation = own(own(own(document, "paths"), path), method.toLowerCase()) as Json;
  const resource = operation["x-palisade-resource"];
  if (resource !== undefined && (typeof resource !== "string" || !resources.has(resource))) {
    throw fault(owner, `${place}.x-palisade-resource`, {
      received: resource,
      allowed: `an entity type of x-palisade-resources: ${[...resources.keys()].join(", ") || "there is none"}`,
      fix: "name one of these types, or add it",
    });
  }
  const reason = operation["x-palisade-nobody"];
  if (reason !== undefined && (typeof reason !== "string" || reason.trim().length < 10 || groups.length > 0)) {
    throw fault(owner, `${place}.x-palisade-nobody`, {
      received: reason,
      allowed: "a written reason of at least 10 characters, on an operation without groups",
      fix: "say why nobody may call the operation, or name the groups that may",
    });
  }
  return {
    operationId,
    place,
    groups,
    ...(typeof reason === "string" && { nobodyReason: reason }),
    ...(resource !== undefined && { resource: resource as string }),
  };
}
