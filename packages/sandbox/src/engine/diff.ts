import type { Properties } from "../resources/handler.ts";
import { comparable, UNKNOWN } from "./wire.ts";

/** One property that differs. */
export interface PropertyChange {
  /** As Pulumi writes paths: `environment.variables.STAGE`, `rules[0].action`. */
  path: string;
  kind: "add" | "delete" | "update";
  /** Whether the change makes a new resource. */
  replace: boolean;
}

/** What a change of inputs means. */
export interface Difference {
  changes: PropertyChange[];
  /** Top-level properties that changed. */
  properties: string[];
  /** Properties whose change makes a new resource. */
  replaces: string[];
}

/**
 * Compares the inputs of the last deployment with those of this one. A value that is known only later counts as changed.
 *
 * @param replaceOnChanges Paths whose change makes a new resource, as a handler names them (without indices), or `all`.
 */
export function difference(
  olds: Properties,
  news: Properties,
  replaceOnChanges: readonly string[] | "all",
): Difference {
  const found: Omit<PropertyChange, "replace">[] = [];
  collect(comparable(olds), comparable(news), "", found);
  const changes = found.map((change) => ({ ...change, replace: replaces(change.path, replaceOnChanges) }));
  const roots = (list: PropertyChange[]) => [...new Set(list.map(({ path }) => path.split(/[.[]/, 1)[0] as string))];
  return { changes, properties: roots(changes), replaces: roots(changes.filter(({ replace }) => replace)) };
}

function collect(old: unknown, now: unknown, path: string, found: Omit<PropertyChange, "replace">[]): void {
  if (old === undefined && now === undefined) return;
  if (old === undefined || now === undefined) {
    found.push({ path, kind: old === undefined ? "add" : "delete" });
    return;
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    for (let index = 0; index < Math.max(old.length, now.length); index++) {
      collect(old[index], now[index], `${path}[${index}]`, found);
    }
    return;
  }
  if (isObject(old) && isObject(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      collect(old[key], now[key], child(path, key), found);
    }
    return;
  }
  if (old !== now || now === UNKNOWN) found.push({ path, kind: "update" });
}

function isObject(value: unknown): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A key that is no plain word is quoted, as Pulumi's property paths want it. */
function child(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}["${key.replaceAll('"', '\\"')}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** A change replaces when it is at a path that does, below it, or of a whole that holds it. */
function replaces(changed: string, replaceOnChanges: readonly string[] | "all"): boolean {
  if (replaceOnChanges === "all") return true;
  const path = changed.replace(/\[\d+\]/g, "");
  const within = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  return replaceOnChanges.some((key) => within(path, key) || within(key, path));
}
