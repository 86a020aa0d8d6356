/**
 * Takes the pictures of the README from the real gateway with its twin, into docs/images/.
 * Usage: npm run build && npm run screenshots
 * SPDX-License-Identifier: Apache-2.0
 */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { start_gateway } from "./cellwarden";
import { launch_chromium } from "./chromium";

const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url));
/** The twin's day passes quickly until there is sun, so that the pictures show something. */
const speed = "600";
const daylight_ms_max = 180_000;

interface Shot {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "dark" | "light";
}

const shots: readonly Shot[] = [
  { name: "app_desktop_dark", viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  { name: "app_desktop_light", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  { name: "app_phone_dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];

/** Waits until the battery charges in the sun and every cell has been heard. */
async function wait_for_daylight(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const value = (testid: string) =>
        Number(document.querySelector<HTMLElement>(`[data-testid=${testid}]`)?.dataset["value"]);
      const warned = document.querySelector("[data-testid=alarm-banner]") !== null;
      const working = value("solar-power") > 150 && value("load-power") > 40;
      return working && value("pack-power") > 0 && value("cell-4-voltage") > 0 && !warned;
    },
    null,
    { timeout: daylight_ms_max, polling: 50 },
  );
}

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const { name, ...options } = shot;
  const page = await browser.newPage({ ...options, reducedMotion: "reduce" });
  await page.goto(url);
  await wait_for_daylight(page);
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.close();
  console.log(`docs/images/${name}.png`);
}

const gateway = await start_gateway(["--source", "twin", "--speed", speed]);
const browser = await launch_chromium();
try {
  for (const shot of shots) await take(browser, gateway.url, shot);
} finally {
  await browser.close();
  await gateway.stop();
}
