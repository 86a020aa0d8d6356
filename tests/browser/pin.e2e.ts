// SPDX-License-Identifier: Apache-2.0
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { start_gateway } from "../../app/dev/cellwarden";
import type { Gateway } from "../../app/dev/cellwarden";
import { launch_chromium } from "../../app/dev/chromium";
import { deadline_ms, open_page } from "./open_page";

let browser: Browser;
let gateway: Gateway;

beforeAll(async () => {
  gateway = await start_gateway(["--source", "twin", "--app-pin", "9999"]);
  browser = await launch_chromium();
});

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
});

async function give_pin(page: Page, pin: string): Promise<void> {
  await page.fill("[data-testid=pin-input]", pin);
  await page.keyboard.press("Enter");
}

// proves APP-4, OUT-5
test("a locked board is opened with its PIN, and the PIN is changed", async () => {
  const page = await open_page(browser, `${gateway.url}/#settings`);
  page.setDefaultTimeout(deadline_ms);
  const notice = page.locator("[data-testid=app-link]");
  await notice.filter({ hasText: "The board is locked." }).waitFor();
  expect(await page.locator("[data-testid=open-v_min]").count()).toBe(0);
  await page.click("[data-testid=login]");
  await give_pin(page, "1234");
  await page.locator('[data-testid=setting-v_min][data-state="fresh"]').waitFor();

  await page.fill("[data-testid=new-pin]", "4711");
  await page.fill("[data-testid=new-pin-again]", "4712");
  expect(await page.isDisabled("[data-testid=change-pin]")).toBe(true);
  await page.fill("[data-testid=new-pin-again]", "4711");
  await page.click("[data-testid=change-pin]");
  await give_pin(page, "1234");
  await page.locator('[data-testid=note-change_pin][data-value="saved"]').waitFor();

  // The old one is of no use any more, and the page has forgotten it.
  await page.click("[data-testid=clear-energy]");
  await give_pin(page, "1234");
  await page.locator("[data-testid=pin-problem]", { hasText: "The PIN is wrong." }).waitFor();
  await give_pin(page, "4711");
  await page.locator('[data-testid=note-clear_energy][data-value="saved"]').waitFor();

  await page.click("[data-testid=nav-events]");
  await page.locator('[data-testid=event][data-value="energy_cleared"]').waitFor();
  await page.locator('[data-testid=event][data-value="pin_changed"]').waitFor();
  await page.close();
});
