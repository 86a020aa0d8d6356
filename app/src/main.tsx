/**
 * Starts the App: wires socket, store, theme and page together. Nothing else touches the browser's
 * globals.
 * SPDX-License-Identifier: Apache-2.0
 */
import { effect } from "@preact/signals";
import { render } from "preact";
import { make_clock } from "./live/clock";
import { LiveSocket } from "./live/live_socket";
import type { SocketLike } from "./live/live_socket";
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

const clock = make_clock();
const store = make_store();
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
}

effect(() => {
  document.documentElement.dataset["theme"] = theme.theme.value;
});
live.start();
window.setInterval(tick, tick_ms);
window.addEventListener("online", () => live.try_now());
document.addEventListener("visibilitychange", tick);
const root = document.getElementById("app");
if (root !== null) {
  render(<App store={store} theme={theme} on_retry={() => live.try_now()} />, root);
}
