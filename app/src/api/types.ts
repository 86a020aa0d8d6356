/**
 * The gateway's API, version 1, as docs/api.md has it: what a pack document holds after reading.
 * Types only; reading hostile JSON into them is read_pack.
 * SPDX-License-Identifier: Apache-2.0
 */

/** How far a value can be trusted; see docs/api.md, "Values carry their age". */
export type ReadingState = "fresh" | "stale" | "suspect" | "missing" | "absent";

/** One measured value with its age. `value` is null for `missing` and `absent`. */
export interface Reading<T> {
  readonly value: T | null;
  /** Milliseconds since the value arrived at the gateway; null when it never did. */
  readonly age_ms: number | null;
  readonly state: ReadingState;
}

/** A reading of an integer in the unit that ends its name. */
export type NumberReading = Reading<number>;
/** A reading that is yes or no. */
export type FlagReading = Reading<boolean>;
/** A reading that is a text, such as a firmware version. */
export type TextReading = Reading<string>;

/** Whether frames arrive from the source. `unknown` is a state this App does not know yet. */
export type LinkState = "online" | "silent" | "down" | "ended" | "unknown";

/** Where a cell's voltage lies: the manual's green, yellow, red; `unknown` when not fresh. */
export type CellZone = "safe" | "balancing" | "out_of_range" | "unknown";

/** The link to the source and what came over it, counted since the gateway started. */
export interface Link {
  readonly state: LinkState;
  readonly text: string;
  readonly age_ms: number | null;
  readonly frames: number;
  readonly bytes: number;
  readonly dropped_bytes: number;
  readonly unconfirmed: number;
  readonly reconnects: number;
  /** Frames refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Parts of frames ignored, by reason. */
  readonly ignored: Readonly<Record<string, number>>;
}

/** One cell; number 1 is the most negative one. */
export interface Cell {
  readonly number: number;
  readonly voltage_mv: NumberReading;
  /** Tenths of a degree Celsius. */
  readonly temperature_dc: NumberReading;
  readonly zone: CellZone;
}

/** A lowest or highest cell voltage; `number` is null when the cell is unknown. */
export interface VoltageOfCell {
  readonly number: number | null;
  readonly voltage_mv: NumberReading;
}

/** A lowest or highest cell temperature; `number` is null when the cell is unknown. */
export interface TemperatureOfCell {
  readonly number: number | null;
  readonly temperature_dc: NumberReading;
}

/** The five warning lamps of the manual: E, Vh, Vl, Th, Tl. */
export interface Alarms {
  readonly communication: FlagReading;
  readonly v_high: FlagReading;
  readonly v_low: FlagReading;
  readonly t_high: FlagReading;
  readonly t_low: FlagReading;
}

/** The name of one warning lamp. */
export type AlarmName = keyof Alarms;

/** What newer products send now and then; older ones never do. */
export interface Details {
  readonly soh_percent: NumberReading;
  readonly charge_efficiency_percent: NumberReading;
  readonly v_low_mv: NumberReading;
  readonly v_nominal_mv: NumberReading;
  readonly v_full_mv: NumberReading;
  readonly firmware: TextReading;
  readonly charge_cycles: NumberReading;
  readonly charged_total_wh: NumberReading;
  readonly discharged_total_wh: NumberReading;
  readonly clock: TextReading;
  readonly charge_relay_closed: FlagReading;
  readonly load_relay_closed: FlagReading;
  readonly early_warning: FlagReading;
}

/**
 * Whether the board's app link can be used. `none`: this pack has none. `locked`: the board does
 * not take the PIN that the gateway knows. `unknown` is a state this App does not know yet.
 */
export type AppLinkState = "none" | "connecting" | "locked" | "ready" | "unknown";

/** How the chain of cell boards is, as the OUT board says. */
export interface Chain {
  /** `none` when every cell is heard. */
  readonly fault: string;
  /** The first cell heard behind a break: the wire to it from the cell before is broken. */
  readonly break_before: number | null;
  readonly text: string;
  /** False when this is the last that was known and no news have come since. */
  readonly live: boolean;
}

/** The way to what the board remembers: settings, log, chain. */
export interface AppLink {
  readonly state: AppLinkState;
  readonly text: string;
  readonly chain: Chain | null;
}

/** One battery pack as the gateway knows it. Currents and powers of the battery: + = charging. */
export interface Pack {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly link: Link;
  readonly app_link: AppLink;
  readonly peaks: { readonly solar_w: number | null; readonly inverter_w: number | null };
  readonly pack_voltage_mv: NumberReading;
  readonly soc_permille: NumberReading;
  readonly soc_calibrated: FlagReading;
  readonly current_ma: NumberReading;
  readonly current_in_ma: NumberReading;
  readonly current_out_ma: NumberReading;
  readonly power_w: NumberReading;
  readonly power_in_w: NumberReading;
  readonly power_out_w: NumberReading;
  readonly stored_wh: NumberReading;
  readonly capacity_wh: NumberReading;
  readonly collected_today_wh: NumberReading;
  readonly consumed_today_wh: NumberReading;
  readonly collected_total_wh: NumberReading;
  readonly consumed_total_wh: NumberReading;
  readonly charge_allowed: FlagReading;
  readonly discharge_allowed: FlagReading;
  readonly alarms: Alarms;
  readonly limits: {
    readonly v_min_mv: NumberReading;
    readonly v_max_mv: NumberReading;
    readonly v_bypass_mv: NumberReading;
  };
  readonly lowest_cell: VoltageOfCell;
  readonly highest_cell: VoltageOfCell;
  readonly coldest_cell: TemperatureOfCell;
  readonly hottest_cell: TemperatureOfCell;
  readonly cell_count: NumberReading;
  readonly cells: readonly Cell[];
  readonly details: Details;
}

/** One message of the WebSocket `/api/v1/live`, read. */
export interface LiveMessage {
  /** A snapshot has every pack, a `pack` message one. */
  readonly type: "snapshot" | "pack";
  readonly packs: readonly Pack[];
  /** Pack documents of the message that could not be read. */
  readonly unreadable: number;
}
