import {
  arrayAt,
  at,
  checkJson,
  type DocumentOwner,
  entriesOf,
  fault,
  type Json,
  objectAt,
  own,
  resolve,
  titleOf,
} from "./document.ts";
import { checkSiblings, type Segment, segmentsOf } from "./paths.ts";
import { RequestModels } from "./schemas.ts";
import { type Authentication, authenticationOf } from "./security.ts";

/** An operation, as the authorizer's `OPERATIONS` lists it. */
export interface Operation {
  operationId: string;
  /** The HTTP method in upper case. */
  method: string;
  /** The path with its variables, for example `/orders/{orderId}`. */
  path: string;
  /** The groups whose members may call it (`x-palisade-groups`); empty for an operation that nobody is authorized for by group. */
  groups: string[];
  /**
   * The header that the caller's credential comes in, and that API Gateway keeps the authorizer's answer under: an authorizer must take the
   * credential from no other. Not set for an operation that is open on purpose.
   */
  identityHeader?: string;
}

/** A parameter that API Gateway checks for presence. */
export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  /** The type of its schema. API Gateway checks presence only; the rest of the schema is the function's to check. */
  type: string;
}

/** What an operation's body may be. */
export interface Body {
  required: boolean;
  /** The model of each JSON media type. */
  models: { mediaType: string; model: string }[];
  /** Media types that are not JSON, which no model of API Gateway can describe. */
  unmodelled: string[];
}

/** All that the gateway must know of an operation. */
export interface ApiOperation extends Operation {
  /** Where it stands in the document. */
  place: string;
  summary?: string;
  parameters: Parameter[];
  body?: Body;
  authentication: Authentication;
  /** The documented answers, without their schemas: API Gateway does not check what a function answers. */
  responses: Record<string, string>;
}

/** A document that was read and found fit for API Gateway. */
export interface ApiContract {
  title: string;
  version: string;
  operations: ApiOperation[];
  models: Record<string, Json>;
}

// TRACE is left out: API Gateway has no such method.
const METHODS: ReadonlySet<string> = new Set(["get", "put", "post", "delete", "options", "head", "patch"]);
const PATH_ITEM_KEYS: ReadonlySet<string> = new Set(["summary", "description", "servers", "parameters"]);

/**
 * The operations of an OpenAPI document in its order: what the authorizer needs to know of the API.
 *
 * @param document A parsed OpenAPI 3.0 document.
 * @throws PalisadeError when the document could not be a gateway's: see `SecureGatewayArgs.apiDocument`.
 */
export function operationsOf(document: unknown): Operation[] {
  return readContract(document, titleOf(document)).operations.map(
    ({ operationId, method, path, groups, identityHeader }) => ({
      operationId,
      method,
      path,
      groups,
      ...(identityHeader === undefined ? {} : { identityHeader }),
    }),
  );
}

/** Reads a document once and refuses, with the place and the fix, whatever API Gateway would ignore or the gateway does not allow. */
export function readContract(document: unknown, owner: DocumentOwner): ApiContract {
  checkJson(owner, document);
  const root = objectAt(owner, "", document);
  checkVersion(owner, root);
  const models = new RequestModels(owner, root);
  const paths = new Map<string, Segment[]>();
  const operations: ApiOperation[] = [];
  for (const [path, item] of entriesOf(owner, "paths", root.paths)) {
    if (path.startsWith("x-")) continue;
    const place = at("paths", path);
    const segments = segmentsOf(owner, place, path);
    paths.set(path, segments);
    for (const [method, content] of entriesOf(owner, place, item)) {
      if (PATH_ITEM_KEYS.has(method) || method.startsWith("x-")) continue;
      checkMethod(owner, place, method);
      operations.push(readOperation({ owner, root, models, path, segments, method, item: item as Json, content }));
    }
  }
  checkSiblings(owner, paths);
  checkUnique(owner, operations);
  if (operations.length === 0) {
    throw fault(owner, "paths", { receivedText: "without an operation", allowed: "at least one", fix: "add one" });
  }
  const info = own(root, "info");
  return {
    title: textOr(own(info, "title"), owner.name),
    version: textOr(own(info, "version"), "1"),
    operations,
    models: models.all(),
  };
}

