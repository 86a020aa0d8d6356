/**
 * The axis of the cell bars. Zoomed, it shows the spread between the cells; full, it shows where
 * they stand between V-min and V-max. A fixed axis would hide the spread.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Pack } from "../api/types";
import { is_fresh, mean_millivolts } from "./judge";

/** `spread` follows the cells, `full` reaches from V-min to V-max. */
export type AxisKind = "spread" | "full";

/** The lowest and highest voltage drawn, in millivolts; `top` is above `bottom`. */
export interface VoltageAxis {
  readonly bottom_mv: number;
  readonly top_mv: number;
}

/** A line across the bars. */
export interface AxisLine {
  readonly kind: "v_min" | "v_bypass" | "v_max" | "mean";
  readonly name: string;
  readonly voltage_mv: number;
}

const margin_mv = 50;
const fallback: VoltageAxis = { bottom_mv: 2500, top_mv: 4500 };

/** The cells' voltages that can be drawn, fresh or not. */
function known_voltages(pack: Pack): number[] {
  return pack.cells.flatMap(({ voltage_mv }) =>
    voltage_mv.value === null ? [] : voltage_mv.value,
  );
}

/** The axis for a pack; without any voltage or limit 2.5 to 4.5 V. */
export function axis_of(pack: Pack, kind: AxisKind): VoltageAxis {
  const shown = known_voltages(pack);
  if (kind === "full") {
    const { v_min_mv, v_max_mv } = pack.limits;
    for (const limit of [v_min_mv, v_max_mv]) if (limit.value !== null) shown.push(limit.value);
  }
  if (shown.length === 0) return fallback;
  return { bottom_mv: Math.min(...shown) - margin_mv, top_mv: Math.max(...shown) + margin_mv };
}

/** How high a voltage stands on the axis, 0 (bottom) to 1 (top), cut off at both ends. */
export function height_on(axis: VoltageAxis, voltage_mv: number): number {
  const share = (voltage_mv - axis.bottom_mv) / (axis.top_mv - axis.bottom_mv);
  return Math.min(1, Math.max(0, share));
}

/** The limits and the mean as far as they are known and lie on the axis. */
export function lines_on(axis: VoltageAxis, pack: Pack): readonly AxisLine[] {
  const { v_min_mv, v_bypass_mv, v_max_mv } = pack.limits;
  const mean_mv = mean_millivolts(pack.cells);
  const lines: readonly (Omit<AxisLine, "voltage_mv"> & { voltage_mv: number | null })[] = [
    { kind: "v_max", name: "V max", voltage_mv: is_fresh(v_max_mv) ? v_max_mv.value : null },
    {
      kind: "v_bypass",
      name: "V bypass",
      voltage_mv: is_fresh(v_bypass_mv) ? v_bypass_mv.value : null,
    },
    { kind: "v_min", name: "V min", voltage_mv: is_fresh(v_min_mv) ? v_min_mv.value : null },
    { kind: "mean", name: "mean", voltage_mv: mean_mv },
  ];
  return lines.flatMap(({ voltage_mv, ...line }) => {
    const on_axis =
      voltage_mv !== null && voltage_mv >= axis.bottom_mv && voltage_mv <= axis.top_mv;
    return on_axis ? [{ ...line, voltage_mv }] : [];
  });
}
