import { EdgeError } from "./errors.ts";

/**
 * Compiles one of AWS WAF's patterns (PCRE, on bytes) with JavaScript's engine: `(?i)` and its like at the beginning become flags, and
 * characters beyond ASCII their UTF-8 bytes. Unlike AWS's, the engine goes back: a pattern that explodes stalls the sandbox.
 *
 * @throws EdgeError when JavaScript does not know the pattern.
 */
export function compileRegex(pattern: string, where: string): RegExp {
  const [, flags = "", rest = ""] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern) as RegExpExecArray;
  try {
    return new RegExp(Buffer.from(rest, "utf8").toString("latin1"), flags);
  } catch (error) {
    throw new EdgeError(
      `${where}: the sandbox's edge cannot compile the pattern ${pattern}: ${(error as Error).message}`,
    );
  }
}