interface OperationSource {
  owner: DocumentOwner;
  root: Json;
  models: RequestModels;
  path: string;
  segments: Segment[];
  method: string;
  item: Json;
  content: unknown;
}

function readOperation(source: OperationSource): ApiOperation {
  const { owner, root, path, method } = source;
  const place = at(at("paths", path), method);
  const operation = objectAt(owner, place, source.content);
  const operationId = readId(owner, place, operation.operationId);
  const groups = readGroups(owner, `${place}.x-palisade-groups`, operation["x-palisade-groups"]);
  const authentication = authenticationOf({ owner, root, place, operation, operationId, groups });
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    groups,
    identityHeader: authentication.scheme?.header,
    place,
    summary: typeof operation.summary === "string" ? operation.summary : undefined,
    parameters: readParameters(source, place, operation),
    body: readBody(source, place, operation, operationId),
    authentication,
    responses: readResponses(owner, place, operation),
  };
}

function checkVersion(owner: DocumentOwner, root: Json): void {
  if (typeof root.openapi === "string" && /^3\.0\.\d+$/.test(root.openapi)) return;
  throw fault(owner, "openapi", {
    received: root.openapi,
    allowed: "3.0.0 to 3.0.4, as text",
    fix: "write the document in OpenAPI 3.0: API Gateway imports neither 3.1 nor, with these extensions, 2.0",
  });
}

function checkMethod(owner: DocumentOwner, place: string, method: string): void {
  if (METHODS.has(method)) return;
  throw fault(owner, at(place, method), {
    receivedText: "not a method that API Gateway has",
    allowed: [...METHODS].join(", "),
    fix: "use one of those; a path item that is a $ref must be written out",
  });
}

function readId(owner: DocumentOwner, place: string, id: unknown): string {
  if (typeof id === "string" && /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(id)) return id;
  throw fault(owner, `${place}.operationId`, {
    received: id,
    allowed: "a letter, then letters, digits and `_.-`, at most 64 characters in all",
    fix: "give the operation such an id: functions are assigned by it",
  });
}

function checkUnique(owner: DocumentOwner, operations: ApiOperation[]): void {
  const places = new Map<string, string>();
  for (const { operationId, place } of operations) {
    const other = places.get(operationId);
    if (other !== undefined) {
      throw fault(owner, `${place}.operationId`, {
        received: operationId,
        allowed: "an id that no other operation has",
        fix: `rename it: ${other} has the same`,
      });
    }
    places.set(operationId, place);
  }
}

function readGroups(owner: DocumentOwner, place: string, value: unknown): string[] {
  return arrayAt(owner, place, value).map((group, index) => {
    // No comma: the authorizer hands the caller's groups on as one text, separated by commas.
    if (typeof group === "string" && /^[\w.:@+-]{1,128}$/.test(group)) return group;
    throw fault(owner, `${place}[${index}]`, {
      received: group,
      allowed: "the name of a group: letters, digits and `_.:@+-`, at most 128 characters",
      fix: "name a group so",
    });
  });
}

function readParameters(source: OperationSource, place: string, operation: Json): Parameter[] {
  const { owner, item, path, segments } = source;
  const shared = readParameterList(source, at(at("paths", path), "parameters"), item.parameters);
  const parameters = new Map([...shared, ...readParameterList(source, `${place}.parameters`, operation.parameters)]);
  const variables = segments.flatMap(({ variable }) => variable ?? []);
  for (const variable of variables) {
    if (parameters.has(`path ${variable}`)) continue;
    throw fault(owner, `${place}.parameters`, {
      receivedText: `without the path's variable {${variable}}`,
      allowed: "each variable of the path as a parameter with `in: path` and a schema",
      fix: `add a parameter named ${variable}`,
    });
  }
  for (const { name, in: where } of parameters.values()) {
    if (where !== "path" || variables.includes(name)) continue;
    throw fault(owner, `${place}.parameters`, {
      receivedText: `with the path parameter ${JSON.stringify(name)}`,
      allowed: `the variables of ${JSON.stringify(path)}: ${variables.join(", ") || "none"}`,
      fix: "rename the parameter, or add the variable to the path",
    });
  }
  return [...parameters.values()].filter((parameter): parameter is Parameter => parameter.in !== "cookie");
}

