// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { Setting } from "../api/settings";
import { setting } from "../testing/example_board";
import { decimals_of, draft_of, parse_draft, stepped, with_unit } from "./setting_text";

const v_min: Setting = setting("v_min", "millivolts", 2800, {
  minimum: 2000,
  maximum: 5000,
  step: 5,
});
const t_min: Setting = setting("t", "decicelsius", 0, {
  minimum: -400,
  maximum: 850,
  inherit: -1000,
});

const typed = (text: string) => ({ text, inherited: false });

test.each([
  ["millivolts", 2800, 5, "2.800\u00a0V"],
  ["millivolts", 500, 10, "0.50\u00a0V"],
  ["decicelsius", -105, 1, "\u221210.5\u00a0°C"],
  ["watts", 5430, 10, "5.43\u00a0kW"],
  ["watt_hours", 1900, 100, "1.9\u00a0kWh"],
  ["milliamperes", 51_000, 200, "51.0\u00a0A"],
  ["seconds", 86_400, 5, "86400\u00a0s"],
  ["percent", 95, 1, "95\u00a0%"],
  ["micro_gauss", 12, 1, "12\u00a0micro gauss"],
])("%s are written with their unit and the decimals of their step", (unit, value, step, text) => {
  expect(with_unit(setting("x", unit, 0, { step }), value)).toBe(text);
});

test("a minimum between two decimals is not rounded away", () => {
  expect(decimals_of(setting("x", "millivolts", 5, { minimum: 5, step: 10 }))).toBe(3);
});

describe("what is typed", () => {
  test.each([
    ["2.9", 2900],
    ["2,905", 2905],
    [" 3 ", 3000],
    ["+3.0", 3000],
    ["5", 5000],
    ["2.000", 2000],
  ])("%j is %i", (text, value) => {
    expect(parse_draft(v_min, typed(text))).toEqual({ value });
  });

  test.each([
    ["", "A number is needed"],
    ["abc", "A number is needed"],
    ["2.9.1", "A number is needed"],
    ["1e3", "A number is needed"],
    ["2.800,5", "A number is needed"],
    ["-3", "At least 2.000"],
    ["1.995", "At least 2.000"],
    ["5.005", "At most 5.000"],
    ["99999999999999", "At most 5.000"],
    ["2.903", "Only in steps of 0.005"],
    ["2.9004", "Only in steps of 0.005"],
  ])("%j is refused with the limit that came with the setting", (text, problem) => {
    expect(parse_draft(v_min, typed(text))).toEqual({ problem: expect.stringContaining(problem) });
  });

  test("may have the long minus sign", () => {
    expect(parse_draft(t_min, typed("\u221210.5"))).toEqual({ value: -105 });
    expect(parse_draft(t_min, typed("-10.5"))).toEqual({ value: -105 });
  });

  test("may be 'as the other one' only where the setting has it", () => {
    const inherited = { text: "", inherited: true };
    expect(parse_draft(t_min, inherited)).toEqual({ value: -1000 });
    expect(parse_draft(v_min, inherited)).toHaveProperty("problem");
  });
});

test("every value on a step survives the way to text and back", () => {
  for (let value = v_min.minimum; value <= v_min.maximum; value += v_min.step) {
    expect(parse_draft(v_min, draft_of(v_min, value))).toEqual({ value });
  }
  for (let value = t_min.minimum; value <= t_min.maximum; value += 1) {
    expect(parse_draft(t_min, draft_of(t_min, value))).toEqual({ value });
  }
  expect(parse_draft(t_min, draft_of(t_min, -1000))).toEqual({ value: -1000 });
});

describe("a step", () => {
  const step_from = (text: string, steps: number) => stepped(v_min, typed(text), steps).text;

  test("goes to the next place, also from between two", () => {
    expect(step_from("2.800", 1)).toBe("2.805");
    expect(step_from("2.803", 1)).toBe("2.805");
    expect(step_from("2.803", -1)).toBe("2.800");
    expect(step_from("2.800", -10)).toBe("2.750");
  });

  test("ends at the ends, and begins anew from what is no number", () => {
    expect(step_from("5.000", 1)).toBe("5.000");
    expect(step_from("2.000", -1)).toBe("2.000");
    expect(step_from("99", -1)).toBe("4.995");
    expect(step_from("?", 1)).toBe("2.805");
  });
});
