/**
 * Photographs every scenario of the fake gateway, in both sizes and themes, to look at by eye.
 * Usage: npm run build && npm run look -- FOLDER [SCENARIO...]
 * SPDX-License-Identifier: Apache-2.0
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launch_chromium } from "./chromium";
import { start_fake_gateway } from "./fake_gateway";
import { scenarios } from "./scenarios";

const sizes = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

/** Parts of the App that are photographed too, by scenario. */
const parts: Readonly<Record<string, readonly string[]>> = {
  good: ["settings", "events"],
  locked: ["settings"],
  one_sensor: ["settings"],
};

async function photograph(browser: Browser, url: string, name: string, folder: string) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["dark", "light"] as const) {
      const page = await browser.newPage({ viewport, colorScheme });
      await page.goto(url);
      await page.locator("[data-testid=link-state]:not([data-value=connecting])").waitFor();
      await page.waitForTimeout(1000);
      const path = join(folder, `${name}_${size}_${colorScheme}.png`);
      await page.screenshot({ path, fullPage: size === "phone" });
      await page.close();
    }
  }
}

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: npm run look -- FOLDER [SCENARIO...]");
mkdirSync(folder, { recursive: true });
const browser = await launch_chromium();
for (const [name, scenario] of Object.entries(scenarios)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const gateway = await start_fake_gateway(scenario);
  await photograph(browser, gateway.url, name, folder);
  for (const part of parts[name] ?? []) {
    await photograph(browser, `${gateway.url}/#${part}`, `${name}_${part}`, folder);
  }
  await gateway.close();
}
await browser.close();
