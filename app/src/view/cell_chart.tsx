/**
 * A bar for each cell. The tiles below it hold the same values as text, so to a screen reader the
 * whole chart is one picture with a summary.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Cell, Pack } from "../api/types";
import { cell_volts, plain } from "./format";
import { extreme_marker, is_fresh } from "./judge";
import { broken_before } from "./words";
import { axis_of, height_on, lines_on } from "./voltage_axis";
import type { AxisKind, AxisLine, VoltageAxis } from "./voltage_axis";

/** How close the bars stand: up to 6, 16 and 64 cells, or more. Text is left out when crowded. */
type Crowd = "few" | "some" | "many" | "dense";

function crowd_of(count: number): Crowd {
  if (count <= 6) return "few";
  if (count <= 16) return "some";
  return count <= 64 ? "many" : "dense";
}

function bar_label(cell: Cell): string {
  return cell.voltage_mv.value === null ? "" : cell_volts(cell.voltage_mv.value).number;
}

interface ChartProps {
  readonly pack: Pack;
  readonly kind: AxisKind;
  readonly chosen: number | null;
  readonly on_choose: (number: number) => void;
}

interface BarProps {
  readonly cell: Cell;
  readonly axis: VoltageAxis;
  readonly marker: string;
  readonly label: string;
  /** Whether the wire to it from the cell before is broken. */
  readonly broken_wire: boolean;
  readonly chosen: boolean;
}

function Bar({ cell, axis, marker, label, broken_wire, chosen }: BarProps) {
  const { value, state } = cell.voltage_mv;
  const height = value === null ? 0 : height_on(axis, value);
  return (
    <div class="bar-slot" data-chosen={chosen} data-broken={broken_wire}>
      <span class="bar-label">
        <span>
          {cell.zone === "out_of_range" && <b>! </b>}
          {marker}
        </span>
        {label !== "" && <span class="bar-voltage">{label}</span>}
      </span>
      <i
        class="bar"
        data-zone={cell.zone}
        data-state={state}
        style={{ height: `${(height * 100).toFixed(1)}%` }}
      />
    </div>
  );
}

function Line({ line, axis }: { readonly line: AxisLine; readonly axis: VoltageAxis }) {
  const bottom = `${(height_on(axis, line.voltage_mv) * 100).toFixed(1)}%`;
  return (
    <div class="axis-line" data-line={line.kind} style={{ bottom }}>
      <span>
        {line.name} {cell_volts(Math.round(line.voltage_mv)).number}
      </span>
    </div>
  );
}

/** One sentence for whoever cannot see the bars. */
export function chart_summary(pack: Pack): string {
  const { lowest_cell: low, highest_cell: high } = pack;
  const known = is_fresh(low.voltage_mv) && is_fresh(high.voltage_mv);
  if (!known || low.voltage_mv.value === null || high.voltage_mv.value === null) {
    return `Bars of ${pack.cells.length} cell voltages; none of the extremes is live`;
  }
  const from = `${plain(cell_volts(low.voltage_mv.value))} (cell ${low.number ?? "unknown"})`;
  const to = `${plain(cell_volts(high.voltage_mv.value))} (cell ${high.number ?? "unknown"})`;
  return `Bars of ${pack.cells.length} cell voltages from ${from} to ${to}`;
}

/** The cell whose bar is under a pointer. */
function cell_under(event: MouseEvent, pack: Pack): number | undefined {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const index = Math.floor(((event.clientX - box.left) / box.width) * pack.cells.length);
  return pack.cells[index]?.number;
}

/** The bars with their axis and lines. Pressing a bar chooses its cell. */
export function CellChart({ pack, kind, chosen, on_choose }: ChartProps) {
  const axis = axis_of(pack, kind);
  const crowd = crowd_of(pack.cells.length);
  const broken = broken_before(pack);
  const choose = (event: MouseEvent) => {
    const number = cell_under(event, pack);
    if (number !== undefined) on_choose(number);
  };
  return (
    <div class="chart" role="img" aria-label={chart_summary(pack)} data-testid="cell-chart">
      <div class="axis-ends" aria-hidden="true">
        <span>{cell_volts(axis.top_mv).number}</span>
        <span>{cell_volts(axis.bottom_mv).number}</span>
      </div>
      <div class="bars" data-crowd={crowd} onPointerDown={choose}>
        {pack.cells.map((cell) => (
          <Bar
            key={cell.number}
            cell={cell}
            axis={axis}
            marker={extreme_marker(cell, pack)}
            broken_wire={cell.number === broken}
            label={crowd === "few" || crowd === "some" ? bar_label(cell) : ""}
            chosen={cell.number === chosen}
          />
        ))}
      </div>
      <div class="axis-lines" aria-hidden="true">
        {lines_on(axis, pack).map((line) => (
          <Line key={line.kind} line={line} axis={axis} />
        ))}
      </div>
    </div>
  );
}
