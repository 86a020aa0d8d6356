/**
 * Reads a pack document and live messages out of hostile JSON. Missing keys become `missing`
 * values, unknown keys are ignored, and a document without an id is refused.
 * SPDX-License-Identifier: Apache-2.0
 */
import {
  branch,
  finite_number,
  is_object,
  read_flag,
  read_number,
  read_text,
} from "./read_reading";
import type { JsonObject } from "./read_reading";
import type {
  AppLink,
  AppLinkState,
  Cell,
  CellZone,
  Details,
  Link,
  LinkState,
  LiveMessage,
  Pack,
} from "./types";

/** The most cells a chain can have. */
const cell_count_max = 255;

const link_states: readonly string[] = ["online", "silent", "down", "ended"];
const app_link_states: readonly string[] = ["none", "connecting", "locked", "ready"];
const zones: readonly string[] = ["safe", "balancing", "out_of_range"];

function text(json: unknown): string {
  return typeof json === "string" ? json : "";
}

function count(json: unknown): number {
  return Math.max(0, finite_number(json) ?? 0);
}

function counts(json: JsonObject): Record<string, number> {
  return Object.fromEntries(Object.entries(json).map(([reason, times]) => [reason, count(times)]));
}

function cell_number(json: unknown): number | null {
  const number = finite_number(json);
  const possible = number !== null && Number.isInteger(number) && number >= 1;
  return possible && number <= cell_count_max ? number : null;
}

function read_link(json: JsonObject): Link {
  const state = text(json["state"]);
  return {
    state: link_states.includes(state) ? (state as LinkState) : "unknown",
    text: text(json["text"]),
    age_ms: finite_number(json["age_ms"]),
    frames: count(json["frames"]),
    bytes: count(json["bytes"]),
    dropped_bytes: count(json["dropped_bytes"]),
    unconfirmed: count(json["unconfirmed"]),
    reconnects: count(json["reconnects"]),
    refused: counts(branch(json, "refused")),
    ignored: counts(branch(json, "ignored")),
  };
}

function read_app_link(json: JsonObject): AppLink {
  const state = text(json["state"]);
  const chain = json["chain"];
  return {
    // An older gateway says nothing about it: then there is none to use.
    state:
      app_link_states.includes(state) || state === ""
        ? ((state || "none") as AppLinkState)
        : "unknown",
    text: text(json["text"]),
    chain: is_object(chain)
      ? {
          fault: text(chain["fault"]) || "unknown",
          break_before: cell_number(chain["break_before"]),
          text: text(chain["text"]),
          live: true,
        }
      : null,
  };
}

function read_cell(json: unknown): Cell | null {
  if (!is_object(json)) return null;
  const number = cell_number(json["number"]);
  if (number === null) return null;
  const voltage_mv = read_number(json["voltage_mv"]);
  const zone = text(json["zone"]);
  const judged = voltage_mv.state === "fresh" && zones.includes(zone);
  return {
    number,
    voltage_mv,
    temperature_dc: read_number(json["temperature_dc"]),
    // Colour needs a fresh voltage, whatever the document says.
    zone: judged ? (zone as CellZone) : "unknown",
  };
}

function read_cells(json: unknown): readonly Cell[] {
  if (!Array.isArray(json)) return [];
  const by_number = new Map<number, Cell>();
  for (const entry of json) {
    const cell = read_cell(entry);
    if (cell !== null && !by_number.has(cell.number)) by_number.set(cell.number, cell);
  }
  return [...by_number.values()].sort((left, right) => left.number - right.number);
}

function read_details(json: JsonObject): Details {
  return {
    soh_percent: read_number(json["soh_percent"]),
    charge_efficiency_percent: read_number(json["charge_efficiency_percent"]),
    v_low_mv: read_number(json["v_low_mv"]),
    v_nominal_mv: read_number(json["v_nominal_mv"]),
    v_full_mv: read_number(json["v_full_mv"]),
    firmware: read_text(json["firmware"]),
    charge_cycles: read_number(json["charge_cycles"]),
    charged_total_wh: read_number(json["charged_total_wh"]),
    discharged_total_wh: read_number(json["discharged_total_wh"]),
    clock: read_text(json["clock"]),
    charge_relay_closed: read_flag(json["charge_relay_closed"]),
    load_relay_closed: read_flag(json["load_relay_closed"]),
    early_warning: read_flag(json["early_warning"]),
  };
}

