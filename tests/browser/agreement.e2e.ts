// SPDX-License-Identifier: Apache-2.0
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { start_gateway } from "../../app/dev/cellwarden";
import type { Gateway } from "../../app/dev/cellwarden";
import { launch_chromium } from "../../app/dev/chromium";
import { deadline_ms, open_page, wait_for_fresh_cell, wait_for_link } from "./open_page";

let browser: Browser;
let gateway: Gateway;

beforeAll(async () => {
  gateway = await start_gateway(["--source", "twin"]);
  browser = await launch_chromium();
});

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
});

/** The values of the same frame, from the API and from the page: testid -> raw value. */
interface Snapshot {
  readonly api_frames: number;
  readonly page_frames: number;
  readonly api: Readonly<Record<string, string>>;
  readonly page: Readonly<Record<string, string>>;
}

/** Asks the API and reads the page right after the answer, inside the page. */
function take_snapshot(page: Page): Promise<Snapshot> {
  return page.evaluate(async () => {
    const pack = await (await fetch("/api/v1/packs/twin")).json();
    const raw = (testid: string) =>
      document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.dataset["value"] ?? "";
    const api: Record<string, string> = {
      "pack-voltage": String(pack.pack_voltage_mv.value),
      soc: String(pack.soc_permille.value),
      "pack-current": String(pack.current_ma.value),
      "pack-power": String(pack.power_w.value),
      stored: String(pack.stored_wh.value),
    };
    for (const cell of pack.cells) {
      api[`cell-${cell.number}-voltage`] = String(cell.voltage_mv.value);
      api[`cell-${cell.number}-temperature`] = String(cell.temperature_dc.value);
    }
    const shown = Object.keys(api).map((testid) => [testid, raw(testid)]);
    return {
      api_frames: pack.link.frames,
      page_frames: Number(raw("frames")),
      api,
      page: Object.fromEntries(shown),
    };
  });
}

/** A snapshot in which the page has drawn the very frame that the API answered with. */
async function same_frame(page: Page): Promise<Snapshot> {
  const deadline = Date.now() + deadline_ms;
  while (Date.now() < deadline) {
    const snapshot = await take_snapshot(page);
    if (snapshot.api_frames === snapshot.page_frames) return snapshot;
  }
  throw new Error(`page and API never had the same frame; the gateway said: ${gateway.output()}`);
}

// proves APP-1, APP-2
test("pack voltage, state of charge and the four cells on the page equal the API", async () => {
  const page = await open_page(browser, gateway.url);
  await wait_for_link(page, "online");
  await page.locator('[data-testid="cell-4-voltage"][data-state="fresh"]').waitFor();
  const first = await same_frame(page);
  expect(Object.keys(first.api)).toEqual(
    expect.arrayContaining(["pack-voltage", "soc", "cell-1-voltage", "cell-4-voltage"]),
  );
  expect(first.page).toEqual(first.api);
  expect(Number(first.page["pack-voltage"])).toBeGreaterThan(8000);
  await page.close();
});

test("the page follows frame after frame", async () => {
  const page = await open_page(browser, gateway.url);
  await wait_for_fresh_cell(page);
  const seen = new Set<number>();
  while (seen.size < 3) {
    const snapshot = await same_frame(page);
    expect(snapshot.page).toEqual(snapshot.api);
    seen.add(snapshot.page_frames);
  }
  await page.close();
});

test("the page fits a phone without scrolling sideways, and asks only its gateway", async () => {
  const page = await open_page(browser, "about:blank", { viewport: { width: 390, height: 844 } });
  const strangers: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(gateway.url)) strangers.push(request.url());
  });
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text());
  });
  await page.goto(gateway.url);
  await wait_for_fresh_cell(page);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await width()).toBeLessThanOrEqual(320);
  await page.click("[data-testid=nav-events]");
  await page.locator("[data-testid=event]").first().waitFor();
  expect(await width()).toBeLessThanOrEqual(320);
  await page.click("[data-testid=nav-settings]");
  await page.click("[data-testid=open-v_min]");
  await page.click("[data-testid=open-capacity]");
  expect(await width()).toBeLessThanOrEqual(320);
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
});
