/**
 * Keeps a known alarm when data is lost: only a fresh "no alarm" clears it.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { AlarmName, Alarms, Chain, FlagReading } from "../api/types";

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

/** A frame from before the break can still count as fresh, but not one as young as this. */
const all_clear_ms_max = 2000;

/**
 * The chain's state to show after news arrived: where a wire was broken stays known until the board
 * says otherwise, or the E alarm is over.
 */
export function remember_chain(
  known: Chain | null,
  news: Chain | null,
  alarms: Alarms,
): Chain | null {
  if (news !== null || known === null || known.fault === "none") return news;
  const { value, state, age_ms } = alarms.communication;
  const is_new = state === "fresh" && age_ms !== null && age_ms < all_clear_ms_max;
  return value === false && is_new ? null : { ...known, live: false };
}
