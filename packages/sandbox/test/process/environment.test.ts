import { dirname } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { cleanEnvironment } from "../../src/process/environment.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("nothing of the user's environment is passed on but the path and the locale", () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAUSER");
  vi.stubEnv("AWS_PROFILE", "production");
  vi.stubEnv("GITHUB_TOKEN", "token");
  vi.stubEnv("NODE_OPTIONS", "--inspect");
  vi.stubEnv("LANG", "de_DE.UTF-8");
  vi.stubEnv("LC_ALL", "");
  vi.stubEnv("LC_CTYPE", "");
  vi.stubEnv("TZ", "");
  vi.stubEnv("TERM", "");
  vi.stubEnv("PATH", "/usr/bin");
  expect(cleanEnvironment("/lab/sandbox", { EXTRA: "1" })).toEqual({
    LANG: "de_DE.UTF-8",
    PATH: `${dirname(process.execPath)}:/usr/bin`,
    HOME: "/lab/sandbox",
    TMPDIR: "/lab/sandbox/tmp",
    EXTRA: "1",
  });
});

test("without a path there is the system's", () => {
  vi.stubEnv("PATH", undefined);
  expect(cleanEnvironment("/lab").PATH).toBe(`${dirname(process.execPath)}:/usr/bin:/bin`);
});
