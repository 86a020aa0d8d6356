/**
 * All cells as tiles: the table behind the bars. One tab stop; arrow keys walk from cell to cell.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Cell, Pack } from "../api/types";
import { CellTile } from "./cell_tile";
import { age_text } from "./format";
import { broken_before } from "./words";
import { extreme_marker, out_of_range_word, temperature_zone } from "./judge";

/** Above this many cells the tiles are small. */
export const roomy_cells_max = 32;

function zone_word(cell: Cell, pack: Pack): string {
  if (cell.zone === "out_of_range") return out_of_range_word(cell, pack);
  if (cell.zone !== "unknown") return cell.zone;
  if (cell.voltage_mv.state === "suspect") return "doubtful";
  return cell.voltage_mv.state === "stale" ? "not live" : "unknown";
}

function age_of(cell: Cell): string {
  const { state, age_ms } = cell.voltage_mv;
  return state === "stale" && age_ms !== null ? `${age_text(age_ms)} old` : "";
}

/** How many tiles lie in one row, read from the laid-out page. */
function tiles_per_row(tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.offsetTop;
  const first_below = tiles.findIndex((tile) => tile.offsetTop !== top);
  return first_below > 0 ? first_below : tiles.length;
}

function step_of(key: string, tiles: readonly HTMLElement[]): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -tiles_per_row(tiles),
    ArrowDown: tiles_per_row(tiles),
    Home: -tiles.length,
    End: tiles.length,
  };
  return steps[key] ?? null;
}

function walk(event: KeyboardEvent, on_choose: (number: number) => void): void {
  const list = event.currentTarget as HTMLElement;
  const tiles = [...list.querySelectorAll<HTMLElement>("[data-cell]")];
  const here = tiles.indexOf(event.target as HTMLElement);
  const step = step_of(event.key, tiles);
  if (here < 0 || step === null) return;
  event.preventDefault();
  const next = tiles[Math.min(tiles.length - 1, Math.max(0, here + step))];
  next?.focus();
  if (next !== undefined) on_choose(Number(next.dataset["cell"]));
}

interface TilesProps {
  readonly pack: Pack;
  readonly chosen: number | null;
  readonly on_choose: (number: number) => void;
}

/** The tiles in the order of the chain. */
export function CellTiles({ pack, chosen, on_choose }: TilesProps) {
  const broken = broken_before(pack);
  const stop = pack.cells.find((cell) => cell.number === chosen) ?? pack.cells[0];
  return (
    <ul
      class="tiles"
      data-small={pack.cells.length > roomy_cells_max}
      aria-label="Cells"
      onKeyDown={(event) => walk(event, on_choose)}
    >
      {pack.cells.map((cell) => (
        <CellTile
          key={cell.number}
          number={cell.number}
          millivolts={cell.voltage_mv.value}
          voltage_state={cell.voltage_mv.state}
          zone={cell.zone}
          zone_word={zone_word(cell, pack)}
          tenths_celsius={cell.temperature_dc.value}
          temperature_state={cell.temperature_dc.state}
          temperature_zone={temperature_zone(cell, pack)}
          age={age_of(cell)}
          marker={extreme_marker(cell, pack)}
          broken_wire={cell.number === broken}
          chosen={cell.number === chosen}
          tab_stop={cell.number === stop?.number}
          on_choose={on_choose}
        />
      ))}
    </ul>
  );
}
