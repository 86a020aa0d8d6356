/**
 * Takes the pictures of the README from the real gateway with its twin, into docs/images/.
 * Usage: npm run build && npm run screenshots
 * SPDX-License-Identifier: Apache-2.0
 */
import { spawnSync } from "node:child_process";
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
  /** Brings the page to what is to be seen. */
  readonly prepare: (page: Page, url: string) => Promise<void>;
}

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

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

/** V min about to be changed. */
async function draft_a_setting(page: Page): Promise<void> {
  await page.click("[data-testid=nav-settings]");
  await page.locator('[data-testid=setting-v_bypass][data-value="3500"]').waitFor();
  await page.click("[data-testid=open-v_min]");
  await page.fill("[data-testid=edit-v_min]", "2.900");
}

async function draft_in_sight(page: Page): Promise<void> {
  await draft_a_setting(page);
  await page.locator("#group-voltages").evaluate((heading) => {
    window.scrollTo({ top: heading.getBoundingClientRect().top + window.scrollY - 24 });
  });
}

async function cut_a_wire(page: Page, url: string): Promise<void> {
  const wire = `${url}/api/v1/packs/twin/twin/wires/2`;
  await fetch(wire, { method: "PUT", body: JSON.stringify({ cut: true }) });
  await page.locator("[data-testid=broken-wire]").waitFor();
  await page.locator("[data-testid=not-live]").waitFor();
}

const at_once = () => Promise.resolve();
const shots: readonly Shot[] = [
  { name: "app_desktop_dark", viewport: desktop, colorScheme: "dark", prepare: at_once },
  { name: "app_desktop_light", viewport: desktop, colorScheme: "light", prepare: at_once },
  { name: "app_phone_dark", viewport: phone, colorScheme: "dark", prepare: at_once },
  { name: "app_settings", viewport: desktop, colorScheme: "light", prepare: draft_a_setting },
  { name: "app_settings_phone", viewport: phone, colorScheme: "dark", prepare: draft_in_sight },
  // The last one: nobody mends the wire.
  {
    name: "app_broken_wire",
    viewport: { width: 1280, height: 940 },
    colorScheme: "dark",
    prepare: cut_a_wire,
  },
];

/** Fewer colours, a third of the bytes; where pngquant (Debian) is not there the picture stays. */
function reduce(path: string): void {
  const options = ["--force", "--strip", "--speed", "1", "--output", path];
  const { error } = spawnSync("pngquant", [...options, "192", path]);
  if (error !== undefined) console.log("  not reduced: apt-get install pngquant");
}

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const { name, prepare, ...options } = shot;
  const page = await browser.newPage({ ...options, reducedMotion: "reduce" });
  await page.goto(url);
  await wait_for_daylight(page);
  await prepare(page, url);
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.close();
  console.log(`docs/images/${name}.png`);
  reduce(`${folder}${name}.png`);
}

const gateway = await start_gateway(["--source", "twin", "--speed", speed]);
const browser = await launch_chromium();
try {
  for (const shot of shots) await take(browser, gateway.url, shot);
} finally {
  await browser.close();
  await gateway.stop();
}
