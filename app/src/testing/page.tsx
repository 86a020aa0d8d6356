/**
 * Draws the whole page for a test, without a network.
 * SPDX-License-Identifier: Apache-2.0
 */
import { signal } from "@preact/signals";
import { render } from "preact";
import { BoardApi } from "../api/board_api";
import type { Send } from "../api/board_api";
import { BoardReader } from "../state/board_reader";
import { ScreenAwake } from "../state/screen_awake";
import { make_store, take_message } from "../state/store";
import type { Store } from "../state/store";
import { App } from "../view/app";
import { snapshot } from "./example_pack";
import type { Document } from "./example_pack";

/** A drawn page and the ways a test reads it. */
export interface TestPage {
  readonly store: Store;
  readonly reader: BoardReader;
  readonly root: HTMLElement;
  readonly retries: { count: number };
  /** The element with this `data-testid`; throws when it is not there. */
  readonly get: (testid: string) => HTMLElement;
  /** The same, or null. */
  readonly find: (testid: string) => HTMLElement | null;
  /** The text of an element, one space between words. */
  readonly text: (testid: string) => string;
  /** Lets the page catch up with the store. */
  readonly settle: () => Promise<void>;
}

function tidy_text(element: HTMLElement): string {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}

const nobody: Send = () => Promise.reject(new Error("nobody answers"));

/** The page of a connected App that was sent one snapshot of `packs`; none when there are none. */
export function draw_page(...packs: Document[]): TestPage {
  return draw_page_with(nobody, ...packs);
}

/** The same, with a board behind it that answers requests. */
export function draw_page_with(send: Send, ...packs: Document[]): TestPage {
  const store = make_store();
  if (packs.length > 0) {
    store.connection.value = { state: "open" };
    take_message(store, snapshot(...packs), 0);
  }
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const retries = { count: 0 };
  const theme = { theme: signal<"dark" | "light">("dark"), toggle: () => undefined };
  const reader = new BoardReader(store, new BoardApi(send), () => store.now_ms.peek());
  const awake = new ScreenAwake(null, null);
  const on_retry = () => (retries.count += 1);
  render(<App {...{ store, theme, reader, awake, on_retry }} />, root);
  const find = (testid: string) => root.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
  const get = (testid: string) => {
    const element = find(testid);
    if (element === null) throw new Error(`nothing on the page has data-testid ${testid}`);
    return element;
  };
  const text = (testid: string) => tidy_text(get(testid));
  const settle = () => new Promise<void>((done) => setTimeout(done, 0));
  return { store, reader, root, retries, get, find, text, settle };
}

/** Ends the connection, as when the gateway is stopped. */
export function lose_connection(page: TestPage): Promise<void> {
  page.store.connection.value = { state: "lost", ever_open: true, next_try_at_ms: 3000 };
  return page.settle();
}
