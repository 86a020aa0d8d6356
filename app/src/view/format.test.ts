// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import {
  age_text,
  amperes,
  cell_volts,
  degrees,
  kilowatt_hours,
  millivolts,
  pack_volts,
  percent_of_permille,
  plain,
  signed_amperes,
  signed_watts,
  total_kilowatt_hours,
  watts,
} from "./format";

// The decimal sign and the digit groups belong to the reader's language.
function english(text: string): string {
  const parts = new Intl.NumberFormat(globalThis.navigator?.language).formatToParts(12_345.6);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return text.replaceAll(sign("group"), "").replace(sign("decimal"), ".");
}

const numbers: readonly (readonly [string, string, string])[] = [
  [plain(pack_volts(13_245)), "13.25 V", "pack voltage has two decimals"],
  [plain(pack_volts(0)), "0.00 V", "an empty reading is a number too"],
  [plain(cell_volts(3312)), "3.312 V", "cell voltage has three"],
  [plain(millivolts(35)), "35 mV", "a difference has none"],
  [plain(amperes(7625)), "7.6 A", "current has one"],
  [plain(signed_amperes(13_875)), "+13.9 A", "charging has a plus"],
  [plain(signed_amperes(-41_250)), "−41.3 A", "discharging has a true minus"],
  [plain(signed_amperes(-40)), "0.0 A", "there is no minus zero"],
  [plain(amperes(-40)), "0.0 A", "nor in an unsigned current"],
  [plain(watts(9999)), "9999 W", "power has no decimals"],
  [plain(watts(10_000)), "10.00 kW", "until it is ten kilowatts"],
  [plain(signed_watts(-12_345)), "−12.35 kW", "with its sign"],
  [plain(kilowatt_hours(655)), "0.66 kWh", "energy has two decimals"],
  [plain(kilowatt_hours(99_990)), "99.99 kWh", "below a hundred kilowatt-hours"],
  [plain(kilowatt_hours(412_000)), "412.0 kWh", "and one above"],
  [plain(total_kilowatt_hours(7000)), "7.0 kWh", "a total counts whole ones"],
  [plain(degrees(-4)), "0 °C", "the sensor is good for five degrees"],
  [plain(degrees(-275)), "−28 °C", "below zero too"],
  [plain(percent_of_permille(999)), "99 %", "almost full is not full"],
  [plain(percent_of_permille(1000)), "100 %", "full is"],
];

// proves APP-1, APP-2
test("numbers have the digits, the unit and the sign that each quantity deserves", () => {
  for (const [shown, expected, why] of numbers) expect(english(shown), why).toBe(expected);
});

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_599_999, "59 min"],
  [7_200_000, "2 h"],
  [864_000_000, "10 d"],
])("an age of %i ms is %s", (age_ms, expected) => {
  expect(age_text(age_ms)).toBe(expected);
});
