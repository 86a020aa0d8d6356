/**
 * How settings are grouped and explained. Only words: a setting that is not named here is shown all
 * the same, among the others, by the title, unit and limits that come with it.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Setting } from "../api/settings";
import { number_text, with_unit } from "./setting_text";

/** One group of the page, in its order. */
export interface SettingGroup {
  readonly id: string;
  readonly title: string;
}

interface GroupRule extends SettingGroup {
  /** Names in it, or how they begin. */
  readonly begins: readonly string[];
}

const rules: readonly GroupRule[] = [
  {
    id: "power",
    title: "Power and capacity",
    begins: ["solar_peak", "inverter_peak", "capacity", "chemistry", "tail_current"],
  },
  { id: "voltages", title: "Cell voltages", begins: ["v_"] },
  { id: "temperatures", title: "Temperatures", begins: ["t_"] },
  {
    id: "restart",
    title: "Restart and delays",
    begins: ["charge_restart", "discharge_restart", "charge_pause", "discharge_pause"],
  },
  { id: "relays", title: "Relays", begins: ["charge_force", "discharge_force", "relay"] },
  { id: "sensors", title: "Current sensors", begins: ["invert_charge", "invert_load"] },
];

const others: SettingGroup = { id: "others", title: "Others" };

/** The settings in groups, each in the board's order; the voltages are there even when empty. */
export function grouped(
  settings: readonly Setting[],
): readonly { readonly group: SettingGroup; readonly settings: readonly Setting[] }[] {
  const rule_of = (setting: Setting): SettingGroup =>
    rules.find(({ begins }) => begins.some((begin) => setting.name.startsWith(begin))) ?? others;
  return [...rules, others].flatMap((group) => {
    const members = settings.filter((setting) => rule_of(setting).id === group.id);
    return members.length > 0 || group.id === "voltages" ? [{ group, settings: members }] : [];
  });
}

const hints: Readonly<Record<string, string>> = {
  solar_peak: "With so much power the picture of the sun is full.",
  inverter_peak: "With so much power the picture of the consumers is full.",
  capacity: "The energy between full and empty, against which the state of charge is counted.",
  chemistry: "For your record and other programs. It changes no limit.",
  tail_current:
    "The pack is full once it takes no more than this. 0 A: as soon as every cell is at V bypass.",
  v_min: "A cell at or below it opens the LOAD relay. Below it lamp Vl is lit.",
  v_max: "A cell at or above it opens the CHARGE relay. Above it lamp Vh is lit.",
  v_low: "Early warning: a cell below it warns before V min opens the LOAD relay.",
  v_nominal: "The nominal voltage of one cell, from its data sheet.",
  v_min_hysteresis: "LOAD closes again only when every cell is so far above V min.",
  v_max_hysteresis: "CHARGE closes again only when every cell is so far below V max.",
  t_charge_min:
    "A cell below it opens the CHARGE relay, and the LOAD relay where it has no T min of its own.",
  t_discharge_min: "A cell below it opens the LOAD relay.",
  t_max: "A cell above it opens both relays.",
  charge_restart: "In normal mode CHARGE closes again below this state of charge.",
  discharge_restart: "In normal mode LOAD closes again from this state of charge on.",
  charge_restart_delay: "An opened CHARGE relay stays open for at least this time.",
  discharge_restart_delay: "An opened LOAD relay stays open for at least this time.",
  charge_pause_delay: "The pack must be full for this time before CHARGE opens. V max never waits.",
  discharge_pause_delay:
    "A cell must be at V min for this time before LOAD opens: bridges the start of a motor.",
  charge_force_off: "No charging, whatever the cells say, until this is off again.",
  discharge_force_off: "No discharging, whatever the cells say, until this is off again.",
  relay1_function: "What the contact of the CHARGE relay follows.",
  relay2_function: "What the contact of the LOAD relay follows.",
  relay1_invert: "Turns the contact round. A dead board then means the opposite: mind the danger.",
  relay2_invert: "Turns the contact round. A dead board then means the opposite: mind the danger.",
  relay1_force: "Keeps the contact of the CHARGE relay off.",
  relay2_force: "Keeps the contact of the LOAD relay off.",
  invert_charge_sensor: "Set it when charging shows a minus sign.",
  invert_load_sensor: "Set it when consumers show a minus sign.",
};

const inherit_words: Readonly<Record<string, string>> = { t_discharge_min: "as T min" };

/** What a setting does, in a sentence; empty for one that is not known here. */
export function setting_hint(setting: Setting): string {
  return hints[setting.name] ?? "";
}

/** "As the other one", for a setting that may be. */
export function inherit_word(setting: Setting): string {
  return inherit_words[setting.name] ?? "as the other one";
}

/** One value that can be chosen, in a word. */
export function choice_word(setting: Setting, value: number): string {
  if (setting.unit === "flag") return value === 0 ? "no" : value === 1 ? "yes" : String(value);
  return setting.choices[value - setting.minimum] || String(value);
}

/** A value of a setting with its unit or in its word. */
export function setting_value_text(setting: Setting, value: number): string {
  if (setting.inherit !== null && value === setting.inherit) return inherit_word(setting);
  if (setting.unit === "flag" || setting.unit === "choice") return choice_word(setting, value);
  return with_unit(setting, value);
}

/** The range, the step and the default, in one line. */
export function limits_text(setting: Setting): string {
  const preset = `default ${setting_value_text(setting, setting.preset)}`;
  if (setting.unit === "flag" || setting.unit === "choice") return preset;
  const { minimum, maximum, step } = setting;
  const range = `${number_text(setting, minimum)} to ${with_unit(setting, maximum)}`;
  return `${range} · step ${with_unit(setting, step)} · ${preset}`;
}
