/**
 * Starts the App: wires socket, store, theme and page together. Nothing else touches the browser's
 * globals.
 * SPDX-License-Identifier: Apache-2.0
 */
import { effect } from "@preact/signals";
import { render } from "preact";
import { BoardApi } from "./api/board_api";
import { make_clock } from "./live/clock";
import { LiveSocket } from "./live/live_socket";
import type { SocketLike } from "./live/live_socket";
import { BoardReader } from "./state/board_reader";
import { ScreenAwake } from "./state/screen_awake";
import type { RequestWakeLock } from "./state/screen_awake";
import { view_of } from "./state/view_choice";
import { expects_messages, make_store, take_message } from "./state/store";
import { make_theme } from "./state/theme";
import "./style/theme.css";
import "./style/page.css";
import "./style/value.css";
import "./style/dashboard.css";
import "./style/pictures.css";
import "./style/details.css";
import "./style/cell_chart.css";
import "./style/cell_tiles.css";
import "./style/navigation.css";
import "./style/settings.css";
import "./style/forms.css";
import "./style/events.css";
import "./style/broken_wire.css";
import { App } from "./view/app";

const tick_ms = 500;

function live_url(): string {
  const url = new URL("/api/v1/live", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

function local_storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Null where the browser has none: most give it to https and to their own machine only. */
function wake_lock(): RequestWakeLock | null {
  return "wakeLock" in navigator ? () => navigator.wakeLock.request("screen") : null;
}

/** A board that is asked many things in a row takes its time; then nothing more will come. */
const answer_ms_max = 60_000;

const clock = make_clock();
const store = make_store();
const api = new BoardApi((path, { method, body }) =>
  fetch(path, { method, body: body ?? null, signal: AbortSignal.timeout(answer_ms_max) }),
);
const reader = new BoardReader(store, api, clock);
const awake = new ScreenAwake(wake_lock(), local_storage());
const theme = make_theme(window.matchMedia("(prefers-color-scheme: dark)"), local_storage());
const live = new LiveSocket({
  open_socket: () => new WebSocket(live_url()) as SocketLike,
  clock,
  random: Math.random,
  expects_messages: () => expects_messages(store),
  on_connection: (connection) => {
    store.connection.value = connection;
  },
  on_message: (data) => take_message(store, data, clock()),
});

function tick(): void {
  store.now_ms.value = clock();
  live.tick();
  void reader.tick();
}

function go(): void {
  store.view.value = view_of(window.location.hash);
  void reader.tick();
}

effect(() => {
  document.documentElement.dataset["theme"] = theme.theme.value;
});
effect(() => {
  const view = store.view.value;
  const part = view === "overview" ? "" : `${view.charAt(0).toUpperCase()}${view.slice(1)} – `;
  document.title = `${part}Cellwarden`;
});
go();
live.start();
window.setInterval(tick, tick_ms);
window.addEventListener("online", () => live.try_now());
window.addEventListener("hashchange", go);
document.addEventListener("visibilitychange", () => {
  tick();
  void awake.refresh();
});
void awake.refresh();
const root = document.getElementById("app");
if (root !== null) {
  const on_retry = () => live.try_now();
  render(<App {...{ store, theme, reader, awake, on_retry }} />, root);
}
