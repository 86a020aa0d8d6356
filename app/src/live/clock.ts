/**
 * A clock for ages: milliseconds that never run backwards and never stand still while the device
 * sleeps. Not a time of day.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Milliseconds since some instant; only differences mean anything. */
export type Clock = () => number;

/**
 * Makes a clock out of two that each fail in one way: the time of day can be set back, the
 * monotonic one stops in many phones' sleep. It advances by the larger step, so that an age is
 * never shown too young.
 */
export function make_clock(
  time_of_day_ms: Clock = () => Date.now(),
  monotonic_ms: Clock = () => performance.now(),
): Clock {
  let last_time_of_day = time_of_day_ms();
  let last_monotonic = monotonic_ms();
  let now_ms = 0;
  return () => {
    const time_of_day = time_of_day_ms();
    const monotonic = monotonic_ms();
    now_ms += Math.max(0, time_of_day - last_time_of_day, monotonic - last_monotonic);
    last_time_of_day = time_of_day;
    last_monotonic = monotonic;
    return now_ms;
  };
}
