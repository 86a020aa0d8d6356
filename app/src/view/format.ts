/**
 * Numbers as the owner reads them: the unit, the digits each quantity deserves, the locale's
 * decimal sign. The only place where the API's integers become decimal fractions.
 * SPDX-License-Identifier: Apache-2.0
 */

/** A number and its unit, apart so that the unit can be set smaller. */
export interface Quantity {
  readonly number: string;
  readonly unit: string;
}

const formats = new Map<string, Intl.NumberFormat>();

function decimal(value: number, digits: number, signed = false): string {
  const key = `${digits}${signed}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(globalThis.navigator?.language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: signed ? "exceptZero" : "auto",
    });
    formats.set(key, format);
  }
  // A true minus sign is as wide as a plus, so figures do not jump. There is no "-0".
  const shown = format.format(value).replace("-", "\u2212");
  return /[1-9]/.test(shown) ? shown : shown.replace("\u2212", "");
}

/** Pack voltage in volts, two decimals. */
export function pack_volts(millivolts: number): Quantity {
  return { number: decimal(millivolts / 1000, 2), unit: "V" };
}

/** Cell voltage in volts, three decimals. */
export function cell_volts(millivolts: number): Quantity {
  return { number: decimal(millivolts / 1000, 3), unit: "V" };
}

/** A difference of cell voltages in whole millivolts. */
export function millivolts(value: number): Quantity {
  return { number: decimal(value, 0), unit: "mV" };
}

/** A difference with its sign, in whole millivolts. */
export function signed_millivolts(value: number): Quantity {
  return { number: decimal(value, 0, true), unit: "mV" };
}

/** Current in amperes, one decimal. */
export function amperes(milliamperes: number): Quantity {
  return { number: decimal(milliamperes / 1000, 1), unit: "A" };
}

/** Current with its sign: + = charging. */
export function signed_amperes(milliamperes: number): Quantity {
  return { number: decimal(milliamperes / 1000, 1, true), unit: "A" };
}

/** Power in whole watts, from 10 kW in kilowatts with two decimals. */
export function watts(value: number): Quantity {
  if (Math.abs(value) >= 10_000) return { number: decimal(value / 1000, 2), unit: "kW" };
  return { number: decimal(value, 0), unit: "W" };
}

/** Power with its sign: + = charging. */
export function signed_watts(value: number): Quantity {
  if (Math.abs(value) >= 10_000) return { number: decimal(value / 1000, 2, true), unit: "kW" };
  return { number: decimal(value, 0, true), unit: "W" };
}

/** Energy in kilowatt-hours: two decimals below 100 kWh, one above. */
export function kilowatt_hours(watt_hours: number): Quantity {
  const digits = Math.abs(watt_hours) < 100_000 ? 2 : 1;
  return { number: decimal(watt_hours / 1000, digits), unit: "kWh" };
}

/** An energy counter's total in kilowatt-hours, one decimal: the wire counts whole kWh. */
export function total_kilowatt_hours(watt_hours: number): Quantity {
  return { number: decimal(watt_hours / 1000, 1), unit: "kWh" };
}

/** Temperature in whole degrees Celsius: the sensor is good for ±5 °C. */
export function degrees(tenths_celsius: number): Quantity {
  return { number: decimal(tenths_celsius / 10, 0), unit: "°C" };
}

/** A difference of temperatures in whole kelvin. */
export function kelvin(tenths: number): Quantity {
  return { number: decimal(tenths / 10, 0), unit: "K" };
}

/** State of charge in whole percent, cut off rather than rounded: 99.9 % is not yet full. */
export function percent_of_permille(permille: number): Quantity {
  return { number: decimal(Math.floor(permille / 10), 0), unit: "%" };
}

/** A share in whole percent. */
export function percent(value: number): Quantity {
  return { number: decimal(value, 0), unit: "%" };
}

/** A bare count. */
export function count(value: number): Quantity {
  return { number: decimal(value, 0), unit: "" };
}

/** An age in its largest unit: "4 s", "3 min", "2 h", "5 d". Cut off, not rounded. */
export function age_text(age_ms: number): string {
  const seconds = Math.floor(age_ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Number and unit in one text. */
export function plain(quantity: Quantity): string {
  return quantity.unit === "" ? quantity.number : `${quantity.number} ${quantity.unit}`;
}

/** A time of day in the owner's own way: "14:05". */
export function clock_text(at: Date): string {
  return at.toLocaleTimeString(globalThis.navigator?.language, {
    hour: "2-digit",
    minute: "2-digit",
  });
}

function same_day(one: Date, other: Date): boolean {
  return one.toDateString() === other.toDateString();
}

/** A day: "Today", "Yesterday", else weekday and date. */
export function day_text(at: Date, today: Date): string {
  if (same_day(at, today)) return "Today";
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (same_day(at, yesterday)) return "Yesterday";
  return at.toLocaleDateString(globalThis.navigator?.language, {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
}
