// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { start_emulator, start_gateway } from "../../app/dev/cellwarden";
import type { Gateway, Running } from "../../app/dev/cellwarden";
import { launch_chromium } from "../../app/dev/chromium";
import {
  deadline_ms,
  expect_nothing_live,
  open_page,
  wait_for_fresh_cell,
  wait_for_link,
} from "./open_page";

let browser: Browser;
let gateway: Gateway;
let emulator: Running;
const folder = mkdtempSync(join(tmpdir(), "cellwarden-browser-"));
const port = join(folder, "bms");

beforeAll(async () => {
  emulator = start_emulator(port);
  gateway = await start_gateway(["--source", `serial:${port}`]);
  browser = await launch_chromium();
});

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// proves APP-2
test("the page says that the source is gone, shows nothing as live, and recovers", async () => {
  const page = await open_page(browser, gateway.url);
  await wait_for_link(page, "online");
  await wait_for_fresh_cell(page);
  const voltage = page.locator("[data-testid=pack-voltage]");

  await emulator.stop();
  await wait_for_link(page, "down", "silent");
  await expect_nothing_live(page, /source is (gone|silent)/);
  expect(await voltage.getAttribute("data-state")).toBe("stale");
  expect(Number(await voltage.getAttribute("data-value"))).toBeGreaterThan(0);

  emulator = start_emulator(port);
  await wait_for_link(page, "online");
  await wait_for_fresh_cell(page);
  const banner = page.locator("[data-testid=not-live]");
  await banner.waitFor({ state: "detached", timeout: deadline_ms });
  expect(await voltage.getAttribute("data-state")).toBe("fresh");
  await page.close();
});
