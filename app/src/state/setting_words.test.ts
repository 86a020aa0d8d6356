// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { read_setting, read_settings } from "../api/settings";
import type { Setting } from "../api/settings";
import { example_settings, setting } from "../testing/example_board";
import { grouped, limits_text, setting_hint, setting_value_text } from "./setting_words";

function groups_of(settings: readonly Setting[]): Record<string, string[]> {
  const groups = grouped(settings).map(({ group, settings: members }): [string, string[]] => [
    group.id,
    members.map(({ name }) => name),
  ]);
  return Object.fromEntries(groups);
}

// proves APP-4
test("settings stand in groups as an owner thinks, in the board's order", () => {
  const settings = read_settings({ settings: example_settings() })?.settings ?? [];
  expect(groups_of(settings)).toEqual({
    power: ["solar_peak", "capacity"],
    voltages: ["v_min", "v_max", "v_nominal"],
    temperatures: ["t_max", "t_discharge_min"],
    restart: ["charge_restart"],
    relays: ["charge_force_off", "relay1_function"],
  });
});

// proves APP-4
test("a setting that nobody has named here is shown all the same, by what comes with it", () => {
  const flux: Setting = setting("flux_limit", "gauss", 7, { title: "Flux limit", preset: 3 });
  expect(groups_of([flux])).toEqual({ voltages: [], others: ["flux_limit"] });
  expect(setting_value_text(flux, 7)).toBe("7\u00a0gauss");
  expect(limits_text(flux)).toBe(
    "0 to 1000\u00a0gauss · step 1\u00a0gauss · default 3\u00a0gauss",
  );
  expect(setting_hint(flux)).toBe("");
  const kind = read_setting(setting("flux_kind", "choice", 2, { choices: null }));
  expect(kind && setting_value_text(kind, 2)).toBe("2");
});

test("choices, flags and 'as the other one' are words", () => {
  const chemistry = setting("chemistry", "choice", 2, { minimum: 1, choices: ["LFP", "LTO"] });
  expect(setting_value_text(chemistry, 2)).toBe("LTO");
  expect(setting_value_text(chemistry, 9)).toBe("9");
  expect(setting_value_text(setting("relay1_invert", "flag", 1), 1)).toBe("yes");
  const inherits = setting("t_other", "decicelsius", 0, { inherit: -1000 });
  expect(setting_value_text(inherits, -1000)).toBe("as the other one");
  expect(limits_text(setting("relay1_invert", "flag", 0))).toBe("default no");
});
