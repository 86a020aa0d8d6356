// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { example_pack, fresh, message, never, snapshot } from "../testing/example_pack";
import { expects_messages, make_store, take_message } from "./store";
import type { Store } from "./store";

function open_store(): Store {
  const store = make_store();
  store.connection.value = { state: "open" };
  return store;
}

function pack_named(id: string) {
  return { ...example_pack(), id, name: id };
}

function shown_pack(store: Store) {
  return store.shown.value?.pack;
}

describe("the store", () => {
  test("shows the packs of a snapshot and follows each pack's news", () => {
    const store = open_store();
    take_message(store, snapshot(pack_named("a"), pack_named("b")), 0);
    const news = { ...pack_named("b"), soc_permille: fresh(510) };
    take_message(store, message({ type: "pack", pack: news }), 900);
    const socs = store.seen.value.map(({ pack }) => pack.soc_permille.value);
    expect(socs).toEqual([740, 510]);
  });

  test("shows the first pack until another is chosen, and when the chosen one is gone", () => {
    const store = open_store();
    take_message(store, snapshot(pack_named("a"), pack_named("b")), 0);
    expect(shown_pack(store)?.id).toBe("a");
    store.chosen_id.value = "b";
    expect(shown_pack(store)?.id).toBe("b");
    take_message(store, snapshot(pack_named("a")), 100);
    expect(shown_pack(store)?.id).toBe("a");
  });

  test("counts an unreadable message and changes nothing else", () => {
    const store = open_store();
    take_message(store, snapshot(pack_named("a")), 0);
    const before = store.packs.value;
    for (const data of ["{", "null", message({ type: "snapshot", packs: 7 })]) {
      take_message(store, data, 500);
    }
    expect(store.unreadable_messages.value).toBe(3);
    expect(store.packs.value).toBe(before);
    expect(store.now_ms.value).toBe(0);
  });

  test("keeps known packs when a snapshot has gaps", () => {
    const store = open_store();
    take_message(store, snapshot(pack_named("a"), pack_named("b")), 0);
    take_message(store, snapshot(pack_named("b"), { broken: true }), 100);
    expect(store.seen.value.map(({ pack }) => pack.id)).toEqual(["a", "b"]);
    expect(store.unreadable_messages.value).toBe(1);
  });

  // proves APP-2
  test("shows no value as fresh once the connection is lost", () => {
    const store = open_store();
    take_message(store, snapshot(pack_named("a")), 0);
    expect(shown_pack(store)?.soc_permille.state).toBe("fresh");
    store.connection.value = { state: "lost", ever_open: true, next_try_at_ms: 0 };
    expect(JSON.stringify(shown_pack(store))).not.toContain('"fresh"');
    expect(store.shown.value?.liveness).toBe("disconnected");
  });

  test("shows a pack as not live when only this pack's news stay away", () => {
    const store = open_store();
    take_message(store, snapshot(pack_named("a"), pack_named("b")), 0);
    take_message(store, message({ type: "pack", pack: pack_named("b") }), 4000);
    expect(store.seen.value.map(({ liveness }) => liveness)).toEqual(["late", "online"]);
  });

  // proves APP-2
  test("remembers an alarm when a restarted gateway knows nothing of it", () => {
    const store = open_store();
    const alarmed = pack_named("a");
    alarmed.alarms.v_low = fresh(true);
    take_message(store, snapshot(alarmed), 0);
    const ignorant = pack_named("a");
    ignorant.alarms.v_low = never;
    take_message(store, snapshot(ignorant), 1000);
    expect(shown_pack(store)?.alarms.v_low).toEqual({ value: true, age_ms: 1200, state: "stale" });
  });

  test("expects messages until a snapshot says that there is nothing to speak of", () => {
    const store = open_store();
    expect(expects_messages(store)).toBe(true);
    take_message(store, snapshot(), 0);
    expect(expects_messages(store)).toBe(false);
    take_message(store, snapshot(pack_named("a")), 0);
    expect(expects_messages(store)).toBe(true);
  });
});
