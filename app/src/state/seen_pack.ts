/**
 * A pack as it must be seen now: ages go on between messages, and when the data no longer comes,
 * nothing in it is fresh.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Connection } from "../live/live_socket";
import type { Pack, Reading } from "../api/types";

/** A pack document and when it arrived, by the App's clock. */
export interface ReceivedPack {
  readonly pack: Pack;
  readonly received_at_ms: number;
}

/** Why a pack is or is not live, the nearest cause first. */
export type Liveness =
  "connecting" | "disconnected" | "late" | "online" | "silent" | "down" | "ended" | "unknown";

/** The gateway speaks of each pack at least once a second; after this it is not live. */
export const late_after_ms = 3000;

/** Whether the pack is live; only `online` is. */
export function liveness_of(
  connection: Connection,
  received: ReceivedPack,
  now_ms: number,
): Liveness {
  if (connection.state === "connecting") return "connecting";
  if (connection.state === "lost") return "disconnected";
  if (now_ms - received.received_at_ms > late_after_ms) return "late";
  return received.pack.link.state;
}

/** Whether the gateway speaks of a pack, whatever it says. */
export function is_told(liveness: Liveness): boolean {
  return liveness !== "connecting" && liveness !== "disconnected" && liveness !== "late";
}

function is_reading(node: object): node is Reading<unknown> {
  return "value" in node && "state" in node && "age_ms" in node;
}

function age(reading: Reading<unknown>, elapsed_ms: number, live: boolean): Reading<unknown> {
  if (reading.age_ms === null) return reading;
  return {
    value: reading.value,
    age_ms: reading.age_ms + elapsed_ms,
    state: live || reading.value === null ? reading.state : "stale",
  };
}

function age_all(node: unknown, elapsed_ms: number, live: boolean): unknown {
  if (Array.isArray(node)) return node.map((child) => age_all(child, elapsed_ms, live));
  if (typeof node !== "object" || node === null) return node;
  if (is_reading(node)) return age(node, elapsed_ms, live);
  const aged: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(node)) aged[key] = age_all(child, elapsed_ms, live);
  if (!live && "zone" in aged) aged["zone"] = "unknown";
  return aged;
}

/**
 * The pack as seen now.
 * @param elapsed_ms  time since the document arrived
 * @param live        false turns every value stale and every cell's zone unknown
 * @param told        whether the gateway still speaks: the chain's state comes over the app link,
 *                    so it is known also while no frame arrives, as when a wire is broken
 */
export function seen_pack(pack: Pack, elapsed_ms: number, live: boolean, told = live): Pack {
  if (live && told && elapsed_ms <= 0) return pack;
  const aged = age_all(pack, Math.max(0, elapsed_ms), live) as Pack;
  const link_age_ms = pack.link.age_ms === null ? null : pack.link.age_ms + Math.max(0, elapsed_ms);
  const { chain } = pack.app_link;
  const seen_chain = chain === null ? null : { ...chain, live: chain.live && told };
  return {
    ...aged,
    link: { ...pack.link, age_ms: link_age_ms },
    app_link: { ...pack.app_link, chain: seen_chain },
  };
}
