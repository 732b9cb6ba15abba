import { expect, it } from "vitest";
import { added, within } from "../../edge/share.ts";

it.each([
  [[10, 20, 90], [21, 22, 23], 0.1, true],
  [[20], [23], 0.15, false],
  [[20, 20], [18, 18], -0.1, true],
])("%j and %j: %d", (bare, guarded, share, met) => {
  expect(added(bare, guarded)).toBeCloseTo(share, 10);
  expect(within(share)).toBe(met);
});

it("holds nothing where nothing was measured", () => {
  expect(within(added([], []))).toBe(false);
});
