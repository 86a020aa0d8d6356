// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Setting } from "../api/settings";
import { setting } from "../testing/example_board";
import { capacity_advice } from "./capacity_advice";

const capacity: Setting = setting("capacity", "watt_hours", 2700, {
  minimum: 100,
  maximum: 50_000,
  step: 100,
});
const cells = { count: 4, ampere_hours: 200, nominal_mv: 3200 };

// proves APP-4
test("the manual's example: four cells of 200 Ah, 2560 Wh rated, 1920 Wh advised", () => {
  const advice = { rated_wh: 2560, advised_wh: 1920, value: 1900 };
  expect(capacity_advice(capacity, cells)).toEqual(advice);
});

test("the advice stays inside the setting's range", () => {
  expect(capacity_advice(capacity, { ...cells, ampere_hours: 1 })?.value).toBe(100);
  expect(capacity_advice(capacity, { ...cells, ampere_hours: 1e6 })?.value).toBe(50_000);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
  "of %d ampere-hours there is no advice",
  (ampere_hours) => {
    expect(capacity_advice(capacity, { ...cells, ampere_hours })).toBeNull();
  },
);
