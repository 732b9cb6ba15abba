import { describe, expect, test } from "vitest";
import type { DetectionResult } from "../../src/detection.ts";
import { renderReport } from "../../src/report/html/index.ts";
import { toJsonFile } from "../../src/report/json-file.ts";
import { COLOURS, surprises, table } from "../../src/table.ts";
import type { Trace } from "../../src/traces.ts";
import { attackResult, stageResult } from "../support.ts";

const HOSTILE = `"><script>alert(1)</script>`;

const ABOUT = { id: "malicious-address-call", title: "A function calls an address", paper: "IV.2.C" } as const;
const CALL = { functionName: "caller-1", address: "198.51.100.66", time: "2026-11-24T16:07:31.515Z" };

const SILENT: DetectionResult = {
  ...ABOUT,
  outcome: "no trace",
  call: CALL,
  evidence: "caller-1 called 198.51.100.66; no finding, and no mail in 2 s",
};
const TOLD: DetectionResult = {
  ...ABOUT,
  outcome: "mail",
  call: CALL,
  finding: { id: "f1", type: "T:Lambda/X", severity: 5 },
  mail: {
    to: "ann@example.com",
    subject: `[MEDIUM] ${HOSTILE}`,
    text: `What ${HOSTILE}`,
    time: "2026-11-24T16:07:32.715Z",
  },
  seconds: 1.2,
  evidence: "a mail to ann@example.com after 1.2 s",
};
const TRACE: Trace = {
  source: "audit trail",
  where: "audit-logs/AWSLogs/file.json.gz",
  event: `lambda:Invoke by ${HOSTILE}`,
  id: "e1",
  time: "2026-11-24T16:07:31.515Z",
  count: 2,
};

const weak = stageResult({
  stage: "weak",
  attacks: [attackResult({ verdict: "exploited", layer: "none", defence: undefined, traces: [] })],
  detection: SILENT,
});
const prod = stageResult({
  attacks: [
    attackResult({ traces: [TRACE, { ...TRACE, source: "access log", event: "GET 403", id: undefined, count: 1 }] }),
  ],
  detection: TOLD,
});
const page = (...stages: (typeof prod)[]) => renderReport({ startedAt: "2026-11-24T16:00:00.000Z", ms: 1, stages });

describe("the table", () => {
  test("has the call as its last row, with who was told", () => {
    expect(
      table({ stages: [weak, prod] })
        .split("\n")
        .at(-1),
    ).toBe("malicious-address-call  IV.2.C  no trace   mail after 1.2 s  detection");
    const untried = stageResult({ stage: "weak", attacks: [] });
    expect(
      table({ stages: [untried, prod] })
        .split("\n")
        .at(-1),
    ).toBe("malicious-address-call  IV.2.C        mail after 1.2 s  detection");
  });

  test("shows silence red and a mail green", () => {
    const coloured = table({ stages: [weak, prod] }, COLOURS);
    expect(coloured).toContain("\u001b[31mno trace\u001b[39m");
    expect(coloured).toContain("\u001b[32mmail after 1.2 s\u001b[39m");
    const untold = { ...prod, detection: { ...TOLD, outcome: "finding" as const } };
    expect(table({ stages: [untold] }, COLOURS)).toContain("\u001b[31mfinding\u001b[39m");
    const tellingWeak = { ...weak, detection: TOLD };
    expect(table({ stages: [tellingWeak] }, COLOURS)).toContain("\u001b[31mmail after 1.2 s\u001b[39m");
  });

  test("a prod that tells nobody is a surprise, and so is a weak that does", () => {
    expect(surprises({ stages: [weak, prod] })).toEqual([]);
    expect(
      surprises({
        stages: [
          { ...weak, detection: TOLD },
          { ...prod, detection: SILENT },
        ],
      }),
    ).toEqual([
      "weak: malicious-address-call is mail after 1.2 s: a mail to ann@example.com after 1.2 s",
      "prod: malicious-address-call is no trace: caller-1 called 198.51.100.66; no finding, and no mail in 2 s",
    ]);
  });
});

describe("the file of --json", () => {
  test("has the traces of each attack, an empty list for none, and the detection", () => {
    const { stages } = toJsonFile({ stages: [weak, prod] });
    expect(stages.map(({ attacks, detection }) => [attacks[0]?.traces?.length, detection?.outcome])).toEqual([
      [0, "no trace"],
      [2, "mail"],
    ]);
    expect(stages[1]?.attacks[0]?.traces?.[0]).toEqual(TRACE);
  });

  test("has neither where nobody looked", () => {
    const [stage] = toJsonFile({ stages: [stageResult()] }).stages;
    expect(stage).not.toHaveProperty("detection");
    expect(stage?.attacks[0]).not.toHaveProperty("traces");
  });
});

describe("the page", () => {
  test("lists what an attack left, and where", () => {
    const text = page(weak, prod);
    expect(text).toContain("No trace: nothing that the stage keeps tells of it.");
    expect(text).toMatch(/<b>audit trail<\/b> lambda:Invoke by [^<]* \(2 times\)/);
    expect(text).toContain("16:07:31.515 in <code>audit-logs/AWSLogs/file.json.gz</code>, id <code>e1</code>");
    expect(text).toContain("<b>access log</b> GET 403<br>");
  });

  test("shows the way from the call to the mailbox, side by side", () => {
    const text = page(weak, prod);
    expect(text).toContain('<h2 id="detection">From a call to a mailbox</h2>');
    expect(text).toContain("<li>no finding</li>");
    expect(text).toContain("<li>no mail</li>");
    expect(text).toContain("<b>finding</b> T:Lambda/X, severity 5, id <code>f1</code>");
    expect(text).toContain("<b>mail</b> 16:07:32.715 to ann@example.com");
    expect(text).toContain('<span class="verdict blocked">mail after 1.2 s</span>');
    expect(text).toContain('<span class="verdict exploited">no trace</span>');
  });

  test("holds no markup of a mail or a trace", () => {
    expect(page(weak, prod)).not.toContain("<script");
  });

  test("says nothing of it where it was not tried", () => {
    const text = page(stageResult({ stage: "weak" }), stageResult());
    expect(text).not.toContain("From a call to a mailbox");
    expect(text).not.toContain("<h4>Traces</h4>");
    const half = page(stageResult({ stage: "weak", attacks: [] }), {
      ...prod,
      detection: { ...SILENT, call: undefined },
    });
    expect(half).toContain('<span class="verdict exploited">not run</span>');
    expect(half).not.toContain("<b>call</b>");
  });
});
