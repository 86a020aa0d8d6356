/**
 * Reads one value object of the API. Nothing is trusted: what does not fit becomes `missing` or
 * `suspect`, never a good value.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { FlagReading, NumberReading, Reading, ReadingState, TextReading } from "./types";

/** A JSON object whose keys are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

const known_states: readonly string[] = ["fresh", "stale", "suspect", "missing", "absent"];

/** A value that never arrived. */
export const missing: Reading<never> = { value: null, age_ms: null, state: "missing" };

/** Tells a JSON object from everything else, arrays included. */
export function is_object(json: unknown): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** The object under `key`, or an empty one: a missing branch reads as missing values. */
export function branch(json: JsonObject, key: string): JsonObject {
  const child = json[key];
  return is_object(child) ? child : {};
}

/** A finite number, or null. */
export function finite_number(json: unknown): number | null {
  return typeof json === "number" && Number.isFinite(json) ? json : null;
}

function read_reading<T>(json: unknown, value_of: (raw: unknown) => T | null): Reading<T> {
  if (!is_object(json)) return missing;
  if (json["state"] === "absent") return { value: null, age_ms: null, state: "absent" };
  const value = value_of(json["value"]);
  if (value === null || json["state"] === "missing") return missing;
  const age_ms = finite_number(json["age_ms"]);
  const state = known_states.includes(json["state"] as string)
    ? (json["state"] as ReadingState)
    : "suspect";
  // A value of unknown age cannot be shown as live.
  if (age_ms === null || age_ms < 0) return { value, age_ms: null, state: "suspect" };
  return { value, age_ms, state };
}

/** Reads a number; a text or NaN in its place counts as missing. */
export function read_number(json: unknown): NumberReading {
  return read_reading(json, finite_number);
}

/** Reads yes or no; 0 and 1 are not accepted in its place. */
export function read_flag(json: unknown): FlagReading {
  return read_reading(json, (raw) => (typeof raw === "boolean" ? raw : null));
}

/** Reads a text; an empty one counts as missing. */
export function read_text(json: unknown): TextReading {
  return read_reading(json, (raw) => (typeof raw === "string" && raw !== "" ? raw : null));
}
