// SPDX-License-Identifier: Apache-2.0
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { start_gateway } from "../../app/dev/cellwarden";
import type { Gateway } from "../../app/dev/cellwarden";
import { launch_chromium } from "../../app/dev/chromium";
import { expect_nothing_live, open_page, wait_for_fresh_cell, wait_for_link } from "./open_page";

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

// proves APP-2
test("the page says that it is disconnected when the gateway ends, and comes back", async () => {
  const page = await open_page(browser, gateway.url);
  await wait_for_fresh_cell(page);

  await gateway.stop();
  await wait_for_link(page, "disconnected");
  await expect_nothing_live(page, /Disconnected from the gateway\..*\d+ s old/s);

  gateway = await start_gateway(["--source", "twin"], gateway.port);
  await wait_for_link(page, "online");
  await wait_for_fresh_cell(page);
  expect(await page.locator("[data-testid=not-live]").count()).toBe(0);
  await page.close();
});
