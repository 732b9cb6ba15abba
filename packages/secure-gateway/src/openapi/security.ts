import { requireReason } from "@palisade/core";
import { arrayAt, at, type DocumentOwner, fault, type Json, objectAt, own } from "./document.ts";

/** Who is asked whether a caller may call an operation. */
export interface Authentication {
  /** The scheme, whose authorizer is asked; undefined for an operation that is open on purpose. */
  scheme?: SecurityScheme;
  /** Why the operation is open, in its owner's words. Set where `scheme` is not. */
  openReason?: string;
}

/** A security scheme that becomes a request authorizer. */
export interface SecurityScheme {
  /** Its name in the document, and the authorizer's. */
  name: string;
  /** The header that its credential comes in. */
  header: string;
  /** What the authorizer's answer is kept by; a request without it is answered with 401. */
  identitySource: string;
}

interface SecuritySource {
  owner: DocumentOwner;
  root: Json;
  place: string;
  operation: Json;
  operationId: string;
  groups: string[];
}

/**
 * The one scheme of an operation, or the reason why it has none.
 *
 * @throws PalisadeError when neither is there, or both, or more than one scheme: a method of API Gateway has one authorizer.
 */
export function authenticationOf(source: SecuritySource): Authentication {
  const { owner, root, place, operation, operationId, groups } = source;
  const requirementsPlace = operation.security === undefined ? "security" : `${place}.security`;
  const requirements = arrayAt(owner, requirementsPlace, operation.security ?? root.security);
  const names = requirements.map((requirement, index) =>
    Object.keys(objectAt(owner, `${requirementsPlace}[${index}]`, requirement)),
  );
  const reason = operation["x-palisade-unauthenticated"];
  const reasonPlace = `${place}.x-palisade-unauthenticated`;
  if (names.length === 0) {
    if (reason === undefined) {
      throw fault(owner, `${place}.security`, {
        receivedText: "without an authorizer",
        allowed: "a security requirement that names a scheme, or a written reason `x-palisade-unauthenticated`",
        fix: `require a scheme for ${operationId}, or say in x-palisade-unauthenticated why anybody may call it`,
      });
    }
    if (groups.length > 0) {
      throw fault(owner, `${place}.x-palisade-groups`, {
        received: groups,
        allowed: "no groups on an operation that asks nobody who they are",
        fix: "remove the groups, or require a scheme",
      });
    }
    const text = typeof reason === "string" ? reason : undefined;
    const property = `${owner.prefix}${reasonPlace}`;
    return { openReason: requireReason({ component: owner.component, name: owner.name, property, reason: text }) };
  }
  if (reason !== undefined) {
    throw fault(owner, reasonPlace, {
      received: reason,
      allowed: "nothing on an operation that requires a scheme",
      fix: "remove it, or set `security: []` on the operation",
    });
  }
  const key = names.flat().find((name) => isApiKey(own(own(own(root, "components"), "securitySchemes"), name)));
  if (key !== undefined) {
    throw fault(owner, requirementsPlace, {
      receivedText: `the API key ${JSON.stringify(key)}, and ${names.flat().length > 1 ? "an authorizer" : "no authorizer"}`,
      allowed: "the scheme of an authorizer: an API key counts a caller and proves nothing about one",
      fix: `require a bearer or cookie scheme for ${operationId}, and set usagePlan to count its callers by key`,
    });
  }
  const [name, ...others] = names.flat();
  if (name === undefined || others.length > 0 || names.length > 1) {
    throw fault(owner, requirementsPlace, {
      received: requirements,
      allowed: "one requirement that names one scheme: a method of API Gateway has one authorizer",
      fix: "keep one scheme; an empty requirement `{}` would let anybody in",
    });
  }
  return { scheme: schemeOf(owner, root, name) };
}

function schemeOf(owner: DocumentOwner, root: Json, name: string): SecurityScheme {
  const place = at("components.securitySchemes", name);
  const scheme = own(own(own(root, "components"), "securitySchemes"), name);
  const header = headerOf(scheme);
  if (header === undefined || !/^[A-Za-z0-9_-]{1,128}$/.test(name)) {
    throw fault(owner, place, {
      received: scheme,
      allowed:
        "`type: http, scheme: bearer`, or `type: apiKey` in a cookie or in a header other than x-api-key, named by letters, digits, `_-`",
      fix: "define the scheme so: its authorizer is asked with that header",
    });
  }
  return { name, header, identitySource: `method.request.header.${header}` };
}

/** AWS: "Don't use API keys for authentication or authorization" (api-gateway-setup-api-key-with-console). */
function isApiKey(scheme: unknown): boolean {
  const name = own(scheme, "name");
  return own(scheme, "type") === "apiKey" && typeof name === "string" && name.toLowerCase() === "x-api-key";
}

/** The header that a scheme's credential comes in. An API key is no credential, so `x-api-key` is none. */
function headerOf(scheme: unknown): string | undefined {
  const type = own(scheme, "type");
  if (type === "http") return own(scheme, "scheme") === "bearer" ? "Authorization" : undefined;
  if (type !== "apiKey") return undefined;
  if (own(scheme, "in") === "cookie") return "Cookie";
  const name = own(scheme, "name");
  const usable = typeof name === "string" && /^[A-Za-z0-9-]+$/.test(name) && name.toLowerCase() !== "x-api-key";
  return own(scheme, "in") === "header" && usable ? name : undefined;
}
