import { describe, expect, it } from "vitest";
import type { LabBrowser } from "../src/browser.ts";
import type { WalkRequest } from "../src/page-walk.ts";
import { walkPage } from "../src/walk.ts";
import { fakeStage } from "./fake-stage.ts";
import { USERS } from "./support.ts";

const walking = (walk: LabBrowser["walk"]) => ({ browser: { walk } as LabBrowser });
const PAGE = { pageUrl: "http://127.0.0.1:2" };

describe("the walk through the page", () => {
  it("is one of the legitimate requests, with what was seen", async () => {
    const asked: WalkRequest[] = [];
    const chromium = walking(async (request) => {
      asked.push(request);
      return "alice walked";
    });
    const stage = Object.assign(fakeStage({}), PAGE);
    expect(await walkPage(stage, USERS.alice, chromium)).toEqual({
      id: "page-walk",
      ok: true,
      evidence: "alice walked",
      exchanges: [],
    });
    expect(asked).toEqual([{ pageUrl: "http://127.0.0.1:2", credentials: USERS.alice }]);
  });

  it("fails the lab where something is not as it should be", async () => {
    const chromium = walking(async () => {
      throw new Error("the walk through the page: the cookies are none");
    });
    expect(await walkPage(Object.assign(fakeStage({}), PAGE), USERS.alice, chromium)).toMatchObject({
      ok: false,
      evidence: "the walk through the page: the cookies are none",
    });
  });

  it("is none without a page or a browser", async () => {
    expect(
      await walkPage(
        fakeStage({}),
        USERS.alice,
        walking(async () => ""),
      ),
    ).toBeUndefined();
    const stage = Object.assign(fakeStage({}), PAGE);
    expect(await walkPage(stage, USERS.alice, { reason: "no Chromium" })).toBeUndefined();
  });
});
