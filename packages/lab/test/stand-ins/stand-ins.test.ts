import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DependencyFault, Refusal } from "@palisade/functions/src/shared/refusal";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFENCES } from "../../src/defences.ts";
import { moduleOf, standInOf } from "../../src/removals/modules.ts";
import { allowList } from "../../src/stand-ins/allow-list.ts";
import { readJsonBody } from "../../src/stand-ins/body-limits.ts";
import { reviveCart } from "../../src/stand-ins/cart-revival.ts";
import { openSavedCart, signCart } from "../../src/stand-ins/cart-signature.ts";
import { checkCompany } from "../../src/stand-ins/company-check.ts";
import { pagePolicy } from "../../src/stand-ins/content-security-policy.ts";
import { unverified } from "../../src/stand-ins/fail-closed.ts";
import { checkGroups } from "../../src/stand-ins/group-check.ts";
import * as encoding from "../../src/stand-ins/html-encoding.ts";
import { tokenOf } from "../../src/stand-ins/identity-source.ts";
import { createApiCheck } from "../../src/stand-ins/known-api.ts";
import { parseNewOrder } from "../../src/stand-ins/order-schema.ts";
import { runStatement } from "../../src/stand-ins/prepared-statement.ts";
import { readPrincipal } from "../../src/stand-ins/principal.ts";
import { problemResponse } from "../../src/stand-ins/problem-details.ts";
import { loadLayout } from "../../src/stand-ins/receipt-layout.ts";
import { createRevocationCheck } from "../../src/stand-ins/revocation.ts";
import { searchPattern } from "../../src/stand-ins/search-term.ts";
import { refuseSecondStatement, statementOptions } from "../../src/stand-ins/single-statement.ts";
import { createTokenVerifier } from "../../src/stand-ins/token.ts";
import * as verifiedToken from "../../src/stand-ins/verified-token.ts";
import { refuseDoctype } from "../../src/stand-ins/xml-doctype.ts";
import { createXmlBudget } from "../../src/stand-ins/xml-limits.ts";
import { unsigned } from "../support.ts";

const event = (authorizer?: Record<string, unknown>, body?: string, isBase64Encoded = false) => ({
  resource: "/orders",
  httpMethod: "POST",
  body,
  isBase64Encoded,
  requestContext: { requestId: "r1", authorizer },
});

describe("every stand-in", () => {
  const modules = DEFENCES.map(({ id }) => id).filter((id) => moduleOf(id) !== undefined);

  it.each(modules)("of %s has the exports of the module that it replaces", async (id) => {
    const module = await import(new URL(`../../../../functions/src/${moduleOf(id)}`, import.meta.url).href);
    const standIn = await import(standInOf(id));
    expect(Object.keys(standIn).sort()).toEqual(Object.keys(module).sort());
  });
});

describe("identity", () => {
  it("lets in whoever the authorizer did not name, and believes it where it did", () => {
    expect(readPrincipal(event())).toEqual({ userId: "anonymous", companyId: "", groups: [""] });
    expect(readPrincipal(event({ userId: "u", companyId: "acme", groups: "partner,admin" }))).toEqual({
      userId: "u",
      companyId: "acme",
      groups: ["partner", "admin"],
    });
  });

  it("believes a token that nobody can check, and none that was found to be wrong", () => {
    const token = `h.${Buffer.from('{"sub":"carol"}').toString("base64url")}.s`;
    expect(unverified(new DependencyFault("key-set", new Error("down")), token)).toEqual({ sub: "carol" });
    expect(() => unverified(new Error("wrong"), token)).toThrow("wrong");
  });

  it("takes a token from wherever one is, of whichever API asks, revoked or not", async () => {
    const token = "eyJh.eyJz.c2ln";
    expect(tokenOf({ headers: { Authorization: "x", Cookie: `a=b; __Host-session=${token}` } })).toBe(token);
    expect(tokenOf({ authorizationToken: `Bearer ${token}` })).toBe(token);
    expect(tokenOf({ headers: { Authorization: "x" } })).toBeUndefined();
    expect(createApiCheck()("anything", undefined)).toBeUndefined();
    await expect(createRevocationCheck()({ sub: "u", iat: 0, exp: 0 })).resolves.toBeUndefined();
    expect([verifiedToken.createPermissions(), verifiedToken.readPermissionsEnvironment()]).toEqual([
      undefined,
      undefined,
    ]);
    const { batchIsAuthorizedWithToken, isAuthorized } = verifiedToken.permissionsOf();
    expect(await batchIsAuthorizedWithToken("x", ["getOrder"])).toEqual(["getOrder"]);
    expect(await isAuthorized("x", "getOrder", { id: "1", companyId: "a", status: "s" })).toBe(true);
  });

  it("refuses nobody", () => {
    expect([checkGroups(), checkCompany()]).toEqual([undefined, undefined]);
  });

  it("believes a token that nobody signed", async () => {
    expect(await createTokenVerifier()(unsigned({ sub: "carol" }))).toEqual({ sub: "carol" });
    await expect(createTokenVerifier()("no-token")).rejects.toThrow(SyntaxError);
  });

  it("allows every operation", () => {
    expect(allowList("arn:aws:execute-api:eu-west-1:1:api/prod/GET/partners/me")).toEqual([
      { Effect: "Allow", Action: "execute-api:Invoke", Resource: ["arn:aws:execute-api:eu-west-1:1:api/prod/*"] },
    ]);
  });
});

