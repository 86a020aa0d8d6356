/**
 * The manual's advice for the capacity: three quarters of what the cells are rated for, for ageing
 * and temperature.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Setting } from "../api/settings";

/** What is known about the cells. */
export interface RatedCells {
  readonly count: number;
  /** Of one cell, or of one group of parallel cells. */
  readonly ampere_hours: number;
  readonly nominal_mv: number;
}

/** The advice worked out. */
export interface CapacityAdvice {
  readonly rated_wh: number;
  readonly advised_wh: number;
  /** What the setting can take: the advice cut off to a step, inside the range. */
  readonly value: number;
}

const advised_share = 0.75;

/** @returns null when a number is missing or impossible */
export function capacity_advice(setting: Setting, cells: RatedCells): CapacityAdvice | null {
  const { count, ampere_hours, nominal_mv } = cells;
  const rated_wh = (count * ampere_hours * nominal_mv) / 1000;
  if (!Number.isFinite(rated_wh) || count <= 0 || ampere_hours <= 0 || nominal_mv <= 0) return null;
  const advised_wh = rated_wh * advised_share;
  const { minimum, maximum, step } = setting;
  const inside = Math.min(maximum, Math.max(minimum, advised_wh));
  return {
    rated_wh,
    advised_wh,
    value: minimum + Math.floor((inside - minimum) / step) * step,
  };
}
