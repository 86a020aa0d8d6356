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

async function set_wire(board: number, cut: boolean): Promise<void> {
  const path = `${gateway.url}/api/v1/packs/twin/twin/wires/${board}`;
  const answer = await fetch(path, { method: "PUT", body: JSON.stringify({ cut }) });
  expect(answer.status).toBe(200);
}

function alarm(page: Page) {
  return page.locator("[data-testid=alarm-banner]", { hasText: "cell 2 to cell 3 is broken" });
}

// proves ENV-4, OUT-9
test("a cut wire is named by its place, is in the log, and is gone after mending", async () => {
  const page = await open_page(browser, gateway.url);
  page.setDefaultTimeout(deadline_ms);
  await wait_for_link(page, "online");
  await wait_for_fresh_cell(page);
  expect(await page.locator("[data-testid=broken-wire]").count()).toBe(0);

  await set_wire(2, true);
  await alarm(page).waitFor();
  await page.locator('[data-testid=lamp-communication][data-lamp="on"]').waitFor();
  const lamp = page.locator("[data-testid=lamp-communication]");
  expect(await lamp.textContent()).toContain("between cell 2 and cell 3");
  const mark = page.locator('[data-cell="3"] [data-testid=broken-wire]');
  expect(await mark.innerText()).toContain("wire from cell 2 broken");

  await page.click("[data-testid=nav-events]");
  const entry = page.locator('[data-testid=event][data-value="alarm_on"]').first();
  await entry.filter({ hasText: "the wire from cell 2 to cell 3 is broken" }).waitFor();

  await set_wire(2, false);
  await alarm(page).waitFor({ state: "detached" });
  await page.locator('[data-testid=event][data-value="alarm_off"]').first().waitFor();
  await page.click("[data-testid=nav-overview]");
  await wait_for_link(page, "online");
  await page.locator('[data-testid=lamp-communication][data-lamp="off"]').waitFor();
  expect(await page.locator("[data-testid=broken-wire]").count()).toBe(0);
  await page.close();
});
