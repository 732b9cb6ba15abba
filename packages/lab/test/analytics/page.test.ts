/** The analytics page in a real Chromium: what it draws, by keyboard alone, light and dark, and that it asks nobody anything. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type AnalyticsPage, OUTCOMES, type PageCalls } from "../../../sandbox/src/analytics/page/data.ts";
import { renderAnalyticsPage } from "../../../sandbox/src/analytics/page/render.ts";
import { startChromium } from "../../src/browser.ts";
import { LAB_DIRECTORY } from "../../src/tools.ts";

const ATTACK = `</script><script>document.title = "attacked"</script><img src=x onerror="document.title='attacked'">`;

function calls(stage: string): PageCalls[] {
  return Array.from({ length: 240 }, (_, index) => ({
    time: `2026-11-24T16:0${Math.floor(index / 60)}:${String(index % 60).padStart(2, "0")}Z`,
    source: index % 3 === 0 ? "cloudtrail" : "api-access",
    route: index === 7 ? ATTACK : (["GET /products", "POST /orders", "dynamodb:GetItem"][index % 3] as string),
    principal: index % 2 === 0 ? "partner-1" : "arn:aws:iam::000000000000:role/palisade-prod-orders-function-role",
    network: `127.0.${index % 4}.0/24`,
    outcome: OUTCOMES[stage === "weak" ? 0 : index % 3] as PageCalls["outcome"],
    problem: stage === "weak" ? "" : (["", "ACCESS_DENIED", "client error"][index % 3] as string),
    calls: 1 + (index % 2),
  }));
}

const counts = { records: 240, clean: 236, duplicates: 3, quarantined: 1 };
const PAGE: AnalyticsPage = {
  madeAt: "2026-11-24T16:05:00.000Z",
  stages: ["weak", "prod"].map((name) => ({
    name,
    title: `${name} (${name === "weak" ? "before" : "after"})`,
    ...(name === "weak" && { note: `keeps no log, and ${ATTACK}` }),
    counts: { "api-access": counts, cloudtrail: counts, ...(name === "prod" && { waf: counts }) },
    calls: calls(name),
    answers: { "who-called-what": [{ principal: ATTACK, calls: "3" }], "slow-statements": [] },
  })),
  titles: { "who-called-what": "Who called what" },
  forecast: {
    history: "The history is a generated load.",
    series: Object.fromEntries(
      ["GET /products", "database shop"].map((name, index) => [
        name,
        {
          first_hour: "2026-02-15T00:00:00Z",
          forecast: Array.from({ length: 48 }, (_, hour) => 50 + index * 100 + hour),
          actual: Array.from({ length: 24 }, (_, hour) => 52 + index * 100 + hour),
        },
      ]),
    ),
  },
};

let browser: Browser;
let folder: string;
let url: string;
let page: Page;
const trouble: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-page-"));
  const file = join(folder, "analytics.html");
  await writeFile(file, await renderAnalyticsPage(PAGE));
  url = pathToFileURL(file).href;
  const folders = { profile: join(folder, "profile"), cache: join(LAB_DIRECTORY, "chromium") };
  const started = await startChromium(folders);
  if ("reason" in started) throw new Error(started.reason);
  browser = started.browser;
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
  trouble.length = 0;
  page.on("console", (message) => trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("request", (request) => request.url() !== url && trouble.push(`asked for ${request.url()}`));
  await page.setViewport({ width: 1200, height: 900 });
  await page.goto(url, { waitUntil: "load" });
});

/** Every source, where the page begins with the API's. */
const showAll = () => page.select("#source", "");

const bars = (id: string) => page.$$eval(`#${id} svg rect[fill]`, (rects) => rects.length);
const said = () => page.$eval("#said", (element) => element.textContent);
const stylesOf = (selector: string) =>
  page.$eval(selector, (element) => {
    const { color, backgroundColor } = getComputedStyle(element);
    return { color, backgroundColor };
  });

