import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";

/** A real Chromium without a window, and how to end it and remove what it wrote. */
export interface Chromium {
  browser: Browser;
  close(): Promise<void>;
}

/** Starts the Chromium of npm's `@sparticuz/chromium` (x86-64). */
export async function startChromium(): Promise<Chromium> {
  const directory = mkdtempSync(join(tmpdir(), "palisade-chromium-"));
  const [{ default: chromium }, { launch }] = await Promise.all([
    import("@sparticuz/chromium"),
    import("puppeteer-core"),
  ]);
  const browser = await launch({
    executablePath: await chromium.executablePath(),
    // In one process, which suits a Lambda function, it does not survive a page that is closed.
    args: chromium.args.filter((arg) => arg !== "--single-process" && arg !== "--no-zygote"),
    userDataDir: directory,
    headless: "shell",
    pipe: true,
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
