import type { BrowserStart } from "./browser.ts";
import { messageOf } from "./errors.ts";
import type { TwinResult } from "./report/json.ts";
import { seed } from "./seed.ts";
import type { RunningStage } from "./stage.ts";
import type { LabUser } from "./users.ts";

/** The id of the walk among the legitimate requests of a report. */
export const WALK_ID = "page-walk";

/**
 * Walks through the partners' page as alice would: she signs in at the user pool's own page, searches, orders, opens the receipt and signs out. What
 * the browser says of the page's policy and of the cookies is looked at on the way.
 *
 * @returns undefined where the stage has no page, or the machine no browser
 */
export async function walkPage(
  stage: RunningStage,
  alice: Pick<LabUser, "username" | "password">,
  chromium: BrowserStart,
): Promise<TwinResult | undefined> {
  if (stage.pageUrl === undefined || "reason" in chromium) return undefined;
  try {
    await seed(stage.database);
    const walked = await chromium.browser.walk({ pageUrl: stage.pageUrl, credentials: alice });
    return { id: WALK_ID, ok: true, evidence: walked, exchanges: [] };
  } catch (error) {
    return { id: WALK_ID, ok: false, evidence: messageOf(error), exchanges: [] };
  }
}