describe("the analytics page", () => {
  test("draws every chart, and says in words what they show", async () => {
    expect(await said()).toBe("weak: 240 served, 0 denied, 0 failed. prod: 0 served, 120 denied, 120 failed.");
    await showAll();
    expect(await said()).toBe("weak: 360 served, 0 denied, 0 failed. prod: 120 served, 120 denied, 120 failed.");
    expect(await page.$$eval(".chart svg[role=img]", (charts) => charts.map((chart) => chart.ariaLabel))).toEqual([
      "Calls over time by outcome",
      "Calls by route",
      "Calls by principal",
      "Denials by principal",
      "Errors by route",
      "Calls by network",
      "Forecast and actual calls an hour",
    ]);
    expect(await bars("over-time")).toBeGreaterThan(100);
    // A bar for each stage, route and outcome.
    expect(await bars("by-route")).toBe(1 + 3 + 1 + 3);
    // Of each of two principals, and of one route, in prod alone; each with its reason in the legend.
    expect(await bars("denials")).toBe(2);
    expect(await page.$eval("#denials", (place) => place.textContent)).toContain("ACCESS_DENIED");
    expect(await bars("errors")).toBe(1);
    expect(await page.$eval("#errors", (place) => place.textContent)).toContain("client error");
    expect(await bars("by-network")).toBe(4 + 3 * 4);
    expect(await page.$$eval("#forecast-chart svg g[aria-label=line] path", (lines) => lines.length)).toBe(2);
    expect(trouble).toEqual([]);
  });

  test("has a title, a unit and an axis for every chart, and names both stages over it", async () => {
    const texts = (id: string) => page.$eval(`#${id}`, (place) => place.textContent ?? "");
    for (const id of ["over-time", "by-route", "by-principal", "denials", "errors", "by-network"]) {
      for (const title of ["weak (before)", "prod (after)"]) expect(await texts(id), id).toContain(title);
      expect(await page.$eval(`#${id}-caption`, (caption) => caption.textContent), id).toMatch(/^[A-Z]/);
    }
    expect(await texts("over-time")).toContain("Minutes since the stage's first call");
    expect(await texts("over-time")).toContain("Calls in 5 seconds");
    for (const id of ["by-route", "by-principal", "by-network"]) expect(await texts(id), id).toMatch(/Calls/);
    expect(await texts("denials")).toMatch(/Denials/);
    expect(await texts("errors")).toMatch(/Errors/);
  });

  test("has each chart's numbers in a table, which stays open while choices change", async () => {
    const rows = () =>
      page.$$eval("#by-principal tr", (each) => each.map(({ cells }) => Array.from(cells, (cell) => cell.textContent)));
    const role = "arn:aws:iam::000000000000:role/palisade-prod-orders-function-role";
    expect(await rows()).toEqual([
      ["stage", "principal", "outcome", "calls"],
      ["weak", role, "served", "160"],
      ["prod", role, "denied", "80"],
      ["prod", role, "failed", "80"],
      ["weak", "partner-1", "served", "80"],
      ["prod", "partner-1", "denied", "40"],
      ["prod", "partner-1", "failed", "40"],
    ]);
    const isOpen = () => page.$eval("#by-principal details", (details) => details.open);
    await page.focus("#by-principal summary");
    await page.keyboard.press("Enter");
    await page.select("#outcome", "denied");
    expect([await isOpen(), (await rows()).length]).toEqual([true, 3]);
    await page.focus("#by-principal .scroll");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Calls by principal, as a table",
    );
  });

  test("tells at a glance what an operator of each stage knows, and what the records are", async () => {
    const rows = await page.$$eval("#glance ~ .scroll tr", (each) =>
      each.map(({ cells }) => Array.from(cells, (cell) => cell.textContent)),
    );
    expect(rows).toEqual([
      ["", "weak (before)", "prod (after)"],
      ["API calls", "240", "240"],
      ["served", "240 (100 %)", "0 (0 %)"],
      ["denied", "0 (0 %)", "120 (50 %)"],
      ["failed", "0 (0 %)", "120 (50 %)"],
      ["ended by the firewall", "no firewall log", "0"],
      ["callers with a name", "2", "2"],
      ["calls by nobody", "0 (0 %)", "0 (0 %)"],
      ["denials of a caller with a name", "0", "120 (100 %)"],
      ["networks", "4", "4"],
    ]);
    const notes = await page.$$eval(".note", (each) => each.map((note) => note.textContent ?? ""));
    expect(notes[0]).toMatch(/^weak keeps no log, and <\/script>/);
    expect(notes[1]).toMatch(/^A principal is the id that the user pool knows/);
  });

  test("is wide enough for no screen too small", async () => {
    await page.setViewport({ width: 400, height: 800 });
    await page.waitForFunction(() => (document.querySelector("#by-route svg")?.clientWidth ?? 999) < 400);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  });

  test("is used with the keyboard alone", async () => {
    const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.className);
    const visited: (string | undefined)[] = [];
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press("Tab");
      visited.push(await focused());
    }
    expect(visited).toEqual(["skip", "scroll", "stage", "source", "outcome"]);
    const outline = await page.$eval("#outcome", (element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe("solid");

    await page.focus("#source");
    await page.keyboard.press("ArrowUp");
    await page.focus("#stage");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await said()).toBe("prod: 120 served, 120 denied, 120 failed.");
    await page.focus("#outcome");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await said()).toBe("prod: 0 served, 120 denied, 0 failed.");
    await page.focus("#stage");
    await page.keyboard.press("ArrowUp");
    expect(await said()).toBe("No call is of this choice.");
    expect(await page.$eval("#by-route", (place) => place.textContent)).toBe("No call is of this choice.");
    expect(await page.$eval("#errors", (place) => place.textContent)).toBe("None of these calls failed.");

    await page.focus("#series");
    const before = await page.$eval("#forecast-chart", (place) => place.innerHTML);
    await page.keyboard.press("ArrowDown");
    expect(await page.$eval("#forecast-chart", (place) => place.innerHTML)).not.toBe(before);
    await page.focus("#asked ~ details summary");
    await page.keyboard.press("Enter");
    expect(await page.$eval("#asked ~ details", (details) => details.open)).toBe(true);
    expect(trouble).toEqual([]);
  });

  test.each(["light", "dark"])("can be read in %s", async (value) => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
    const paper = (await stylesOf("body")).backgroundColor;
    expect(paper).toBe(value === "light" ? "rgb(255, 255, 255)" : "rgb(20, 24, 28)");
    for (const selector of [
      "body",
      "small",
      "h2",
      "th",
      ".number",
      ".note",
      "#asked ~ details .nothing",
      ".chart svg",
    ]) {
      expect(contrast((await stylesOf(selector)).color, paper), selector).toBeGreaterThanOrEqual(4.5);
    }
    // The bars' colours: three to one, as WCAG 2.2, 1.4.11 asks of graphics.
    for (const id of ["over-time", "denials", "errors"]) {
      const colors = await page.$$eval(`#${id} svg rect[fill]`, (rects) => [
        ...new Set(rects.map((rect) => getComputedStyle(rect).fill)),
      ]);
      expect(colors.length).toBeGreaterThan(0);
      for (const color of colors) expect(contrast(color, paper), color).toBeGreaterThanOrEqual(3);
    }
    // A page of the lab's own traffic, as `pnpm analytics` has made it: `UPDATE_SCREENS=report/analytics.html`.
    const real = process.env.UPDATE_SCREENS;
    if (real === undefined) return;
    await page.goto(pathToFileURL(resolve(real)).href, { waitUntil: "load" });
    await page.screenshot({ path: `docs/analytics-${value}.png`, fullPage: true });
  });

  test("shows what an attacker wrote, and runs none of it", async () => {
    expect(await page.title()).toBe("Palisade analytics");
    expect(await page.$$eval("img", (images) => images.length)).toBe(0);
    // In an answer of each stage, and in a chart's table for each stage and outcome.
    expect(
      await page.$$eval(
        "#asked ~ details td",
        (cells) => cells.filter((cell) => cell.textContent?.includes("onerror")).length,
      ),
    ).toBe(2);
    expect(await page.$eval("#by-route", (chart) => chart.textContent)).toContain("onerror");
    // The policy that stands behind the encoding: no script but the page's own.
    await page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), ATTACK);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await page.title()).toBe("Palisade analytics");
  });

  test("counts what became of the records", async () => {
    const rows = await page.$$eval("#counted ~ .scroll tbody tr", (each) => each.map((row) => row.textContent));
    expect(rows).toHaveLength(5);
    expect(rows[0]).toBe("weakapi-access24023631");
  });
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}
