/**
 * Works out the manual's advice for the capacity from what is printed on a cell.
 * SPDX-License-Identifier: Apache-2.0
 */
import { useSignal } from "@preact/signals";
import type { Setting } from "../api/settings";
import type { BoardDesk } from "../state/board_desk";
import { capacity_advice } from "../state/capacity_advice";
import type { CapacityAdvice } from "../state/capacity_advice";
import { draft_of, with_unit } from "../state/setting_text";
import { cell_volts, plain } from "./format";

interface AdvisorProps {
  readonly desk: BoardDesk;
  readonly setting: Setting;
  readonly cell_count: number | null;
  readonly nominal_mv: number | null;
}

function Result({ desk, setting, advice }: AdvisorProps & { advice: CapacityAdvice | null }) {
  if (advice === null) return null;
  const rated = `${Math.round(advice.rated_wh)} Wh`;
  const advised = `${Math.round(advice.advised_wh)} Wh`;
  return (
    <p class="advice-result">
      <span data-testid="capacity-advice" data-value={advice.value} role="status">
        {rated} rated × 75 % = {advised}
      </span>{" "}
      <button
        type="button"
        data-testid="use-advice"
        onClick={() => desk.edit(setting.name, draft_of(setting, advice.value))}
      >
        Use {with_unit(setting, advice.value)}
      </button>
    </p>
  );
}

/** Shown while the capacity is being changed. */
export function CapacityAdvisor(props: AdvisorProps) {
  const typed = useSignal("");
  const { cell_count, nominal_mv, setting } = props;
  if (cell_count === null || nominal_mv === null) return null;
  const ampere_hours = Number(typed.value.replace(",", "."));
  const advice = capacity_advice(setting, { count: cell_count, ampere_hours, nominal_mv });
  return (
    <div class="advice">
      <p>
        The manual advises three quarters of the rated capacity, for ageing and temperature.{" "}
        {cell_count} cells of {plain(cell_volts(nominal_mv))}, each of{" "}
        <label>
          <input
            type="text"
            class="short"
            inputMode="decimal"
            autocomplete="off"
            data-testid="cell-ampere-hours"
            aria-label="Ampere-hours of one cell; cells in parallel added up"
            value={typed.value}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />{" "}
          Ah
        </label>{" "}
        (cells in parallel added up):
      </p>
      <Result {...props} advice={advice} />
    </div>
  );
}
