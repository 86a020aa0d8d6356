/**
 * Everything the page shows, as signals. Data flows one way: socket, store, components. Components
 * read; only the functions here write.
 * SPDX-License-Identifier: Apache-2.0
 */
import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";
import { read_live_message } from "../api/read_pack";
import type { Pack } from "../api/types";
import type { Connection } from "../live/live_socket";
import { remember_alarms, remember_chain } from "./alarm_memory";
import { is_told, liveness_of, seen_pack } from "./seen_pack";
import type { Liveness, ReceivedPack } from "./seen_pack";
import type { View } from "./view_choice";

/** A pack to show, and why it is live or not. */
export interface SeenPack {
  readonly pack: Pack;
  readonly liveness: Liveness;
  /** Time since the newest message about this pack. */
  readonly silence_ms: number;
}

/** The signals behind the page. */
export interface Store {
  readonly connection: Signal<Connection>;
  readonly packs: Signal<ReadonlyMap<string, ReceivedPack>>;
  /** Whether a snapshot ever came: without one, "no pack" would be a guess. */
  readonly snapshot_seen: Signal<boolean>;
  /** Messages that could not be read, since the page was opened. */
  readonly unreadable_messages: Signal<number>;
  readonly chosen_id: Signal<string | null>;
  readonly view: Signal<View>;
  /** The App's clock, in milliseconds; moves with every tick and message. */
  readonly now_ms: Signal<number>;
  /** Every pack as it must be seen now, in the gateway's order. */
  readonly seen: ReadonlySignal<readonly SeenPack[]>;
  /** The chosen pack, or the first one; null when there is none. */
  readonly shown: ReadonlySignal<SeenPack | null>;
}

function see_all(store: Pick<Store, "packs" | "connection" | "now_ms">): readonly SeenPack[] {
  const now_ms = store.now_ms.value;
  return [...store.packs.value.values()].map((received) => {
    const liveness = liveness_of(store.connection.value, received, now_ms);
    const silence_ms = Math.max(0, now_ms - received.received_at_ms);
    return {
      pack: seen_pack(received.pack, silence_ms, liveness === "online", is_told(liveness)),
      liveness,
      silence_ms,
    };
  });
}

/** Makes an empty store. */
export function make_store(): Store {
  const connection = signal<Connection>({ state: "connecting" });
  const packs = signal<ReadonlyMap<string, ReceivedPack>>(new Map());
  const chosen_id = signal<string | null>(null);
  const now_ms = signal(0);
  const seen = computed(() => see_all({ packs, connection, now_ms }));
  const shown = computed(
    () => seen.value.find(({ pack }) => pack.id === chosen_id.value) ?? seen.value[0] ?? null,
  );
  const snapshot_seen = signal(false);
  const unreadable_messages = signal(0);
  const view = signal<View>("overview");
  return {
    connection,
    packs,
    snapshot_seen,
    unreadable_messages,
    chosen_id,
    view,
    now_ms,
    seen,
    shown,
  };
}

function receive(known: ReceivedPack | undefined, pack: Pack, now_ms: number): ReceivedPack {
  if (known === undefined) return { pack, received_at_ms: now_ms };
  const elapsed_ms = now_ms - known.received_at_ms;
  const alarms = remember_alarms(known.pack.alarms, pack.alarms, elapsed_ms);
  const chain = remember_chain(known.pack.app_link.chain, pack.app_link.chain, alarms);
  const app_link = { ...pack.app_link, chain };
  return { pack: { ...pack, alarms, app_link }, received_at_ms: now_ms };
}

/**
 * Takes in one message of the live socket.
 * @param data    what arrived; an unreadable message is counted and changes nothing else
 * @param now_ms  when it arrived, by the App's clock
 */
export function take_message(store: Store, data: unknown, now_ms: number): void {
  const message = read_live_message(data);
  batch(() => {
    if (message === null) {
      store.unreadable_messages.value += 1;
      return;
    }
    store.now_ms.value = now_ms;
    store.unreadable_messages.value += message.unreadable;
    const known = store.packs.peek();
    // A whole snapshot says which packs there are; one with gaps cannot take any away.
    const whole = message.type === "snapshot" && message.unreadable === 0;
    const next = new Map(whole ? [] : known);
    for (const pack of message.packs) {
      next.set(pack.id, receive(known.get(pack.id), pack, now_ms));
    }
    store.packs.value = next;
    if (message.type === "snapshot") store.snapshot_seen.value = true;
  });
}

/** Whether the gateway has something to say: a first snapshot, then each pack once a second. */
export function expects_messages(store: Store): boolean {
  return !store.snapshot_seen.peek() || store.packs.peek().size > 0;
}
