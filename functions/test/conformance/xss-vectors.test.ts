import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as encoder from "../../src/shared/defences/html-encoding.ts";
import type { Order } from "../../src/shared/orders.ts";
import { type Chromium, startChromium } from "../support/chromium.ts";
import { type Vector, xssVectors } from "../support/xss-vectors.ts";

/**
 * Every vector in a real Chromium, in every place of the receipt where a value stands and in every context for which there is an
 * encoder. The pages have no Content-Security-Policy, so that the encoder stands alone.
 */
type Encoder = typeof encoder;
type Render = (text: string) => string;

/** As the weak stage does it: values join the HTML as they are. */
const raw: Encoder = {
  ...encoder,
  html: (texts, ...values) =>
    new encoder.Html(
      String.raw({ raw: texts }, ...values.map((value) => (Array.isArray(value) ? value.join("") : value))),
    ),
  encodeText: (text) => text,
  encodeAttribute: (text) => new encoder.Html(text),
  encodeUrl: (text) => new encoder.Html(text),
  encodeJson: (value) => new encoder.Html(JSON.stringify(value) ?? "null"),
};

async function receipts(used: Encoder): Promise<Render> {
  vi.resetModules();
  vi.doMock("../../src/shared/defences/html-encoding.ts", () => used);
  const { renderReceipt } = await import("../../src/receipt/page.ts");
  vi.doUnmock("../../src/shared/defences/html-encoding.ts");
  return (text) => {
    const order = {
      id: text,
      companyId: text,
      placedBy: text,
      status: text,
      note: text,
      lines: [
        { sku: text, quantity: 1, unitPriceCents: 1 },
        { sku: "MUG-1", quantity: 1, unitPriceCents: 1 },
      ],
      discountCents: 0,
      totalCents: 1,
      createdAt: new Date(0),
    } as unknown as Order;
    return renderReceipt(order, new Map([["MUG-1", text]]), text, "h1 { color: black }");
  };
}

/** The contexts of HTML that the encoders are for, one page each. */
const contexts = ({ html, trusted, encodeAttribute, encodeUrl, encodeJson }: Encoder): Record<string, Render> => ({
  "double-quoted attribute": (text) => String(html`<input value="${text}">`),
  "single-quoted attribute": (text) => String(html`<input value='${text}'>`),
  "unquoted attribute": (text) => String(html`<input value=${encodeAttribute(text)}>`),
  "part of a URL": (text) => String(html`<a href="${encodeUrl(text)}">link</a>`),
  "JSON in a script": (text) =>
    String(html`${trusted("<script>var data = ")}${encodeJson({ text })}${trusted(";</script>")}`),
  "text of a textarea": (text) => String(html`<textarea>${text}</textarea>`),
});

/** The vectors, by their number, whose script ran in the page that was made with them. */
async function executions(page: Page, vectors: readonly Vector[], render: Render): Promise<Set<number>> {
  const BATCH = 150;
  const ran = new Set<number>();
  for (let start = 0; start < vectors.length; start += BATCH) {
    const documents = vectors
      .slice(start, start + BATCH)
      .map(({ text }, index) => render(text.replaceAll("top.hit()", `top.hit(${start + index})`)));
    await page.goto("about:blank");
    const hits = await page.evaluate(runDocuments, documents);
    for (const hit of hits) ran.add(hit);
  }
  return ran;
}

// Runs in the browser: each document in a frame of its own; elements that wait for the focus get it, and script links are clicked.
async function runDocuments(documents: string[]): Promise<number[]> {
  const hits: number[] = [];
  (window as unknown as { hit: (index: number) => void }).hit = (index) => hits.push(index);
  const frames = documents.map((source) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = source;
    document.body.append(frame);
    return frame;
  });
  await Promise.race([
    Promise.all(
      frames.map((frame) => new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }))),
    ),
    new Promise((resolve) => setTimeout(resolve, 5000)),
  ]);
  for (const { contentDocument } of frames) {
    contentDocument?.querySelectorAll<HTMLElement>("[autofocus]").forEach((element) => {
      element.focus();
    });
    contentDocument?.querySelectorAll("a").forEach((link) => {
      if (link.protocol === "javascript:") link.click();
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  return hits;
}

const supported = process.platform === "linux" && process.arch === "x64";

describe.skipIf(!supported)("script-injection vectors in a real browser", () => {
  const vectors = xssVectors();
  let chromium: Chromium;
  let page: Page;
  beforeAll(async () => {
    chromium = await startChromium();
    page = await chromium.browser.newPage();
  }, 120_000);
  afterAll(() => chromium?.close());

  const classesOf = (ran: ReadonlySet<number>) => [...ran].map((index) => vectors[index]?.class);

  test("there are more than 300, no two alike", () => {
    expect(vectors.length).toBeGreaterThan(300);
    expect(new Set(vectors.map(({ text }) => text)).size).toBe(vectors.length);
  });

  test("no vector runs in a receipt, wherever a value stands in it", { timeout: 120_000 }, async () => {
    expect(classesOf(await executions(page, vectors, await receipts(encoder)))).toEqual([]);
  });

  test("with a receipt that joins values as they are, at least 300 of the same vectors run", {
    timeout: 120_000,
  }, async () => {
    const ran = await executions(page, vectors, await receipts(raw));
    expect(ran.size).toBeGreaterThanOrEqual(300);
  });

  test("no vector runs in any context that has an encoder", { timeout: 120_000 }, async () => {
    const safe = Object.values(contexts(encoder));
    const allContexts = (text: string) => safe.map((render) => render(text)).join("\n");
    expect(classesOf(await executions(page, vectors, allContexts))).toEqual([]);
  });

  test.each(Object.keys(contexts(raw)))(
    "without its encoder, vectors run in this context: %s",
    { timeout: 120_000 },
    async (name) => {
      const unsafe = contexts(raw)[name] as Render;
      expect((await executions(page, vectors.slice(-100), unsafe)).size).toBeGreaterThan(0);
    },
  );
});
