/**
 * What the board remembers, as docs/api.md has it: settings and events. Reads hostile JSON; an
 * entry that makes no sense is left out and counted, never guessed.
 * SPDX-License-Identifier: Apache-2.0
 */
import { finite_number, is_object } from "./read_reading";
import type { JsonObject } from "./read_reading";

/** One setting with its limits. All numbers are integers in `unit`. */
export interface Setting {
  readonly name: string;
  readonly title: string;
  /** `millivolts`, `decicelsius`, `choice`, `flag` and so on; a newer board may have others. */
  readonly unit: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  /** The default. */
  readonly preset: number;
  readonly step: number;
  /** The value that means "as the other one"; null when there is none. */
  readonly inherit: number | null;
  /** The words of a choice, that of `minimum` first; empty when there are none. */
  readonly choices: readonly string[];
}

/** Every setting of a board in its order. */
export interface SettingsDocument {
  readonly settings: readonly Setting[];
  /** Set by the switches of the IN board: shown, never set. */
  readonly v_bypass_mv: number | null;
  readonly unreadable: number;
}

/** One entry of the board's log. */
export interface BoardEvent {
  /** By the board's own clock. */
  readonly age_s: number;
  readonly kind: string;
  readonly text: string;
}

/** The board's log, newest first. */
export interface EventsDocument {
  readonly events: readonly BoardEvent[];
  readonly unreadable: number;
}

function whole(json: unknown): number | null {
  const number = finite_number(json);
  return number !== null && Number.isInteger(number) ? number : null;
}

function text(json: unknown): string {
  return typeof json === "string" ? json : "";
}

/** One setting; null when a part that is needed is missing or makes no sense. */
export function read_setting(json: unknown): Setting | null {
  if (!is_object(json)) return null;
  const name = text(json["name"]);
  const value = whole(json["value"]);
  const minimum = whole(json["minimum"]);
  const maximum = whole(json["maximum"]);
  const step = whole(json["step"]);
  if (name === "" || value === null || minimum === null || maximum === null) return null;
  if (minimum > maximum || step === null || step < 1) return null;
  return {
    name,
    title: text(json["title"]) || name,
    unit: text(json["unit"]),
    value,
    minimum,
    maximum,
    preset: whole(json["preset"]) ?? minimum,
    step,
    inherit: whole(json["inherit"]),
    choices: Array.isArray(json["choices"]) ? json["choices"].map(text) : [],
  };
}

function read_list<T>(json: unknown, read_one: (json: unknown) => T | null) {
  const entries: readonly unknown[] = Array.isArray(json) ? json : [];
  const list = entries.map(read_one).filter((entry) => entry !== null);
  return { list, unreadable: entries.length - list.length };
}

/** The answer to `GET …/settings`; null when it is none. */
export function read_settings(json: unknown): SettingsDocument | null {
  if (!is_object(json) || !Array.isArray(json["settings"])) return null;
  const { list, unreadable } = read_list(json["settings"], read_setting);
  return { settings: list, v_bypass_mv: whole(json["v_bypass_mv"]), unreadable };
}

function read_event(json: unknown): BoardEvent | null {
  if (!is_object(json)) return null;
  const age_s = finite_number(json["age_s"]);
  const kind = text(json["kind"]);
  if (age_s === null || age_s < 0 || kind === "") return null;
  return { age_s, kind, text: text(json["text"]) || kind.replaceAll("_", " ") };
}

/** The answer to `GET …/events`; null when it is none. */
export function read_events(json: unknown): EventsDocument | null {
  if (!is_object(json) || !Array.isArray(json["events"])) return null;
  const { list, unreadable } = read_list(json["events"], read_event);
  return { events: list, unreadable };
}

/** Why the gateway did not do what it was asked. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** For so many seconds no PIN is looked at. */
  readonly wait_s: number;
}

/** The error in an answer; one that cannot be read says so. */
export function read_refusal(json: unknown, status: number): Refusal {
  const error: JsonObject = is_object(json) && is_object(json["error"]) ? json["error"] : {};
  return {
    code: text(error["code"]) || "unknown",
    message: text(error["message"]) || `the gateway answered with status ${status}`,
    wait_s: Math.max(0, finite_number(error["wait_s"]) ?? 0),
  };
}
