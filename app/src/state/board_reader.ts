/**
 * Reads settings and log of the pack on show while somebody looks at them, and no more: a board's
 * app link is slow. Another client's changes show up within seconds.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { BoardApi } from "../api/board_api";
import type { Pack } from "../api/types";
import type { Clock } from "../live/clock";
import { alarm_names } from "./alarm_memory";
import { BoardDesk } from "./board_desk";
import type { Store } from "./store";

/** How often the settings are read while they are on show. */
export const settings_every_ms = 3000;
/** How often the log is read while it is on show; at once when an alarm or a relay changes. */
export const events_every_ms = 10_000;

/** A slow board is not kept busy with its log: reading takes a fifth of the time at most. */
const slow_factor = 5;

/** When something of one pack was last asked for. */
interface Asked {
  settings_ms: number;
  events_ms: number;
  /** How long the board took for its log the last time. */
  events_took_ms: number;
  busy: boolean;
  /** What the pack looked like when its log was read: a change is an event. */
  signature: string;
}

function signature_of(pack: Pack): string {
  const alarms = alarm_names.map((name) => pack.alarms[name].value);
  const relays = [pack.charge_allowed.value, pack.discharge_allowed.value];
  return JSON.stringify([alarms, relays, pack.app_link.chain?.text]);
}

/** The desks of all packs, and what fills them. */
export class BoardReader {
  private readonly store: Store;
  private readonly api: BoardApi;
  private readonly clock: Clock;
  private readonly desks = new Map<string, BoardDesk>();
  private readonly asked = new Map<string, Asked>();

  constructor(store: Store, api: BoardApi, clock: Clock) {
    this.store = store;
    this.api = api;
    this.clock = clock;
  }

  /** The desk of a pack; it stays the same as long as the page is open. */
  desk(id: string): BoardDesk {
    let desk = this.desks.get(id);
    if (desk === undefined) {
      desk = new BoardDesk(this.api, id, this.clock);
      this.desks.set(id, desk);
    }
    return desk;
  }

  /** Asks for what is due; to be called a few times a second. */
  async tick(): Promise<void> {
    const pack = this.store.shown.peek()?.pack;
    if (pack === undefined || this.store.connection.peek().state !== "open") return;
    if (pack.app_link.state !== "ready") return;
    const asked = this.asked_of(pack.id);
    if (asked.busy) return;
    asked.busy = true;
    try {
      await this.read_due(pack, asked);
    } finally {
      asked.busy = false;
    }
  }

  private asked_of(id: string): Asked {
    let asked = this.asked.get(id);
    if (asked === undefined) {
      const never = Number.NEGATIVE_INFINITY;
      asked = {
        settings_ms: never,
        events_ms: never,
        events_took_ms: 0,
        busy: false,
        signature: "",
      };
      this.asked.set(id, asked);
    }
    return asked;
  }

  private async read_due(pack: Pack, asked: Asked): Promise<void> {
    const view = this.store.view.peek();
    const now_ms = this.clock();
    if (view === "settings" && now_ms - asked.settings_ms >= settings_every_ms) {
      asked.settings_ms = now_ms;
      await this.desk(pack.id).read_settings();
    }
    if (view !== "events") return;
    const signature = signature_of(pack);
    const every_ms = Math.max(events_every_ms, asked.events_took_ms * slow_factor);
    if (signature === asked.signature && now_ms - asked.events_ms < every_ms) return;
    asked.signature = signature;
    asked.events_ms = now_ms;
    await this.desk(pack.id).read_events();
    asked.events_took_ms = this.clock() - now_ms;
  }
}
