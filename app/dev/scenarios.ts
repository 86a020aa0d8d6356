/**
 * What the fake gateway can show: each scenario is a list of pack documents at a moment.
 * SPDX-License-Identifier: Apache-2.0
 */
import {
  absent,
  cell,
  example_pack,
  fresh,
  many_cells,
  never,
  stale,
} from "../src/testing/example_pack";
import type { Document } from "../src/testing/example_pack";

/** Makes the pack documents of one moment. @param step counts seconds */
export type Scenario = (step: number) => Document[];

function wave(step: number, size: number): number {
  return Math.round(size * Math.sin(step / 7));
}

const whole = { fault: "none", break_before: null, cell_count: 4, text: "every cell is heard" };

function app_link(state: string, text: string, chain?: Document): Document {
  return { state, text, ...(chain === undefined ? {} : { chain }) };
}

function good(step: number): Document[] {
  const cells = [3315, 3310, 3325, 3345].map((voltage, index) =>
    cell(index + 1, voltage + 5 * Math.round(wave(step + index, 2)), 204 + index * 7),
  );
  const pack = example_pack(cells);
  pack.power_in_w = fresh(286 + wave(step, 60));
  pack.link.frames += step;
  pack.app_link = app_link("ready", "logged in", whole);
  return [pack];
}

function alarm(): Document[] {
  const cells = [cell(1, 3420, 260), cell(2, 3385, 240), cell(3, 3445, 310), cell(4, 3645, 610)];
  const pack = example_pack(cells);
  pack.alarms.v_high = fresh(true);
  pack.alarms.t_high = fresh(true);
  pack.charge_allowed = fresh(false);
  pack.details.charge_relay_closed = fresh(false);
  pack.soc_permille = fresh(980);
  pack.soc_calibrated = fresh(false);
  pack.current_ma = fresh(-41_250);
  pack.power_w = fresh(-573);
  pack.power_in_w = fresh(0);
  pack.current_in_ma = fresh(0);
  pack.power_out_w = fresh(573);
  pack.current_out_ma = fresh(41_250);
  return [pack];
}

function make_stale(node: Document): void {
  for (const child of Object.values(node ?? {}) as Document[]) {
    if (typeof child !== "object" || child === null) continue;
    if (child.state === "fresh") Object.assign(child, { state: "stale", age_ms: 42_000 });
    else make_stale(child);
  }
}

function silent(): Document[] {
  const [pack] = alarm();
  make_stale(pack);
  for (const each of pack.cells) each.zone = "unknown";
  Object.assign(pack.link, { state: "silent", text: "no frame for 42 s", age_ms: 42_000 });
  return [pack];
}

/** A cut wire: the BMS sends no frames any more, the app link tells the place. */
function broken_wire(): Document[] {
  const [pack] = silent();
  for (const alarm of Object.values(pack.alarms) as Document[]) alarm.value = false;
  const text = "the wire from cell 2 to cell 3 is broken";
  const chain = { fault: "broken", break_before: 3, cell_count: 4, text };
  pack.app_link = app_link("ready", "logged in", chain);
  return [pack];
}

function locked(): Document[] {
  const pack = example_pack();
  pack.app_link = app_link("locked", "the board does not accept the PIN");
  return [pack];
}

function sixteen(): Document[] {
  const cells = many_cells(16);
  cells[4] = cell(5, 3425, 340);
  cells[11] = cell(12, 3440, 355);
  cells[13].voltage_mv = stale(3335);
  cells[13].zone = "unknown";
  return [example_pack(cells)];
}

function most_cells(): Document[] {
  const cells = many_cells(255);
  cells[99] = cell(100, 3455, 350);
  cells[200] = cell(201, 2760, 190);
  const pack = example_pack(cells);
  pack.alarms.v_low = fresh(true);
  pack.discharge_allowed = fresh(false);
  return [pack];
}

function one_sensor(): Document[] {
  const pack = example_pack();
  for (const key of ["current_out_ma", "power_out_w"]) pack[key] = absent;
  return [pack];
}

function just_started(): Document[] {
  const pack = example_pack();
  for (const [key, child] of Object.entries(pack) as [string, Document][]) {
    if (child?.state === "fresh") pack[key] = never;
  }
  for (const name of Object.keys(pack.alarms)) pack.alarms[name] = never;
  Object.assign(pack.link, { state: "down", text: "/dev/ttyUSB0: no such device", age_ms: null });
  return [{ ...pack, cells: [], limits: {}, details: {}, lowest_cell: {}, highest_cell: {} }];
}

function several(step: number): Document[] {
  const starboard = { ...example_pack(many_cells(8)), id: "starboard", name: "Starboard" };
  const port = { ...silent()[0], id: "port", name: "Port" };
  return [...good(step), starboard, port];
}

/** Every scenario by name. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  good,
  alarm,
  silent,
  broken_wire,
  locked,
  sixteen,
  most_cells,
  one_sensor,
  just_started,
  several,
  empty: () => [],
};
