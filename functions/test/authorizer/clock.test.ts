import { expect, test } from "vitest";
import { checkClock, createClock } from "../../src/authorizer/clock.ts";

test.each([
  ["both clocks go on alike", 5000, 5000, 5000],
  ["the process was frozen and its own clock stood still", 5000, 0, 5000],
  ["the wall clock was set back", -60_000, 5000, 5000],
  ["the wall clock was set forward", 600_000, 5000, 600_000],
  ["both go back", -1, -1, 0],
])("elapsed time when %s", (_what, wall, steady, elapsed) => {
  const times = { wall: 1_000_000, steady: 10 };
  const clock = createClock(
    () => times.wall,
    () => times.steady,
  );
  const before = clock.elapsed();
  times.wall += wall;
  times.steady += steady;
  expect(clock.elapsed() - before).toBe(elapsed);
  expect(clock.elapsed() - before).toBe(elapsed);
  expect(clock.now()).toBe(times.wall);
});

test("the runtime's clocks are the default", () => {
  const clock = createClock();
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  expect(clock.elapsed()).toBeGreaterThanOrEqual(0);
});

test.each([undefined, 1_000_000, 940_000, 1_060_000])(
  "a clock that API Gateway agrees with: %s",
  (requestTimeEpoch) => {
    expect(() => checkClock({ now: () => 1_000_000, elapsed: () => 0 }, requestTimeEpoch)).not.toThrow();
  },
);

test.each([939_999, 1_060_001, Number.NaN])("a clock that it does not agree with: %s", (requestTimeEpoch) => {
  expect(() => checkClock({ now: () => 1_000_000, elapsed: () => 0 }, requestTimeEpoch)).toThrow("clock: no answer");
});
