/**
 * How long to wait before the next try to connect.
 * SPDX-License-Identifier: Apache-2.0
 */

const first_wait_ms = 500;
/** The longest wait between two tries: a gateway that is back is seen within this time. */
export const wait_ms_max = 8000;

/**
 * Doubles from half a second to eight, and takes off up to a quarter at random so that many pages
 * do not knock at the same moment.
 * @param failures  tries that failed since the last good one, from 1
 * @param random    0 up to but not including 1
 */
export function back_off_ms(failures: number, random: number): number {
  const doublings = Math.min(Math.max(failures, 1) - 1, 10);
  const wait = Math.min(first_wait_ms * 2 ** doublings, wait_ms_max);
  return Math.round(wait * (1 - random / 4));
}
