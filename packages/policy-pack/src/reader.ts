import { NotEvaluatedError, UNKNOWN } from "./unknown.ts";

/**
 * Reads a resource's inputs for a rule. What is missing reads as undefined; what is unknown, or has another type than the rule
 * understands, throws NotEvaluatedError, so that no rule can take either for a pass.
 */
export class Reader {
  /**
   * @param value The value; `UNKNOWN` where only AWS knows it.
   * @param path Its path from the resource, for messages; empty for the inputs as a whole.
   */
  constructor(
    readonly value: unknown,
    readonly path = "",
  ) {}

  /** The value below one key. @throws NotEvaluatedError when this value is no object or is not known. */
  at(key: string): Reader {
    const value = this.#known("an object", (known) => typeof known === "object" && !Array.isArray(known)) as
      | Record<string, unknown>
      | undefined;
    return new Reader(value !== undefined && Object.hasOwn(value, key) ? value[key] : undefined, join(this.path, key));
  }

  /** The value below several keys, `at` one after the other: `get("tracingConfig.mode")`. */
  get(path: string): Reader {
    return path.split(".").reduce<Reader>((reader, key) => reader.at(key), this);
  }

  /** Whether there is a value, known or not: for rules to which any value is as good. */
  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  text(): string | undefined {
    return this.#known("a string", (known) => typeof known === "string") as string | undefined;
  }

  /** A number; text that is one is read as one, as AWS's provider does. */
  number(): number | undefined {
    const known = this.#known("a number", (value) => (value === "" ? false : Number.isFinite(Number(value))));
    return known === undefined ? undefined : Number(known);
  }

  flag(): boolean | undefined {
    const known = this.#known("a boolean", (value) => [true, false, "true", "false"].includes(value as boolean));
    return known === undefined ? undefined : String(known) === "true";
  }

  /** The items; none where there is no list. An object is read as a list of one, as Pulumi writes AWS's blocks. */
  list(): Reader[] {
    const known = this.#known("a list", (value) => typeof value === "object");
    if (known === undefined) return [];
    if (!Array.isArray(known)) return [new Reader(known, this.path)];
    return known.map((item, index) => new Reader(item, `${this.path}[${index}]`));
  }

  /** A list of texts; a text alone is a list of one, as in IAM's documents. */
  texts(): string[] {
    if (typeof this.value === "string") return [this.value];
    return this.list().flatMap((item) => item.text() ?? []);
  }

  /** Key and value of every entry; none where there is no object. */
  entries(): [string, Reader][] {
    const known = this.#known("an object", (value) => typeof value === "object" && !Array.isArray(value));
    return Object.keys(known ?? {}).map((key) => [key, this.at(key)]);
  }

  /** JSON text or an object, read. @throws NotEvaluatedError for text that is no JSON object. */
  json(): Reader {
    if (typeof this.value !== "string") {
      this.#known("JSON", (value) => typeof value === "object");
      return this;
    }
    try {
      return new Reader(JSON.parse(this.value), this.path);
    } catch {
      throw new NotEvaluatedError(this.path, "is no JSON");
    }
  }

  #known(expected: string, matches: (value: unknown) => boolean): unknown {
    const { value, path } = this;
    if (value === undefined || value === null) return undefined;
    if (value === UNKNOWN) throw new NotEvaluatedError(path, "is not known before deployment");
    if (!matches(value)) throw new NotEvaluatedError(path, `is ${describe(value)}, where the rule expects ${expected}`);
    return value;
  }
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
