import { createHash } from "node:crypto";
import type { TextTransformation } from "@aws-sdk/client-wafv2";
import { EdgeError } from "../errors.ts";
import * as encodings from "./encodings.ts";
import * as texts from "./text.ts";

/** Changes a text that has one character a byte (`latin1`). */
export type Transform = (text: string) => string;

function digest(algorithm: string): Transform {
  return (text) => createHash(algorithm).update(text, "latin1").digest().toString("latin1");
}

/**
 * AWS WAF's text transformations (docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html). Where AWS's
 * words leave something open, ModSecurity's function of the same name decides, which AWS's descriptions follow.
 */
export const TRANSFORMATIONS: Readonly<Record<string, Transform>> = {
  NONE: (text) => text,
  BASE64_DECODE: encodings.base64Decode,
  BASE64_DECODE_EXT: encodings.base64DecodeExt,
  CMD_LINE: texts.cmdLine,
  COMPRESS_WHITE_SPACE: texts.compressWhiteSpace,
  CSS_DECODE: encodings.cssDecode,
  ESCAPE_SEQ_DECODE: encodings.escapeSeqDecode,
  HEX_DECODE: encodings.hexDecode,
  HTML_ENTITY_DECODE: encodings.htmlEntityDecode,
  JS_DECODE: encodings.jsDecode,
  LOWERCASE: texts.lowercase,
  MD5: digest("md5"),
  NORMALIZE_PATH: texts.normalizePath,
  NORMALIZE_PATH_WIN: texts.normalizePathWin,
  REMOVE_NULLS: texts.removeNulls,
  REMOVE_WHITESPACE: (text) => text.replace(/[ \f\t\n\r\v\xa0]+/g, ""),
  REPLACE_COMMENTS: texts.replaceComments,
  REPLACE_NULLS: texts.replaceNulls,
  SHA256: digest("sha256"),
  SQL_HEX_DECODE: encodings.sqlHexDecode,
  TRIM: (text) => text.replace(/^[ \f\t\n\r\v]+|[ \f\t\n\r\v]+$/g, ""),
  TRIM_LEFT: (text) => text.replace(/^[ \f\t\n\r\v]+/, ""),
  TRIM_RIGHT: (text) => text.replace(/[ \f\t\n\r\v]+$/, ""),
  UPPERCASE: texts.uppercase,
  URL_DECODE: encodings.urlDecode,
  URL_DECODE_UNI: encodings.urlDecodeUni,
  UTF8_TO_UNICODE: encodings.utf8ToUnicode,
};

/**
 * One function that applies the transformations by priority, the lowest first.
 *
 * @param where The statement, for the error.
 * @throws EdgeError when one is not known.
 */
export function compileTransformations(list: readonly TextTransformation[] = [], where: string): Transform {
  const steps = [...list]
    .sort((a, b) => (a.Priority as number) - (b.Priority as number))
    .filter(({ Type }) => Type !== "NONE")
    .map(({ Type }) => {
      const step = TRANSFORMATIONS[Type as string];
      if (step) return step;
      throw new EdgeError(
        `${where}: text transformation "${Type}" is not evaluated by the sandbox's edge; known are ${Object.keys(TRANSFORMATIONS).join(", ")}`,
      );
    });
  return (text) => steps.reduce((current, step) => step(current), text);
}