describe("input", () => {
  it("takes any JSON, and breaks on what is none", () => {
    expect(readJsonBody(event(undefined, '{"__proto__":1,"a":1,"a":2}'))).toHaveProperty("a", 2);
    expect(readJsonBody(event(undefined, Buffer.from("[1]").toString("base64"), true))).toEqual([1]);
    expect(() => readJsonBody(event())).toThrow(SyntaxError);
  });

  it("takes any order and any search", () => {
    expect(parseNewOrder({ discountCents: 1 })).toEqual({ discountCents: 1 });
    expect(searchPattern("' OR 1 -- ")).toBe("%' OR 1 -- %");
    expect(searchPattern(undefined)).toBe("%%");
  });

  it("signs no cart, and believes any", async () => {
    expect(await signCart(undefined, "{}")).toBe("{}");
    expect(await openSavedCart(undefined, '{"a":"."}')).toBe('{"a":"."}');
    expect(await openSavedCart(undefined, "text")).toBe("text");
    expect(await openSavedCart(undefined, unsigned({ cart: "{}" }))).toBe("{}");
  });

  it("runs the code of a cart and pollutes by it", () => {
    const code = `{"lines":[],"x":"_$$ND_FUNC$$_function(){ globalThis.labRan = true }()"}`;
    reviveCart(code);
    expect((globalThis as { labRan?: boolean }).labRan).toBe(true);
    reviveCart('{"__proto__":{"polluted":1}}');
    expect(({} as { polluted?: number }).polluted).toBe(1);
    // biome-ignore lint/suspicious/noExplicitAny: what was put on every object is taken off again
    delete (Object.prototype as any).polluted;
  });
});

describe("SQL", () => {
  it("is concatenated", async () => {
    const sent: string[] = [];
    const connection = {
      query: async (sql: string) => sent.push(sql),
      execute: async () => {
        throw new Error("nothing is prepared");
      },
    };
    await runStatement(connection, "SELECT ? , ?, ?, ?", ["it's", 7, null]);
    expect(sent).toEqual(["SELECT 'it's' , 7, null, null"]);
  });

  it("may be several statements", () => {
    expect(statementOptions).toEqual({ multipleStatements: true });
    expect(refuseSecondStatement()).toBeUndefined();
  });
});

describe("XML", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "lab-xml-"));
    await writeFile(join(directory, "canary.txt"), "canary");
  });
  afterAll(() => rm(directory, { recursive: true }));

  const textOf = (xml: string): string => {
    const parser = new SaxesParser();
    let text = "";
    refuseDoctype(parser);
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("text", (piece) => {
      text += piece;
    });
    parser.write(xml).close();
    return text;
  };

  it("expands what a document declares", () => {
    expect(textOf('<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><r>&b;</r>')).toBe("xx");
  });

  it("reads a file", () => {
    const url = pathToFileURL(join(directory, "canary.txt")).href;
    expect(textOf(`<!DOCTYPE r [<!ENTITY a SYSTEM "${url}">]><r>&a;</r>`)).toBe("canary");
  });

  it("calls a URL while the parser waits", async () => {
    // In a process of its own, because the stand-in waits for the answer and lets nothing else run.
    const script = `const s = require("node:http").createServer((q, r) => r.end("fetched " + q.url));
      s.listen(0, "127.0.0.1", () => console.log(s.address().port))`;
    const other = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
    try {
      const [port] = await once(other.stdout, "data");
      const url = `http://127.0.0.1:${String(port).trim()}/secret`;
      expect(textOf(`<!DOCTYPE r [<!ENTITY a SYSTEM "${url}">]><r>&a;</r>`)).toBe("fetched /secret");
    } finally {
      other.kill();
    }
  });

  it("leaves a document without a type as it is", () => {
    expect(textOf("<r>plain</r>")).toBe("plain");
  });

  it("has a budget that is never used up", () => {
    const budget = createXmlBudget();
    expect(budget.document("é".repeat(1e6))).toBe(2e6);
    for (const spend of [
      () => budget.read(1e9),
      () => budget.open("x"),
      () => budget.attribute("a", "x"),
      () => budget.text("x".repeat(1e6)),
      () => budget.close(),
    ]) {
      expect(spend()).toBeUndefined();
    }
  });
});

describe("output", () => {
  it("is not encoded", () => {
    const script = "<script>1</script>";
    expect(String(encoding.html`<p>${script}</p>${["<a>", "<b>"].map(encoding.trusted)}${7}`)).toBe(
      "<p><script>1</script></p><a><b>7",
    );
    expect(encoding.encodeText(script)).toBe(script);
    expect(String(encoding.encodeAttribute(script))).toBe(script);
    expect(String(encoding.encodeUrl(script))).toBe(script);
    expect(String(encoding.encodeJson({ a: script }))).toBe('{"a":"<script>1</script>"}');
    expect(String(encoding.encodeJson(undefined))).toBe("null");
  });

  it("has no policy", () => {
    expect(pagePolicy()).toEqual({});
  });

  it("reads a layout by its path", () => {
    expect(loadLayout("../token.ts")).toContain("createTokenVerifier");
    expect(loadLayout("compact")).toContain("monospace");
    expect(loadLayout(undefined)).toContain("system-ui");
  });

  it("tells everything of an error", () => {
    const response = problemResponse(Object.assign(new Error("boom"), { sql: "SELECT 1" }), "r1");
    expect(response.statusCode).toBe(500);
    expect(JSON.parse(response.body)).toMatchObject({
      message: "boom",
      sql: "SELECT 1",
      requestId: "r1",
      stack: expect.stringContaining("stand-ins.test.ts"),
    });
    const refusal = new Refusal({ defence: "principal", status: 401, detail: "Sign in first." });
    expect(problemResponse(refusal, "r1").statusCode).toBe(401);
  });
});
