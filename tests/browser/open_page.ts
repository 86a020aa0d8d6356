/**
 * What every browser test does: open the page, read values from it, wait for a state of the link.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

/** The longest that anything may take on a busy machine with two cores. */
export const deadline_ms = 40_000;

/** Opens the page of a gateway. */
export async function open_page(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  await page.goto(url);
  return page;
}

/** Waits until the chip in the header has one of these states; gives the one it has. */
export async function wait_for_link(page: Page, ...states: string[]): Promise<string> {
  const wanted = states.map((state) => `[data-testid=link-state][data-value=${state}]`).join(", ");
  const chip = page.locator(wanted);
  await chip.waitFor({ timeout: deadline_ms });
  return (await chip.getAttribute("data-value")) ?? "";
}

/** How many values the page shows as live. */
export function fresh_values(page: Page): Promise<number> {
  return page.locator('[data-state="fresh"]').count();
}

/** Waits until at least one cell's voltage is live. */
export async function wait_for_fresh_cell(page: Page): Promise<void> {
  await page
    .locator('[data-testid="cell-1-voltage"][data-state="fresh"]')
    .waitFor({ timeout: deadline_ms });
}

/** The page must not show anything as live, and must say so in words. */
export async function expect_nothing_live(page: Page, sentence: RegExp): Promise<void> {
  expect(await page.locator("[data-testid=not-live]").innerText()).toMatch(sentence);
  expect(await fresh_values(page)).toBe(0);
  expect(await page.locator(".fill:not(.fill-stale)").count()).toBe(0);
  expect(await page.locator('[data-zone="safe"], [data-lamp="off"]').count()).toBe(0);
}
