import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { duringInvocation, timeFor, within } from "../../src/shared/invocation.ts";

describe("timeFor", () => {
  test.each([
    [28_000, 5000, undefined, 5000],
    [3000, 5000, undefined, 2500],
    [3000, 5000, 1000, 2000],
    [200, 5000, undefined, 100],
  ])("with %i ms left, of %i, reserving %s, gives %i", async (remaining, most, reserve, milliseconds) => {
    const context = { getRemainingTimeInMillis: () => remaining };
    expect(await duringInvocation(context, async () => timeFor(most, reserve))).toBe(milliseconds);
  });

  test("gives all of it where no time is told", async () => {
    expect(timeFor(5000)).toBe(5000);
    expect(await duringInvocation({}, async () => timeFor(5000))).toBe(5000);
    expect(await duringInvocation(undefined, async () => timeFor(5000))).toBe(5000);
  });

  test("keeps the time of two invocations apart", async () => {
    const timeAfter = (remaining: number) =>
      duringInvocation({ getRemainingTimeInMillis: () => remaining }, async () => {
        await Promise.resolve();
        return timeFor(5000);
      });
    expect(await Promise.all([timeAfter(1500), timeAfter(2500)])).toEqual([1000, 2000]);
  });
});

describe("within", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is what the work is, and leaves no timer", async () => {
    expect(await within(1000, Promise.resolve(7))).toBe(7);
    await expect(within(1000, Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("rejects when the work takes longer, whatever becomes of it", async () => {
    const late = new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), 2000));
    const limited = expect(within(1000, late)).rejects.toMatchObject({
      code: "ETIMEDOUT",
      message: "no answer in 1000 ms",
    });
    await vi.advanceTimersByTimeAsync(3000);
    await limited;
  });
});
