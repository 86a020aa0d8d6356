/**
 * Keeps a known alarm when data is lost: only a fresh "no alarm" clears it.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { AlarmName, Alarms, FlagReading } from "../api/types";

/** The lamps in the manual's order: E, Vh, Vl, Th, Tl. */
export const alarm_names: readonly AlarmName[] = [
  "communication",
  "v_high",
  "v_low",
  "t_high",
  "t_low",
];

function remember(known: FlagReading, news: FlagReading, elapsed_ms: number): FlagReading {
  const cleared = news.value === false && news.state === "fresh";
  if (cleared || news.value === true || known.value !== true) return news;
  return { value: true, age_ms: (known.age_ms ?? 0) + elapsed_ms, state: "stale" };
}

/**
 * The alarms to show after news arrived.
 * @param known       the alarms shown until now
 * @param news        the alarms of the newest document
 * @param elapsed_ms  time between the two
 */
export function remember_alarms(known: Alarms, news: Alarms, elapsed_ms: number): Alarms {
  const kept = alarm_names.map((name) => [name, remember(known[name], news[name], elapsed_ms)]);
  return Object.fromEntries(kept) as unknown as Alarms;
}