type DocumentParameter = Omit<Parameter, "in"> & { in: Parameter["in"] | "cookie" };

function readParameterList(source: OperationSource, place: string, list: unknown): Map<string, DocumentParameter> {
  const { owner, root } = source;
  const parameters = new Map<string, DocumentParameter>();
  for (const [index, value] of arrayAt(owner, place, list).entries()) {
    const parameter = readParameter(owner, root, `${place}[${index}]`, value);
    const key = `${parameter.in} ${parameter.name}`;
    if (parameters.has(key)) {
      throw fault(owner, `${place}[${index}]`, {
        receivedText: `a second ${parameter.in} parameter ${JSON.stringify(parameter.name)}`,
        allowed: "one of a name and place",
        fix: "remove one",
      });
    }
    parameters.set(key, parameter);
  }
  return parameters;
}

function readParameter(owner: DocumentOwner, root: Json, place: string, value: unknown): DocumentParameter {
  const { name, in: where, required, schema } = resolve(owner, root, place, value, "components/parameters");
  if (typeof name !== "string" || !/^[A-Za-z0-9._$:-]+$/.test(name)) {
    throw fault(owner, `${place}.name`, {
      received: name,
      allowed: "letters, digits and `._$:-`",
      fix: "name the parameter so: API Gateway's mappings have no other names",
    });
  }
  if (where !== "path" && where !== "query" && where !== "header" && where !== "cookie") {
    throw fault(owner, `${place}.in`, {
      received: where,
      allowed: "path, query, header, cookie",
      fix: "say where it is",
    });
  }
  if (schema === undefined) {
    throw fault(owner, `${place}.schema`, {
      received: schema,
      allowed: "a schema",
      fix: "say what the parameter may be: what has no schema is not checked anywhere",
    });
  }
  const { type } = resolve(owner, root, `${place}.schema`, schema, "components/schemas");
  return { name, in: where, required: where === "path" || required === true, type: textOr(type, "string") };
}

function readBody(source: OperationSource, place: string, operation: Json, operationId: string): Body | undefined {
  const { owner, root, models, method } = source;
  if (operation.requestBody === undefined) return undefined;
  const bodyPlace = `${place}.requestBody`;
  if (method === "get" || method === "head") {
    throw fault(owner, bodyPlace, {
      receivedText: `a body on ${method.toUpperCase()}`,
      allowed: "bodies on the other methods",
      fix: "use POST, or a query parameter (RFC 9110, 9.3.1: a body of GET has no meaning)",
    });
  }
  const { content, required } = resolve(owner, root, bodyPlace, operation.requestBody, "components/requestBodies");
  const body: Body = { required: required === true, models: [], unmodelled: [] };
  const media = entriesOf(owner, `${bodyPlace}.content`, content);
  if (media.length === 0) throw missingModel(owner, `${bodyPlace}.content`, operationId);
  for (const [mediaType, value] of media) {
    const mediaPlace = at(`${bodyPlace}.content`, mediaType);
    const schema = own(value, "schema");
    if (schema === undefined) throw missingModel(owner, `${mediaPlace}.schema`, operationId);
    if (!/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(mediaType)) {
      throw fault(owner, mediaPlace, {
        receivedText: "not one media type",
        allowed: "`type/subtype` in lower case, without parameters or wildcards",
        fix: "name the media types that are accepted, one entry each",
      });
    }
    if (/[/+]json$/.test(mediaType)) {
      body.models.push({ mediaType, model: models.nameFor(`${mediaPlace}.schema`, schema, operationId) });
    } else body.unmodelled.push(mediaType);
  }
  return body;
}

function missingModel(owner: DocumentOwner, place: string, operationId: string): Error {
  return fault(owner, place, {
    receivedText: "not set",
    allowed: "a schema for each media type of a body",
    fix: `describe the body of ${operationId} by a schema: it becomes the model that requests are checked against`,
  });
}

function readResponses(owner: DocumentOwner, place: string, operation: Json): Record<string, string> {
  const responses: Record<string, string> = {};
  for (const [status, response] of entriesOf(owner, `${place}.responses`, operation.responses)) {
    if (/^[1-5]\d\d$/.test(status)) responses[status] = textOr(own(response, "description"), "");
  }
  return responses;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
