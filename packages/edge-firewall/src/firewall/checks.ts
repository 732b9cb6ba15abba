import { invalid, isPlainObject, requireReason } from "@palisade/core";

const COMPONENT = "EdgeFirewall";
const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What stands in an error beside the firewall's name. */
export interface Fault {
  property: string;
  received?: unknown;
  receivedText?: string;
  allowed: string;
  fix: string;
}

/** Checks of arguments, for one firewall. Each throws a PalisadeError, or returns what it checked. */
export class Checks {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  fail(fault: Fault): never {
    throw invalid({ component: COMPONENT, name: this.name, ...fault });
  }

  whole(property: string, value: unknown, [least, most]: [number, number]): number {
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    const allowed = `a whole number from ${least} to ${most}`;
    return this.fail({ property, received: value, allowed, fix: `set ${property} to one` });
  }

  choice<T>(property: string, value: unknown, allowed: readonly T[]): T {
    const found = allowed.find((item) => item === value);
    if (found !== undefined) return found;
    return this.fail({ property, received: value, allowed: allowed.join(", "), fix: `set ${property} to one of them` });
  }

  plain(property: string, value: unknown): void {
    if (isPlainObject(value)) return;
    this.fail({
      property,
      received: value,
      allowed: "a literal object",
      fix: "pass a literal: what it says decides what exists",
    });
  }

  /** A record whose keys become names. */
  record<T>(property: string, value: Record<string, T> | undefined): [string, T][] {
    if (value === undefined) return [];
    this.plain(property, value);
    return Object.entries(value).map(([key, item]) => {
      if (!KEY.test(key) || key.length > 60) {
        this.fail({
          property: `${property}[${JSON.stringify(key)}]`,
          receivedText: "a key that cannot be a rule's name",
          allowed: "kebab-case of at most 60 characters, for example sign-in",
          fix: "rename the key",
        });
      }
      return [key, item];
    });
  }

  list<T>(property: string, value: T[] | undefined, [least, most]: [number, number]): T[] {
    if (Array.isArray(value) && value.length >= least && value.length <= most) return value;
    return this.fail({
      property,
      ...(Array.isArray(value) ? { receivedText: `a list of ${value.length}` } : { received: value }),
      allowed: `a literal list of ${least} to ${most}`,
      fix: `give ${property} as many`,
    });
  }

  text(property: string, value: unknown, pattern: RegExp, allowed: string): string {
    if (typeof value === "string" && pattern.test(value)) return value;
    return this.fail({ property, received: value, allowed, fix: `set ${property} to one` });
  }

  headerName(property: string, value: unknown): string {
    return this.text(property, value, /^[A-Za-z0-9!#$%&'*+.^_|~-]{1,64}$/, "the name of a header");
  }

  reason(property: string, reason: string | undefined): string {
    return requireReason({ component: COMPONENT, name: this.name, property, reason });
  }
}
