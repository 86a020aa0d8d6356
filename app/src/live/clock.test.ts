// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { make_clock } from "./clock";

function clocks() {
  const at = { time_of_day: 1_000_000, monotonic: 500 };
  const clock = make_clock(
    () => at.time_of_day,
    () => at.monotonic,
  );
  return { at, clock };
}

test("the clock counts the time while a device sleeps and its monotonic clock stands still", () => {
  const { at, clock } = clocks();
  at.time_of_day += 60_000;
  expect(clock()).toBe(60_000);
});

test("the clock goes on when the time of day is set back", () => {
  const { at, clock } = clocks();
  at.time_of_day -= 3_600_000;
  at.monotonic += 700;
  expect(clock()).toBe(700);
});

test("the clock never runs backwards", () => {
  const { at, clock } = clocks();
  at.time_of_day += 100;
  const before = clock();
  at.time_of_day -= 100;
  at.monotonic -= 100;
  expect(clock()).toBe(before);
});
