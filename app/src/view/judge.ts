/**
 * What readings mean to the owner: how full a picture is, what a lamp says, which way energy flows.
 * Pure functions; no markup, no signals.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Cell, FlagReading, NumberReading, Pack, Reading, ReadingState } from "../api/types";

/** Whether a value may be shown as it is now. */
export function is_fresh(reading: Reading<unknown>): boolean {
  return reading.state === "fresh" && reading.value !== null;
}

/** How much of a picture is filled, 0 to 1; null when it cannot be known. */
export function fill_of(part: NumberReading, whole: number | null): number | null {
  if (part.value === null || whole === null || whole <= 0) return null;
  return Math.min(1, Math.max(0, part.value / whole));
}

/**
 * What a warning lamp shows. `was_on`: an alarm was known and no fresh news has cleared it.
 * `unknown`: no fresh news; never the same as `off`.
 */
export type Lamp = "on" | "was_on" | "off" | "unknown";

/** The lamp for an alarm. */
export function lamp_of(alarm: FlagReading): Lamp {
  if (alarm.value === true) return is_fresh(alarm) || alarm.state === "suspect" ? "on" : "was_on";
  return alarm.value === false && is_fresh(alarm) ? "off" : "unknown";
}

/** Which way current flows through the battery. */
export type Direction = "charging" | "discharging" | "idle" | "unknown";

/** The battery's direction; + = charging. */
export function direction_of(current_ma: NumberReading): Direction {
  if (!is_fresh(current_ma) || current_ma.value === null) return "unknown";
  if (current_ma.value > 0) return "charging";
  return current_ma.value < 0 ? "discharging" : "idle";
}

/** How lively the flow between two pictures is drawn: still, or in three speeds. */
export type FlowSpeed = 0 | 1 | 2 | 3;

/**
 * The speed for a power.
 * @param peak_w  what the picture counts as full; below a twentieth of it, 50 W at most, the flow
 *                stands still: so small a power is within the sensors' error
 */
export function flow_speed(power_w: NumberReading, peak_w: number | null): FlowSpeed {
  if (!is_fresh(power_w) || power_w.value === null) return 0;
  const size_w = Math.abs(power_w.value);
  const peak = peak_w !== null && peak_w > 0 ? peak_w : 1000;
  if (size_w < Math.min(50, peak / 20)) return 0;
  if (size_w < peak / 4) return 1;
  return size_w < (peak * 2) / 3 ? 2 : 3;
}

/** How urgent a state of charge is: 20 % and less is low, 10 % and less critical. */
export type ChargeLevel = "good" | "low" | "critical";

/** The level of a state of charge in permille. */
export function charge_level(permille: number): ChargeLevel {
  if (permille <= 100) return "critical";
  return permille <= 200 ? "low" : "good";
}

/** A pack with one current sensor: its charge and load currents are not measured apart. */
export function has_one_sensor(pack: Pack): boolean {
  return pack.current_in_ma.state === "absent" || pack.current_out_ma.state === "absent";
}

const trust: readonly ReadingState[] = ["fresh", "suspect", "stale", "missing", "absent"];

/** The difference of two readings; as old and as doubtful as the worse of them. */
export function difference(high: NumberReading, low: NumberReading): NumberReading {
  const state = trust[Math.max(trust.indexOf(high.state), trust.indexOf(low.state))] ?? "missing";
  if (high.value === null || low.value === null) return { value: null, age_ms: null, state };
  const age_ms = Math.max(high.age_ms ?? 0, low.age_ms ?? 0);
  return { value: high.value - low.value, age_ms, state };
}

/** The mean of the fresh cell voltages in millivolts; null when there is none. */
export function mean_millivolts(cells: readonly Cell[]): number | null {
  const fresh = cells.filter((cell) => is_fresh(cell.voltage_mv));
  if (fresh.length === 0) return null;
  return fresh.reduce((sum, cell) => sum + (cell.voltage_mv.value ?? 0), 0) / fresh.length;
}

/**
 * How a cell's temperature is coloured. `unjudged`: fresh, but the API tells no limits, and a
 * temperature alarm is on or unknown, so neither green nor red would be true.
 */
export type TemperatureZone = "safe" | "balancing" | "out_of_range" | "unjudged" | "unknown";

/** The colour of one cell's temperature, from the lamps and the two extreme cells. */
export function temperature_zone(cell: Cell, pack: Pack): TemperatureZone {
  if (!is_fresh(cell.temperature_dc)) return "unknown";
  const { t_high, t_low, communication } = pack.alarms;
  const too_hot = lamp_of(t_high) === "on" && pack.hottest_cell.number === cell.number;
  const too_cold = lamp_of(t_low) === "on" && pack.coldest_cell.number === cell.number;
  if (too_hot || too_cold) return "out_of_range";
  // A board that balances heats itself: its reading is above the cell's temperature.
  if (cell.zone === "balancing") return "balancing";
  const calm = [t_high, t_low, communication].every((alarm) => lamp_of(alarm) === "off");
  return calm ? "safe" : "unjudged";
}

/** Why a cell is out of range, as far as the limits are known. */
export function out_of_range_word(cell: Cell, pack: Pack): string {
  const voltage = cell.voltage_mv.value ?? 0;
  const { v_max_mv, v_min_mv } = pack.limits;
  if (v_max_mv.value !== null && voltage > v_max_mv.value) return "too high";
  if (v_min_mv.value !== null && voltage < v_min_mv.value) return "too low";
  return "out of range";
}

/** Marks the cell with the lowest or highest voltage. */
export type ExtremeMarker = "" | "▼" | "▲";

/** The marker of one cell; none without a fresh voltage. */
export function extreme_marker(cell: Cell, pack: Pack): ExtremeMarker {
  if (!is_fresh(cell.voltage_mv)) return "";
  if (cell.number === pack.highest_cell.number) return "▲";
  return cell.number === pack.lowest_cell.number ? "▼" : "";
}