function read_alarms(json: JsonObject): Pack["alarms"] {
  return {
    communication: read_flag(json["communication"]),
    v_high: read_flag(json["v_high"]),
    v_low: read_flag(json["v_low"]),
    t_high: read_flag(json["t_high"]),
    t_low: read_flag(json["t_low"]),
  };
}

type Extremes = Pick<Pack, "lowest_cell" | "highest_cell" | "coldest_cell" | "hottest_cell">;

function read_extremes(json: JsonObject): Extremes {
  const voltage = (key: string) => ({
    number: cell_number(branch(json, key)["number"]),
    voltage_mv: read_number(branch(json, key)["voltage_mv"]),
  });
  const temperature = (key: string) => ({
    number: cell_number(branch(json, key)["number"]),
    temperature_dc: read_number(branch(json, key)["temperature_dc"]),
  });
  return {
    lowest_cell: voltage("lowest_cell"),
    highest_cell: voltage("highest_cell"),
    coldest_cell: temperature("coldest_cell"),
    hottest_cell: temperature("hottest_cell"),
  };
}

/**
 * Reads one pack document.
 * @returns null when it is not an object or has no id; every other gap becomes a `missing` value
 */
export function read_pack(json: unknown): Pack | null {
  if (!is_object(json) || text(json["id"]) === "") return null;
  const peaks = branch(json, "peaks");
  const limits = branch(json, "limits");
  return {
    id: text(json["id"]),
    name: text(json["name"]) || text(json["id"]),
    source: text(json["source"]),
    link: read_link(branch(json, "link")),
    app_link: read_app_link(branch(json, "app_link")),
    peaks: {
      solar_w: finite_number(peaks["solar_w"]),
      inverter_w: finite_number(peaks["inverter_w"]),
    },
    pack_voltage_mv: read_number(json["pack_voltage_mv"]),
    soc_permille: read_number(json["soc_permille"]),
    soc_calibrated: read_flag(json["soc_calibrated"]),
    current_ma: read_number(json["current_ma"]),
    current_in_ma: read_number(json["current_in_ma"]),
    current_out_ma: read_number(json["current_out_ma"]),
    power_w: read_number(json["power_w"]),
    power_in_w: read_number(json["power_in_w"]),
    power_out_w: read_number(json["power_out_w"]),
    stored_wh: read_number(json["stored_wh"]),
    capacity_wh: read_number(json["capacity_wh"]),
    collected_today_wh: read_number(json["collected_today_wh"]),
    consumed_today_wh: read_number(json["consumed_today_wh"]),
    collected_total_wh: read_number(json["collected_total_wh"]),
    consumed_total_wh: read_number(json["consumed_total_wh"]),
    charge_allowed: read_flag(json["charge_allowed"]),
    discharge_allowed: read_flag(json["discharge_allowed"]),
    alarms: read_alarms(branch(json, "alarms")),
    limits: {
      v_min_mv: read_number(limits["v_min_mv"]),
      v_max_mv: read_number(limits["v_max_mv"]),
      v_bypass_mv: read_number(limits["v_bypass_mv"]),
    },
    ...read_extremes(json),
    cell_count: read_number(json["cell_count"]),
    cells: read_cells(json["cells"]),
    details: read_details(branch(json, "details")),
  };
}

function parse(data: unknown): unknown {
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/**
 * Reads one message of the WebSocket.
 * @param data  what arrived; anything but a text with a JSON message is refused
 * @returns null for a message this App cannot read
 */
export function read_live_message(data: unknown): LiveMessage | null {
  const json = parse(data);
  if (!is_object(json)) return null;
  const type = json["type"];
  const documents = type === "snapshot" ? json["packs"] : [json["pack"]];
  if ((type !== "snapshot" && type !== "pack") || !Array.isArray(documents)) return null;
  const packs = documents.map(read_pack).filter((pack) => pack !== null);
  return { type, packs, unreadable: documents.length - packs.length };
}
