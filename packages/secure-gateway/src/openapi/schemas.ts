import { arrayAt, at, type DocumentOwner, entriesOf, fault, type Json, objectAt, own } from "./document.ts";

/**
 * Request models. API Gateway's are JSON Schema draft 4, which an OpenAPI 3.0 schema is nearly but not quite; what its import
 * ignores is taken out here where nothing is lost, and is an error where the model would come to mean something else.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html (REST APIs)
 */

/** Keywords whose value is copied. */
const PLAIN_KEYWORDS: ReadonlySet<string> = new Set([
  ..."type required enum title description default".split(" "),
  ..."minimum maximum multipleOf minLength maxLength pattern".split(" "),
  ..."minItems maxItems uniqueItems minProperties maxProperties".split(" "),
]);
/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const ONE_SCHEMA: ReadonlySet<string> = new Set(["items", "not"]);
const SCHEMA_LISTS: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf"]);
/** Keywords that say nothing about which values are valid: dropped. */
const ANNOTATIONS: ReadonlySet<string> = new Set(
  "discriminator example examples readOnly writeOnly deprecated xml externalDocs".split(" "),
);
/** Formats that draft 4 defines (section 7.3); others, such as `uuid` or `int32`, are not checked and not accepted everywhere. */
const FORMATS: ReadonlySet<string> = new Set(["date-time", "email", "hostname", "ipv4", "ipv6", "uri"]);
/** Keywords that are refused when true, with what to write instead. */
const REFUSED_WHEN_TRUE: Record<string, string> = {
  nullable: "leave the property out of `required`, so that a caller omits it instead of sending null",
  exclusiveMinimum: "write the smallest allowed value as `minimum`",
  exclusiveMaximum: "write the largest allowed value as `maximum`",
};

const REFERENCE_PREFIX = "#/components/schemas/";

/** The models that request bodies use, by name. Each is a copy that API Gateway can import. */
export class RequestModels {
  readonly #owner: DocumentOwner;
  readonly #schemas: unknown;
  readonly #models = new Map<string, Json>();

  constructor(owner: DocumentOwner, document: Json) {
    this.#owner = owner;
    this.#schemas = own(own(document, "components"), "schemas");
  }

  /** The models used so far, in the order of their names, so that the body does not change with the order of operations. */
  all(): Record<string, Json> {
    return Object.fromEntries([...this.#models].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * The name of the model of a body's schema. A schema that is written in place gets a name from its operation.
   *
   * @throws PalisadeError when the schema, or one that it refers to, cannot be a model.
   */
  nameFor(place: string, schema: unknown, operationId: string): string {
    const reference = own(schema, "$ref");
    if (reference !== undefined) return this.#refer(place, objectAt(this.#owner, place, schema));
    const letters = operationId.replace(/[^A-Za-z0-9]/g, "");
    let name = `${letters.slice(0, 1).toUpperCase()}${letters.slice(1)}Body`;
    while (this.#models.has(name) || own(this.#schemas, name) !== undefined) name = `${name}x`;
    this.#models.set(name, this.#copy(place, schema));
    return name;
  }

  #refer(place: string, schema: Json): string {
    const reference = schema.$ref;
    const name =
      typeof reference === "string" && reference.startsWith(REFERENCE_PREFIX)
        ? reference.slice(REFERENCE_PREFIX.length)
        : "";
    const target = own(this.#schemas, name);
    if (target === undefined) {
      throw fault(this.#owner, `${place}.$ref`, {
        received: reference,
        allowed: "the name of a schema under components/schemas of this document",
        fix: "define the schema there: API Gateway does not read other files",
      });
    }
    // In OpenAPI 3.0 what stands beside a $ref is ignored: a reader of the document may think otherwise.
    const beside = Object.keys(schema).find((key) => key !== "$ref" && !isIgnored(key) && key !== "description");
    if (beside !== undefined) {
      throw fault(this.#owner, at(place, beside), {
        receivedText: "beside a $ref, where OpenAPI 3.0 ignores it",
        allowed: "a $ref alone",
        fix: "put both under allOf",
      });
    }
    if (!/^[A-Za-z0-9]{1,128}$/.test(name)) {
      throw fault(this.#owner, `${place}.$ref`, {
        received: reference,
        allowed: "a schema whose name has letters and digits only",
        fix: "rename the schema: API Gateway's models have no other names",
      });
    }
    if (!this.#models.has(name)) {
      // Set before it is copied, so that a schema that refers to itself ends.
      const model: Json = {};
      this.#models.set(name, model);
      Object.assign(model, this.#copy(`components.schemas.${name}`, target));
    }
    return name;
  }

  #copy(place: string, value: unknown): Json {
    const schema = objectAt(this.#owner, place, value);
    if (own(schema, "$ref") !== undefined) return { $ref: `${REFERENCE_PREFIX}${this.#refer(place, schema)}` };
    const copy: Json = {};
    for (const [keyword, content] of Object.entries(schema)) {
      const inside = at(place, keyword);
      if (PLAIN_KEYWORDS.has(keyword)) copy[keyword] = content;
      else if (ONE_SCHEMA.has(keyword)) copy[keyword] = this.#copy(inside, content);
      else if (SCHEMA_LISTS.has(keyword)) {
        copy[keyword] = arrayAt(this.#owner, inside, content).map((item, index) =>
          this.#copy(`${inside}[${index}]`, item),
        );
      } else if (keyword === "properties") {
        copy.properties = Object.fromEntries(
          entriesOf(this.#owner, inside, content).map(([name, item]) => [name, this.#copy(at(inside, name), item)]),
        );
      } else if (keyword === "additionalProperties") {
        copy.additionalProperties = typeof content === "boolean" ? content : this.#copy(inside, content);
      } else if (keyword === "format") {
        if (FORMATS.has(String(content))) copy.format = content;
      } else if (Object.hasOwn(REFUSED_WHEN_TRUE, keyword)) {
        this.#refuse(inside, keyword, content);
      } else if (!isIgnored(keyword)) {
        throw fault(this.#owner, inside, {
          receivedText: "a keyword that API Gateway's models do not have",
          allowed: "the keywords of OpenAPI 3.0 that JSON Schema draft 4 has too",
          fix: "express it with those, or check it in the function and remove it here",
        });
      }
    }
    return copy;
  }

  #refuse(place: string, keyword: string, content: unknown): void {
    if (content === false) return;
    throw fault(this.#owner, place, {
      received: content,
      allowed: "false or nothing: API Gateway's import ignores it, and the model would mean something else",
      fix: REFUSED_WHEN_TRUE[keyword] as string,
    });
  }
}

function isIgnored(keyword: string): boolean {
  return ANNOTATIONS.has(keyword) || keyword.startsWith("x-");
}
