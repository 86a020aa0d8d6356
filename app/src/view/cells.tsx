/**
 * The cells: bars, tiles, and one line about the chosen cell.
 * SPDX-License-Identifier: Apache-2.0
 */
import { useSignal } from "@preact/signals";
import type { Cell, Pack } from "../api/types";
import { CellChart } from "./cell_chart";
import { CellTiles } from "./cell_tiles";
import { age_text, cell_volts, degrees, plain, signed_millivolts } from "./format";
import { is_fresh, mean_millivolts } from "./judge";
import type { AxisKind } from "./voltage_axis";

function from_mean(cell: Cell, pack: Pack): string {
  const mean = mean_millivolts(pack.cells);
  if (mean === null || cell.voltage_mv.value === null || !is_fresh(cell.voltage_mv)) return "";
  return `${plain(signed_millivolts(Math.round(cell.voltage_mv.value - mean)))} from mean`;
}

/** The facts about one cell in one line. */
export function chosen_cell_text(cell: Cell, pack: Pack): string {
  const { voltage_mv, temperature_dc } = cell;
  const facts = [
    `Cell ${cell.number}`,
    voltage_mv.value === null ? "no voltage yet" : plain(cell_volts(voltage_mv.value)),
    from_mean(cell, pack),
    temperature_dc.value === null ? "" : plain(degrees(temperature_dc.value)),
    voltage_mv.age_ms === null ? "" : `measured ${age_text(voltage_mv.age_ms)} ago`,
    voltage_mv.state === "fresh" ? "" : `not live (${voltage_mv.state})`,
  ];
  return facts.filter((fact) => fact !== "").join(" · ");
}

function ChosenCell({ pack, number }: { readonly pack: Pack; readonly number: number | null }) {
  const cell = pack.cells.find((candidate) => candidate.number === number);
  return (
    <p class="chosen-cell" data-testid="chosen-cell">
      {cell === undefined ? "Choose a cell for its details." : chosen_cell_text(cell, pack)}
    </p>
  );
}

interface AxisSwitchProps {
  readonly kind: AxisKind;
  readonly on_change: (kind: AxisKind) => void;
}

function AxisSwitch({ kind, on_change }: AxisSwitchProps) {
  const full = kind === "full";
  return (
    <button
      type="button"
      class="switch"
      aria-pressed={full}
      title="From V min to V max"
      data-testid="axis-switch"
      onClick={() => on_change(full ? "spread" : "full")}
    >
      Full range
    </button>
  );
}

/** Every cell of the pack. */
export function Cells({ pack }: { readonly pack: Pack }) {
  const kind = useSignal<AxisKind>("spread");
  const chosen = useSignal<number | null>(null);
  const choose = (number: number) => {
    chosen.value = number;
  };
  if (pack.cells.length === 0) {
    return (
      <p class="empty" data-testid="no-cells">
        No cell heard yet.
      </p>
    );
  }
  return (
    <>
      <div class="cells-head">
        <h3>
          Cells <span class="cell-count">{pack.cells.length}</span>
        </h3>
        <AxisSwitch
          kind={kind.value}
          on_change={(next) => {
            kind.value = next;
          }}
        />
      </div>
      <CellChart pack={pack} kind={kind.value} chosen={chosen.value} on_choose={choose} />
      <ChosenCell pack={pack} number={chosen.value} />
      <CellTiles pack={pack} chosen={chosen.value} on_choose={choose} />
    </>
  );
}
