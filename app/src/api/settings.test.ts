// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { example_settings, setting } from "../testing/example_board";
import { read_events, read_refusal, read_setting, read_settings } from "./settings";

describe("a setting", () => {
  // proves APP-4
  test("keeps every number exactly as the API sends it", () => {
    const read = read_settings({ settings: example_settings(), v_bypass_mv: 3500 });
    expect(read?.unreadable).toBe(0);
    expect(read?.v_bypass_mv).toBe(3500);
    expect(read?.settings.map(({ name }) => name)).toContain("t_discharge_min");
    expect(read?.settings[2]).toMatchObject({ name: "v_min", value: 2800, step: 5, inherit: null });
  });

  test.each([
    null,
    7,
    [],
    {},
    setting("", "flag", 0),
    setting("x", "flag", 0.5),
    { ...setting("x", "flag", 0), value: "0" },
    { ...setting("x", "flag", 0), minimum: null },
    { ...setting("x", "flag", 0), maximum: -1 },
    { ...setting("x", "flag", 0), step: 0 },
  ])("that is %j is left out", (json) => {
    expect(read_setting(json)).toBeNull();
  });

  test("that cannot be read is counted and leaves the others", () => {
    const settings = [null, ...example_settings(), { name: "half" }];
    const read = read_settings({ settings, v_bypass_mv: "3500" });
    expect(read?.settings).toHaveLength(example_settings().length);
    expect(read?.unreadable).toBe(2);
    expect(read?.v_bypass_mv).toBeNull();
  });

  test.each([
    [null, []],
    ["LFP", []],
    [
      ["LFP", 7, "LTO"],
      ["LFP", "", "LTO"],
    ],
  ])("with the choices %j has the words %j", (choices, words) => {
    expect(read_setting({ ...setting("chemistry", "choice", 1), choices })?.choices).toEqual(words);
  });

  test("without a title or default is still one", () => {
    const { title: _title, preset: _preset, ...bare } = setting("flux", "gauss", 5);
    expect(read_setting(bare)).toMatchObject({ title: "flux", preset: 0, unit: "gauss" });
  });
});

test.each([null, [], {}, { settings: {} }, "x"])("%j holds no settings", (json) => {
  expect(read_settings(json)).toBeNull();
});

describe("the log", () => {
  test("keeps order and words, and leaves out what is no event", () => {
    const events = [
      { age_s: 12, kind: "pin_changed", text: "PIN changed" },
      { age_s: -1, kind: "restart" },
      { age_s: 1 },
      { age_s: 99, kind: "new_kind" },
    ];
    expect(read_events({ events })).toEqual({
      events: [
        { age_s: 12, kind: "pin_changed", text: "PIN changed" },
        { age_s: 99, kind: "new_kind", text: "new kind" },
      ],
      unreadable: 2,
    });
    expect(read_events({})).toBeNull();
  });
});

describe("a refusal", () => {
  test("says why, and how long to wait", () => {
    const error = { code: "wrong_pin", message: "too often", wait_s: 20 };
    expect(read_refusal({ error }, 403)).toEqual(error);
  });

  test.each([null, "x", {}, { error: 7 }])("that is %j says at least its status", (json) => {
    const refusal = read_refusal(json, 502);
    expect(refusal).toEqual({
      code: "unknown",
      message: "the gateway answered with status 502",
      wait_s: 0,
    });
  });
});
