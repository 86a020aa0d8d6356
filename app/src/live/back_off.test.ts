// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { back_off_ms, wait_ms_max } from "./back_off";

test("each failure doubles the wait until the longest", () => {
  const waits = [1, 2, 3, 4, 5, 6].map((failures) => back_off_ms(failures, 0));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
});

test("the wait stays finite and short after a year of failures", () => {
  expect(back_off_ms(1_000_000, 0)).toBe(wait_ms_max);
});

test("chance shortens the wait by at most a quarter and never lengthens it", () => {
  expect(back_off_ms(5, 0.999)).toBeGreaterThanOrEqual(6000);
  expect(back_off_ms(5, 0.5)).toBe(7000);
});
