// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Alarms, Chain, FlagReading } from "../api/types";
import { remember_alarms, remember_chain } from "./alarm_memory";

const off: FlagReading = { value: false, age_ms: 100, state: "fresh" };
const on: FlagReading = { value: true, age_ms: 100, state: "fresh" };
const missing: FlagReading = { value: null, age_ms: null, state: "missing" };

function alarms(v_high: FlagReading): Alarms {
  return { communication: off, v_high, v_low: off, t_high: off, t_low: off };
}

function v_high_after(known: FlagReading, news: FlagReading): FlagReading {
  return remember_alarms(alarms(known), alarms(news), 2000).v_high;
}

// proves APP-2
test("an alarm is cleared by a fresh message without it, and by nothing else", () => {
  expect(v_high_after(on, off)).toEqual(off);
  const doubtful: readonly FlagReading[] = [
    missing,
    { ...off, state: "stale" },
    { ...off, state: "suspect" },
    { value: null, age_ms: null, state: "absent" },
  ];
  for (const news of doubtful) expect(v_high_after(on, news).value).toBe(true);
});

test("a remembered alarm is stale and grows older", () => {
  expect(v_high_after(on, missing)).toEqual({ value: true, age_ms: 2100, state: "stale" });
  const older = v_high_after(v_high_after(on, missing), missing);
  expect(older.age_ms).toBe(4100);
});

test("no alarm is invented where none was known", () => {
  expect(v_high_after(off, missing)).toEqual(missing);
  expect(v_high_after(missing, missing)).toEqual(missing);
});

test("one lamp's news does not touch the others", () => {
  const known = { ...alarms(on), t_low: on };
  const after = remember_alarms(known, { ...alarms(off), t_low: missing }, 0);
  expect(after.v_high.value).toBe(false);
  expect(after.t_low.value).toBe(true);
});

const broken: Chain = {
  fault: "broken",
  break_before: 3,
  text: "the wire from cell 2 to cell 3 is broken",
  live: true,
};

// proves APP-2
test("the place of a broken wire stays known until news of it or a young all-clear", () => {
  const kept = { ...broken, live: false };
  expect(remember_chain(broken, null, alarms(off))).toEqual(null);
  const before_the_break: FlagReading = { value: false, age_ms: 4000, state: "fresh" };
  for (const communication of [before_the_break, on, missing]) {
    expect(remember_chain(broken, null, { ...alarms(off), communication })).toEqual(kept);
  }
  const whole = { ...broken, fault: "none", break_before: null };
  expect(remember_chain(broken, whole, alarms(off))).toBe(whole);
  expect(remember_chain(whole, null, alarms(off))).toBeNull();
  expect(remember_chain(null, broken, alarms(off))).toBe(broken);
});
