import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [, section = ""] = readme.split("## Traps of AWS WAF, and what is done");
const rows = (section.split("\n## ")[0] ?? "")
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .slice(2)
  .map((line) =>
    line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim()),
  );

describe("the traps of AWS WAF", () => {
  test("are all there: what each speaks of", () => {
    const traps = rows.map(([trap]) => trap).join("\n");
    for (const subject of [
      "REST API's stage",
      "HTTP APIs",
      "before the authorizer",
      "association",
      "8 KB",
      "Oversize handling",
      "ATP and ACFP need",
      "at CloudFront only",
      "aws-waf-logs-",
      "60, 120, 300, 600",
      "Shield Advanced",
      "Network Firewall",
    ]) {
      expect(traps, subject).toContain(subject);
    }
  });

  test.each(rows)("%s: has an answer and a test, or says why it has none", (_trap, answer = "", held = "") => {
    expect(answer.length).toBeGreaterThan(5);
    if (held.startsWith("none: ")) return;
    const [, file = "", name = ""] = /^`([^`]+)`: (.+)$/.exec(held) ?? [];
    const url = file.includes("/") ? new URL(file, root) : new URL(`firewall/${file}`, import.meta.url);
    expect(existsSync(url), file).toBe(true);
    expect(readFileSync(url, "utf8"), `${file} has no test "${name}"`).toContain(`("${name}"`);
  });
});
