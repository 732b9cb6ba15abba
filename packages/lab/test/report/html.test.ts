import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/html/index.ts";
import type { AttackResult, LabResult, ReportExchange, StageResult } from "../../src/report/json.ts";

const HOSTILE = `"><script>steal(document.cookie)</script>'\``;

function exchange(purpose: ReportExchange["purpose"]): ReportExchange {
  return {
    purpose,
    via: "browser",
    client: "alice",
    request: {
      method: "GET",
      path: `/orders/1/receipt?reference=${HOSTILE}`,
      headers: { cookie: HOSTILE },
      body: HOSTILE,
    },
    response: { status: 200, headers: { "content-type": HOSTILE }, body: HOSTILE },
    ms: 12.4,
    violations: [HOSTILE],
  };
}

function attack(overrides: Partial<AttackResult>): AttackResult {
  return {
    id: "xss-reflected",
    title: `Run ${HOSTILE}`,
    owasp: ["SAS-7"],
    paper: "III.2.A",
    verdict: "blocked",
    defences: ["function:html-encoding", "function:content-security-policy"],
    layer: "function",
    defence: "function:html-encoding",
    evidence: HOSTILE,
    exchanges: [exchange("attack")],
    records: [{ source: "function", time: 0, event: "served", text: HOSTILE }],
    ms: 40,
    ...overrides,
  };
}

function stage(name: string, attacks: AttackResult[]): StageResult {
  return {
    stage: name,
    provisionMs: 2345,
    attackMs: 1000,
    resources: { emulated: 30, declared: name === "prod" ? 4 : 0 },
    declaredTypes: name === "prod" ? ["aws:kms/key:Key"] : [],
    attacks,
    legitimate: [{ id: "xss-reflected", ok: name === "prod", evidence: HOSTILE, exchanges: [exchange("twin")] }],
  };
}

const RESULT: LabResult = {
  startedAt: "2026-01-02T03:04:05.678Z",
  ms: 45_678,
  stages: [
    stage("weak", [attack({ verdict: "exploited", layer: "none", defence: undefined })]),
    stage("prod", [
      attack({}),
      attack({
        id: "no-token",
        title: "No token",
        verdict: "not run",
        layer: "none",
        defence: undefined,
        exchanges: [],
        records: [],
      }),
    ]),
  ],
};

describe("a report of a run with and without the firewall", () => {
  const edge = { layer: "edge", defence: "edge:script", defences: ["edge:script", "function:html-encoding"] } as const;
  const none = { verdict: "exploited", layer: "none", defence: undefined } as const;
  const page = renderReport({
    ...RESULT,
    stages: [
      stage("prod", [attack(edge), attack({ ...edge, id: "flood" }), attack({ ...edge, id: "cookie" })]),
      stage("prod without edge", [
        attack({}),
        attack({ ...none, id: "flood" }),
        attack({ ...none, id: "cookie", verdict: "blocked" }),
      ]),
    ],
  });

  it("says what the edge alone stopped, what stands behind it, and what nothing reads", () => {
    expect(page).toContain(
      '<h3>Alone: with the firewall off they succeed (1)</h3><ul><li><a href="#flood">flood</a></li></ul>',
    );
    expect(page).toContain('<li><a href="#xss-reflected">xss-reflected</a>, then function:html-encoding</li>');
    expect(page).toContain('<h3>What nothing behind it reads (1)</h3><ul><li><a href="#cookie">cookie</a></li></ul>');
    expect(renderReport(RESULT)).not.toContain("What the edge stopped");
  });
});

describe("renderReport", () => {
  const page = renderReport(RESULT);

  it("holds no script and no hostile text that is not encoded, wherever it came from", () => {
    expect(page).not.toMatch(/<script/i);
    expect(page).not.toContain(HOSTILE);
    // Title three times (row, section, and none in the picture), evidence, path, headers, bodies, record, violation, twin: all encoded.
    expect(page.split("&lt;script&gt;steal(document.cookie)&lt;/script&gt;").length - 1).toBeGreaterThan(15);
  });

  it("asks for nothing: no link leaves the page, and its own policy forbids everything but its style", () => {
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    );
    expect([...page.matchAll(/\b(?:src|href|url)\s*[=(]\s*"?([^"\s)]*)/g)].map(([, target]) => target?.[0])).toEqual(
      [...page.matchAll(/\bhref="#/g)].map(() => "#"),
    );
  });

  it("counts verdicts, twins and resources of each stage", () => {
    const text = page.replace(/<[^>]+>/g, "").replace(/\s+/g, " ");
    expect(text).toContain(
      "weak 1 exploited 0 blocked 0 of 1 legitimate requests served. Stood up in 2.3 s: 30 resources emulated, 0 declared.",
    );
    expect(text).toContain(
      "prod 0 exploited 1 blocked 1 other 1 of 1 legitimate requests served. Stood up in 2.3 s: 30 resources emulated, 4 declared.",
    );
    expect(text).toContain("2026-01-02 03:04:05 UTC, 45.7 s in all.");
  });

  it("draws a blocked attack to the wall that stopped it, an exploited one through all walls", () => {
    const lines = [
      ...page.matchAll(
        /class="(blocked|exploited|not-run)"><title>([^<]*)<\/title>\s*<text[^>]*>[^<]*<\/text>\s*<line x1="190" x2="(\d+)"/g,
      ),
    ];
    const ends = Object.fromEntries(lines.map(([, verdict, title, end]) => [`${verdict} ${title}`, Number(end)]));
    expect(ends).toEqual({
      "exploited xss-reflected: exploited": 936,
      "blocked xss-reflected: blocked at function": 656,
      "not-run no-token: not run": 190,
    });
    expect(page).toContain(
      `<g class="wall"><text x="656" y="18" text-anchor="middle" class="name">function (1)</text>`,
    );
    expect(page).toContain(`<g class="gap"><text x="250" y="18" text-anchor="middle" class="name">edge</text>`);
  });

  it("fills the defence that held in the chain, and says of a stage without the attack that it was not run", () => {
    expect(page).toContain(
      `<li class="held">function:html-encoding</li><li class="stands">function:content-security-policy</li>`,
    );
    expect(page).toContain(`<div class="side"><h3>weak</h3><p>Not run.</p></div>`);
  });

  it("names what it does not show", () => {
    expect(page).toContain("<li><code>aws:kms/key:Key</code></li>");
    expect(page).toContain("Every resource was created on the emulator.");
    expect(page).toContain("<code>no-token</code>, not run:");
    expect(page).toContain("NOT SERVED");
  });
});
