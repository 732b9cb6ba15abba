import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeReport } from "../../src/report/write.ts";
import { stageResult } from "../support.ts";

describe("the report", () => {
  it("is a page and the data that it was made from", async () => {
    const directory = await mkdtemp(join(tmpdir(), "lab-report-"));
    try {
      const result = { startedAt: "2026-01-01T00:00:00.000Z", ms: 1000, stages: [stageResult()] };
      const [page = "", data = ""] = await writeReport(join(directory, "report"), result);
      expect([page, data]).toEqual([join(directory, "report/index.html"), join(directory, "report/result.json")]);
      expect(await readFile(page, "utf8")).toMatch(/^<!doctype html>.*sqli-union/s);
      expect(JSON.parse(await readFile(data, "utf8"))).toEqual(result);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
