// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { start_gateway } from "../../app/dev/cellwarden";
import { launch_chromium } from "../../app/dev/chromium";
import { start_fake_gateway } from "../../app/dev/fake_gateway";
import { scenarios } from "../../app/dev/scenarios";
import { open_page, wait_for_fresh_cell } from "./open_page";

const axe_path = fileURLToPath(
  new URL("../../app/node_modules/axe-core/axe.min.js", import.meta.url),
);
const axe_source = readFileSync(axe_path, "utf8");

let browser: Browser;

beforeAll(async () => {
  browser = await launch_chromium();
});

afterAll(async () => {
  await browser?.close();
});

/** What axe finds wrong, one line for each place. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe_source);
  const results = await page.evaluate(
    () =>
      (
        window as unknown as { axe: { run(): Promise<AxeResults> } }
      ).axe.run() as Promise<AxeResults>,
  );
  expect(results.passes.length).toBeGreaterThan(10);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
  );
}

/** Checks one page in both themes; it follows the device's theme while it is open. */
async function expect_no_violation(page: Page): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    expect(await violations(page)).toEqual([]);
  }
}

test("axe finds nothing wrong with the page of the real gateway in either theme", async () => {
  const gateway = await start_gateway(["--source", "twin"]);
  try {
    const page = await open_page(browser, gateway.url);
    await wait_for_fresh_cell(page);
    await expect_no_violation(page);
    await page.close();
  } finally {
    await gateway.stop();
  }
});

// proves APP-4
test("axe finds nothing wrong with settings, editors, the PIN dialog or events", async () => {
  const gateway = await start_gateway(["--source", "twin"]);
  try {
    const page = await open_page(browser, `${gateway.url}/#settings`);
    await page.click("[data-testid=open-v_min]");
    await page.click("[data-testid=open-t_discharge_min]");
    await page.click("[data-testid=open-relay1_function]");
    await page.click("[data-testid=open-capacity]");
    await page.fill("[data-testid=cell-ampere-hours]", "200");
    await page.fill("[data-testid=edit-v_min]", "9");
    await expect_no_violation(page);
    await page.fill("[data-testid=edit-v_min]", "2.9");
    await page.click("[data-testid=save-v_min]");
    await page.locator("[data-testid=pin-dialog]").waitFor();
    await expect_no_violation(page);
    await page.keyboard.press("Escape");
    await page.click("[data-testid=nav-events]");
    await page.locator("[data-testid=event]").first().waitFor();
    await expect_no_violation(page);
    await page.close();
  } finally {
    await gateway.stop();
  }
});

test("a setting can be changed with the keyboard alone", async () => {
  const gateway = await start_gateway(["--source", "twin"]);
  try {
    const page = await open_page(browser, `${gateway.url}/#settings`);
    await page.locator("[data-testid=open-v_min]").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab"); // one step down
    await page.keyboard.press("Tab");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Enter");
    await page.locator("[data-testid=pin-dialog]").waitFor();
    await page.keyboard.type("1234");
    await page.keyboard.press("Enter");
    await page.locator('[data-testid=setting-v_min][data-value="2850"]').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-testid"));
    expect(await focused()).toBe("open-v_min");
    await page.close();
  } finally {
    await gateway.stop();
  }
});

test("axe finds nothing wrong with alarms, stale values, many packs or none", async () => {
  const rare = ["alarm", "silent", "broken_wire", "sixteen", "one_sensor", "several", "empty"];
  for (const name of rare) {
    const gateway = await start_fake_gateway(scenarios[name] ?? (() => []));
    try {
      const page = await open_page(browser, gateway.url);
      await page.locator('[data-testid=link-state]:not([data-value="connecting"])').waitFor();
      await expect_no_violation(page);
      await page.close();
    } finally {
      await gateway.close();
    }
  }
});

test("the theme can be changed with the keyboard and stays after a reload", async () => {
  const gateway = await start_fake_gateway(scenarios["good"] ?? (() => []));
  try {
    const page = await open_page(browser, gateway.url, { colorScheme: "light" });
    const theme = () => page.locator("html").getAttribute("data-theme");
    await page.locator("[data-testid=theme]").focus();
    await page.keyboard.press("Enter");
    expect(await theme()).toBe("dark");
    await page.reload();
    await page.locator("[data-testid=theme]").waitFor();
    expect(await theme()).toBe("dark");
    await page.close();
  } finally {
    await gateway.close();
  }
});
