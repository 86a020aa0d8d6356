// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { BoardApi } from "../api/board_api";
import { example_board } from "../testing/example_board";
import { example_pack, fresh, message, snapshot } from "../testing/example_pack";
import { BoardReader, events_every_ms, settings_every_ms } from "./board_reader";
import { make_store, take_message } from "./store";
import type { View } from "./view_choice";

const ready = { state: "ready", text: "logged in" };

function make_reader(view: View, app_link = ready) {
  const store = make_store();
  const board = example_board();
  const time = { now_ms: 0 };
  const reader = new BoardReader(store, new BoardApi(board.send), () => time.now_ms);
  store.connection.value = { state: "open" };
  store.view.value = view;
  take_message(store, snapshot({ ...example_pack(), app_link }), 0);
  const pass = async (duration_ms: number) => {
    for (const end_ms = time.now_ms + duration_ms; time.now_ms < end_ms; time.now_ms += 500) {
      await reader.tick();
    }
  };
  return { store, board, reader, time, pass };
}

// proves APP-4
test("settings on show are read at once and again every few seconds", async () => {
  const { board, reader, pass } = make_reader("settings");
  await pass(500);
  expect(board.asked).toEqual(["GET settings"]);
  board.settings.find(({ name }) => name === "v_min").value = 2700;
  await pass(settings_every_ms);
  expect(reader.desk("twin").setting("v_min")?.value).toBe(2700);
});

test("nothing is asked for that nobody looks at", async () => {
  const { board, pass } = make_reader("overview");
  await pass(60_000);
  expect(board.asked).toEqual([]);
});

test.each(["none", "connecting", "locked", "strange"])(
  "a board whose app link is %s is left alone",
  async (state) => {
    const { board, pass } = make_reader("settings", { state, text: "" });
    await pass(10_000);
    expect(board.asked).toEqual([]);
  },
);

test("nothing is asked for while the gateway is not reached", async () => {
  const { store, board, pass } = make_reader("settings");
  store.connection.value = { state: "lost", ever_open: true, next_try_at_ms: 0 };
  await pass(10_000);
  expect(board.asked).toEqual([]);
});

test("the log is read again at once when an alarm changes, else seldom", async () => {
  const { store, board, pass } = make_reader("events");
  await pass(2000);
  expect(board.asked).toEqual(["GET events"]);
  const alarmed = { ...example_pack(), app_link: ready };
  alarmed.alarms.v_high = fresh(true);
  take_message(store, message({ type: "pack", pack: alarmed }), 2000);
  await pass(500);
  expect(board.asked).toHaveLength(2);
  await pass(events_every_ms + 500);
  expect(board.asked).toHaveLength(3);
});

test("a slow board is asked one thing at a time", async () => {
  const { store, board, reader } = make_reader("settings");
  const ticks = [reader.tick(), reader.tick()];
  store.view.value = "events";
  ticks.push(reader.tick());
  await Promise.all(ticks);
  expect(board.asked).toEqual(["GET settings"]);
});

test("a board that is slow with its log is asked for it less often", async () => {
  const { store, time } = make_reader("events");
  let asked = 0;
  const slow = new BoardApi(() => {
    asked += 1;
    time.now_ms += 8000;
    return Promise.reject(new Error("nobody answers"));
  });
  const reader = new BoardReader(store, slow, () => time.now_ms);
  for (const end_ms = 60_000; time.now_ms < end_ms; time.now_ms += 500) await reader.tick();
  expect(asked).toBe(2);
});
