/**
 * One cell: its voltage and temperature, coloured and worded by zone.
 * SPDX-License-Identifier: Apache-2.0
 */
import { Component } from "preact";
import type { CellZone, ReadingState } from "../api/types";
import { cell_volts, degrees } from "./format";
import type { Quantity } from "./format";
import type { ExtremeMarker, TemperatureZone } from "./judge";

/** Only plain values, so that an unchanged tile is not drawn again: a pack may have 255. */
export interface CellTileProps {
  readonly number: number;
  readonly millivolts: number | null;
  readonly voltage_state: ReadingState;
  readonly zone: CellZone;
  readonly zone_word: string;
  readonly tenths_celsius: number | null;
  readonly temperature_state: ReadingState;
  readonly temperature_zone: TemperatureZone;
  /** "4 s old" when the voltage is not live, else empty. */
  readonly age: string;
  readonly marker: ExtremeMarker;
  /** Whether the wire to it from the cell before is broken. */
  readonly broken_wire: boolean;
  readonly chosen: boolean;
  /** Whether the tab key stops here; one tile of all does. */
  readonly tab_stop: boolean;
  readonly on_choose: (number: number) => void;
}

const zone_icons: Readonly<Record<CellZone, string>> = {
  safe: "✓",
  balancing: "≈",
  out_of_range: "!",
  unknown: "?",
};

const marker_words = { "": "", "▼": ", lowest", "▲": ", highest" } as const;

const temperature_words: Readonly<Record<TemperatureZone, string>> = {
  safe: "",
  balancing: ", warmed by balancing",
  out_of_range: ", out of range",
  unjudged: "",
  unknown: ", not live",
};

interface FigureProps {
  readonly value: number | null;
  readonly state: ReadingState;
  readonly format: (value: number) => Quantity;
  readonly testid: string;
}

function Figure({ value, state, format, testid }: FigureProps) {
  const shown = value === null ? { number: "–", unit: "" } : format(value);
  return (
    <span class="value" data-testid={testid} data-value={String(value)} data-state={state}>
      <span class="figure">
        <span class="number">{shown.number}</span>
        <span class="unit">{` ${shown.unit}`}</span>
        {state === "suspect" && <span class="doubt">?</span>}
      </span>
    </span>
  );
}

/** The mark at the edge of the first tile behind a broken wire, and the words for it. */
function BrokenWire({ number }: { readonly number: number }) {
  return (
    <span class="broken-wire" data-testid="broken-wire" data-value={number}>
      <span class="broken-mark" aria-hidden="true">
        ✕
      </span>
      wire from cell {number - 1} broken
    </span>
  );
}

/** A tile is a button: it chooses its cell for the detail line. */
export class CellTile extends Component<CellTileProps> {
  override shouldComponentUpdate(next: CellTileProps): boolean {
    const keys = Object.keys(next) as (keyof CellTileProps)[];
    return keys.some((key) => next[key] !== this.props[key]);
  }

  override render(props: CellTileProps) {
    const { number, zone, marker, age } = props;
    return (
      <li class="tile-place">
        <button
          type="button"
          class="tile"
          data-testid={`cell-${number}`}
          data-cell={number}
          data-zone={zone}
          aria-pressed={props.chosen}
          tabIndex={props.tab_stop ? 0 : -1}
          onClick={() => props.on_choose(number)}
        >
          <span class="tile-head">
            <span class="tile-number">
              <span class="visually-hidden">Cell </span>
              {number}
            </span>
            <span class="tile-marker" aria-hidden="true">
              {marker}
            </span>
            <span class="tile-zone">
              <span class="zone-icon" aria-hidden="true">
                {zone_icons[zone]}
              </span>{" "}
              <span class="zone-word">{props.zone_word}</span>
              <span class="visually-hidden">{`${marker_words[marker]}, `}</span>
            </span>
          </span>
          <Figure
            value={props.millivolts}
            state={props.voltage_state}
            format={cell_volts}
            testid={`cell-${number}-voltage`}
          />{" "}
          <span class="tile-temperature" data-zone={props.temperature_zone}>
            <Figure
              value={props.tenths_celsius}
              state={props.temperature_state}
              format={degrees}
              testid={`cell-${number}-temperature`}
            />
            {props.temperature_zone === "out_of_range" && <b aria-hidden="true"> !</b>}
            <span class="visually-hidden">{temperature_words[props.temperature_zone]}</span>
          </span>
          {age !== "" && <span class="age">{age}</span>}
          {props.broken_wire && <BrokenWire number={number} />}
        </button>
      </li>
    );
  }
}
