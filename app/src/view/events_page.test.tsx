// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { example_board } from "../testing/example_board";
import { example_pack } from "../testing/example_pack";
import { draw_page_with } from "../testing/page";
import { by_day } from "./events_page";

const noon = new Date(2026, 2, 10, 12, 0, 0);

function event(age_s: number) {
  return { age_s, kind: "restart", text: `started ${age_s}` };
}

test("events stand by day, newest first, and grow older", () => {
  const events = [event(10), event(11 * 3600), event(13 * 3600), event(40 * 3600)];
  const days = by_day(events, 0, noon);
  expect(days.map(({ name, events: of_day }) => [name, of_day.length])).toEqual([
    ["Today", 2],
    ["Yesterday", 1],
    [expect.stringContaining("8"), 1],
  ]);
  expect(by_day(events, 60_000, noon)[0]?.events[0]?.age_ms).toBe(70_000);
});

test("the page shows the log in the gateway's words, with age and mark", async () => {
  const board = example_board();
  const app_link = { state: "ready", text: "" };
  const page = draw_page_with(board.send, { ...example_pack(), app_link });
  page.store.view.value = "events";
  await page.reader.tick();
  await page.settle();
  const lines = [...page.root.querySelectorAll<HTMLElement>("[data-testid=event]")];
  expect(lines.map((line) => line.dataset["mark"])).toEqual(["warn", "bad", "plain"]);
  expect(lines[0]?.textContent).toContain("charge_opened in words");
  expect(lines[1]?.textContent).toContain("1 h ago");
});

test("an empty log is said to be empty", async () => {
  const board = example_board();
  board.events = [];
  const app_link = { state: "ready", text: "" };
  const page = draw_page_with(board.send, { ...example_pack(), app_link });
  page.store.view.value = "events";
  await page.reader.tick();
  await page.settle();
  expect(page.root.textContent).toContain("The board's log is empty.");
});
