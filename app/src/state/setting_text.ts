/**
 * A setting's number as people write it, and back: units, decimals, steps. Limits come from the
 * board with the setting; none is known here.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Setting } from "../api/settings";

/** How a unit is written: one of it is `factor` of the board's integers. */
interface UnitShape {
  readonly sign: string;
  readonly factor: number;
}

const shapes: Readonly<Record<string, UnitShape>> = {
  millivolts: { sign: "V", factor: 1000 },
  decicelsius: { sign: "°C", factor: 10 },
  watts: { sign: "kW", factor: 1000 },
  watt_hours: { sign: "kWh", factor: 1000 },
  milliamperes: { sign: "A", factor: 1000 },
  seconds: { sign: "s", factor: 1 },
  percent: { sign: "%", factor: 1 },
};

/** What an owner has typed or chosen and the board has not. */
export interface Draft {
  /** A number with the unit's decimals, or a raw integer where one is chosen from a list. */
  readonly text: string;
  /** "As the other one". */
  readonly inherited: boolean;
}

function shape_of(setting: Setting): UnitShape {
  return shapes[setting.unit] ?? { sign: setting.unit.replaceAll("_", " "), factor: 1 };
}

/** Whether a setting is chosen from a few values rather than typed. */
export function is_chosen(setting: Setting): boolean {
  return setting.unit === "choice" || setting.unit === "flag";
}

/** "V", "°C", ...; empty for what has no unit. */
export function unit_sign(setting: Setting): string {
  return is_chosen(setting) ? "" : shape_of(setting).sign;
}

/** As many decimals as the steps need: 5 mV are 0.005 V. */
export function decimals_of(setting: Setting): number {
  const { factor } = shape_of(setting);
  let decimals = 0;
  const parts = [setting.step, setting.minimum];
  const are_short = () => parts.some((part) => (part * 10 ** decimals) % factor !== 0);
  while (decimals < 3 && are_short()) decimals += 1;
  return decimals;
}

/** The number without its unit, with the locale's decimal sign and no grouping. */
export function number_text(setting: Setting, value: number): string {
  const decimals = decimals_of(setting);
  const text = new Intl.NumberFormat(globalThis.navigator?.language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: 3,
    useGrouping: false,
  }).format(value / shape_of(setting).factor);
  return text.replace("-", "\u2212");
}

/** The draft that an editor opens with. */
export function draft_of(setting: Setting, value: number): Draft {
  const inherited = setting.inherit !== null && value === setting.inherit;
  // An inherited one has no number of its own: 0 is where one begins.
  const shown = inherited ? 0 : value;
  const number = Math.min(setting.maximum, Math.max(setting.minimum, shown));
  const text = is_chosen(setting) ? String(number) : number_text(setting, number);
  return { text, inherited };
}

/** What a draft comes to: a value for the board, or what is wrong with it. */
export type Parsed = { readonly value: number } | { readonly problem: string };

/** One or more of `setting`'s unit, for messages. */
export function with_unit(setting: Setting, value: number): string {
  const sign = unit_sign(setting);
  // Number and unit stay on one line.
  return number_text(setting, value) + (sign === "" ? "" : `\u00a0${sign}`);
}

/** A decimal number as an integer of the board; null when it is none. */
function scaled(text: string, factor: number): number | null {
  const plain = text.trim().replace("\u2212", "-").replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  const value = Number(plain) * factor;
  // Binary fractions: 2.905 * 1000 is not exactly 2905. What has too many digits stays between two.
  const nearest = Math.round(value);
  return Math.abs(value - nearest) < 1e-6 ? nearest : value;
}

/** Checks a draft against the limits that came with the setting; the board checks again. */
export function parse_draft(setting: Setting, draft: Draft): Parsed {
  if (draft.inherited && setting.inherit !== null) return { value: setting.inherit };
  const value = scaled(draft.text, is_chosen(setting) ? 1 : shape_of(setting).factor);
  const { minimum, maximum, step } = setting;
  if (value === null) {
    return { problem: `A number is needed, such as ${number_text(setting, minimum)}.` };
  }
  if (value < minimum) return { problem: `At least ${with_unit(setting, minimum)}.` };
  if (value > maximum) return { problem: `At most ${with_unit(setting, maximum)}.` };
  if ((value - minimum) % step !== 0) {
    return { problem: `Only in steps of ${with_unit(setting, step)}.` };
  }
  return { value };
}

/** A draft some steps away, kept inside the range and on a step; unreadable text starts anew. */
export function stepped(setting: Setting, draft: Draft, steps: number): Draft {
  const now = scaled(draft.text, shape_of(setting).factor) ?? setting.value;
  const from = Math.min(setting.maximum, Math.max(setting.minimum, now));
  const places = (from - setting.minimum) / setting.step;
  const base = steps > 0 ? Math.floor(places + 1e-9) : Math.ceil(places - 1e-9);
  const most = Math.floor((setting.maximum - setting.minimum) / setting.step);
  const place = Math.min(most, Math.max(0, base + steps));
  return {
    text: number_text(setting, setting.minimum + place * setting.step),
    inherited: false,
  };
}
