/**
 * Pack documents as the gateway sends them, for tests and the fake gateway. Raw JSON, not yet read.
 * SPDX-License-Identifier: Apache-2.0
 */

/** A JSON document that a test may change or break on purpose. */
export type Document = any;

/** A fresh value object. */
export function fresh(value: unknown, age_ms = 200): Document {
  return { value, age_ms, state: "fresh" };
}

/** A value object older than its limit. */
export function stale(value: unknown, age_ms = 12_000): Document {
  return { value, age_ms, state: "stale" };
}

/** A value object of a sensor that is not there. */
export const absent: Document = { value: null, age_ms: null, state: "absent" };

/** A value object of a value that never arrived. */
export const never: Document = { value: null, age_ms: null, state: "missing" };

const v_min_mv = 2800;
const v_bypass_mv = 3400;
const v_max_mv = 3600;

function zone_of(voltage_mv: number): string {
  if (voltage_mv > v_max_mv || voltage_mv < v_min_mv) return "out_of_range";
  return voltage_mv >= v_bypass_mv ? "balancing" : "safe";
}

/** A cell document with the zone that belongs to its voltage. */
export function cell(number: number, voltage_mv: number, temperature_dc = 210): Document {
  return {
    number,
    voltage_mv: fresh(voltage_mv),
    temperature_dc: fresh(temperature_dc),
    zone: zone_of(voltage_mv),
  };
}

function extreme(cells: Document[], key: string, sign: 1 | -1): Document {
  const found = cells.reduce((best, candidate) =>
    sign * (candidate[key].value - best[key].value) > 0 ? candidate : best,
  );
  return { number: found.number, [key]: fresh(found[key].value) };
}

function link(): Document {
  return {
    state: "online",
    text: "frames arrive",
    age_ms: 200,
    frames: 4711,
    bytes: 273238,
    dropped_bytes: 0,
    unconfirmed: 0,
    reconnects: 0,
    refused: { size: 0, checksum: 0, sign: 0, count: 0, soc: 0, order: 0, extra: 0 },
    ignored: { cell_number: 0, cell_count: 0 },
  };
}

function details(): Document {
  return {
    soh_percent: fresh(98),
    charge_efficiency_percent: fresh(99),
    v_low_mv: fresh(3000),
    v_nominal_mv: fresh(3200),
    v_full_mv: fresh(3500),
    firmware: fresh("3.3.11"),
    charge_cycles: fresh(212),
    charged_total_wh: fresh(412_000),
    discharged_total_wh: fresh(398_000),
    clock: never,
    charge_relay_closed: fresh(true),
    load_relay_closed: fresh(true),
    early_warning: fresh(false),
  };
}

function cells_part(cells: Document[]): Document {
  return {
    lowest_cell: extreme(cells, "voltage_mv", -1),
    highest_cell: extreme(cells, "voltage_mv", 1),
    coldest_cell: extreme(cells, "temperature_dc", -1),
    hottest_cell: extreme(cells, "temperature_dc", 1),
    cell_count: fresh(cells.length),
    cells,
    pack_voltage_mv: fresh(cells.reduce((sum, each) => sum + each.voltage_mv.value, 0)),
  };
}

/**
 * A healthy pack at noon: charging, nothing wrong.
 * @param cells  at least one cell document; extremes and pack voltage follow from them
 */
export function example_pack(cells: Document[] = four_cells()): Document {
  return {
    id: "twin",
    name: "Twin",
    source: "twin",
    link: link(),
    peaks: { solar_w: 400, inverter_w: 600 },
    soc_permille: fresh(740),
    soc_calibrated: fresh(true),
    current_ma: fresh(13_875),
    current_in_ma: fresh(21_500),
    current_out_ma: fresh(7625),
    power_w: fresh(185),
    power_in_w: fresh(286),
    power_out_w: fresh(101),
    stored_wh: fresh(1421),
    capacity_wh: fresh(1900),
    collected_today_wh: fresh(1240),
    consumed_today_wh: fresh(655),
    collected_total_wh: fresh(412_000),
    consumed_total_wh: fresh(388_000),
    charge_allowed: fresh(true),
    discharge_allowed: fresh(true),
    alarms: {
      communication: fresh(false),
      v_high: fresh(false),
      v_low: fresh(false),
      t_high: fresh(false),
      t_low: fresh(false),
    },
    limits: {
      v_min_mv: fresh(v_min_mv),
      v_max_mv: fresh(v_max_mv),
      v_bypass_mv: fresh(v_bypass_mv),
    },
    ...cells_part(cells),
    details: details(),
  };
}

/** Four cells of a 12 V pack, all safe. */
export function four_cells(): Document[] {
  return [cell(1, 3315, 210), cell(2, 3310, 204), cell(3, 3325, 226), cell(4, 3345, 218)];
}

/** A chain of any length with a small repeatable spread, all safe. */
export function many_cells(count: number): Document[] {
  return Array.from({ length: count }, (_, index) =>
    cell(index + 1, 3300 + ((index * 37) % 11) * 5, 200 + ((index * 13) % 7) * 5),
  );
}

/** A message of the live socket as text. */
export function message(content: Document): string {
  return JSON.stringify(content);
}

/** A snapshot message with these packs. */
export function snapshot(...packs: Document[]): string {
  return message({ type: "snapshot", packs });
}
