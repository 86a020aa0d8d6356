// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { start_gateway } from "../../app/dev/cellwarden";
import type { Gateway } from "../../app/dev/cellwarden";
import { launch_chromium } from "../../app/dev/chromium";
import { deadline_ms, open_page } from "./open_page";

const folder = mkdtempSync(join(tmpdir(), "cellwarden-browser-"));
const options = ["--source", "twin", "--flash", join(folder, "flash")];
let browser: Browser;
let gateway: Gateway;

beforeAll(async () => {
  gateway = await start_gateway(options);
  browser = await launch_chromium();
});

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface ApiSetting {
  readonly name: string;
  readonly value: number;
}

/** What the board has, by the API. */
async function on_board(): Promise<Record<string, number>> {
  const answer = await fetch(`${gateway.url}/api/v1/packs/twin/settings`);
  const { settings } = (await answer.json()) as { settings: ApiSetting[] };
  return Object.fromEntries(settings.map(({ name, value }) => [name, value]));
}

function put(name: string, value: number, pin = "1234"): Promise<Response> {
  return fetch(`${gateway.url}/api/v1/packs/twin/settings/${name}`, {
    method: "PUT",
    body: JSON.stringify({ value, pin }),
  });
}

async function open_settings(): Promise<Page> {
  const page = await open_page(browser, `${gateway.url}/#settings`);
  page.setDefaultTimeout(deadline_ms);
  await shows(page, "v_min");
  return page;
}

/** Waits until the page shows a setting as live, with this value if one is given. */
function shows(page: Page, name: string, value?: number): Promise<void> {
  const wanted = value === undefined ? "" : `[data-value="${value}"]`;
  return page
    .locator(`[data-testid="setting-${name}"][data-state="fresh"]${wanted}`)
    .waitFor({ timeout: deadline_ms });
}

async function draft(page: Page, name: string, text: string): Promise<void> {
  await page.click(`[data-testid=open-${name}]`);
  await page.fill(`[data-testid=edit-${name}]`, text);
}

async function give_pin(page: Page, pin: string): Promise<void> {
  await page.fill("[data-testid=pin-input]", pin);
  await page.keyboard.press("Enter");
}

// proves APP-4, SET-2
test("every setting on the page equals the API, and V bypass is only shown", async () => {
  const page = await open_settings();
  const board = await on_board();
  expect(Object.keys(board).length).toBeGreaterThan(20);
  const shown = await page.$$eval("[data-testid^=open-]", (heads) =>
    heads.map((head) => {
      const name = head.getAttribute("data-testid")?.replace("open-", "") ?? "";
      const value = head.querySelector<HTMLElement>("[data-value]")?.dataset["value"];
      return [name, Number(value)] as const;
    }),
  );
  expect(Object.fromEntries(shown)).toEqual(board);
  await shows(page, "v_bypass", 3500);
  expect(await page.locator("[data-testid=open-v_bypass]").count()).toBe(0);
  await page.close();
});

// proves APP-4, SET-1
test("a setting is changed with the PIN, read back, and outlives the gateway", async () => {
  const page = await open_settings();
  await draft(page, "v_min", "2.9");
  await page.click("[data-testid=save-v_min]");
  await give_pin(page, "1234");
  await shows(page, "v_min", 2900);
  expect(await page.locator("[data-testid=note-v_min]").innerText()).toContain("reads back");
  expect((await on_board())["v_min"]).toBe(2900);

  await gateway.stop();
  await page.locator('[data-testid=setting-v_min][data-state="stale"]').waitFor();
  gateway = await start_gateway(options, gateway.port);
  await shows(page, "v_min", 2900);
  expect((await on_board())["v_min"]).toBe(2900);
  await page.close();
});

// proves APP-4, SET-3
test("an impossible setting is refused with the reason, and nothing changes", async () => {
  const page = await open_settings();
  const before = await on_board();
  await draft(page, "v_min", "3.7");
  await page.click("[data-testid=save-v_min]");
  await give_pin(page, "1234");
  const note = page.locator('[data-testid=note-v_min][data-value="refused"]');
  await note.waitFor();
  expect(await note.innerText()).toContain("at most 3.550 V while V max is 3.650 V");
  expect(await page.inputValue("[data-testid=edit-v_min]")).toBe("3.7");
  expect(await on_board()).toEqual(before);
  await page.close();
});

// proves APP-4
test("a draft is not lost while the gateway is away, nor by what another changes", async () => {
  const page = await open_settings();
  await draft(page, "t_max", "55");
  await gateway.stop();
  await page.locator('[data-testid=setting-t_max][data-state="stale"]').waitFor();
  expect(await page.isDisabled("[data-testid=save-t_max]")).toBe(true);
  gateway = await start_gateway(options, gateway.port);
  await shows(page, "t_max", 600);
  expect(await page.inputValue("[data-testid=edit-t_max]")).toBe("55");
  expect((await put("t_max", 590)).status).toBe(200);
  await shows(page, "t_max", 590);
  const meanwhile = await page.locator("[data-testid=meanwhile-t_max]").innerText();
  expect(meanwhile).toMatch(/60\.0\s°C to 59\.0/);
  await page.close();
});

// proves APP-4
test("who sets the solar peak power sees the picture of the sun follow", async () => {
  const page = await open_settings();
  expect((await put("solar_peak", 800)).status).toBe(200);
  await page.click("[data-testid=nav-overview]");
  await page.locator("text=peak 800 W").waitFor();
  await page.close();
});

// proves APP-4
test("prevent auto-lock holds the screen's lock, here and after a reload", async () => {
  const page = await open_settings();
  const screen = (state: string) =>
    page.locator(`[data-testid=awake][data-value="${state}"]`).waitFor();
  await screen("off");
  await page.click("[data-testid=awake]");
  await screen("on");
  await page.reload();
  await screen("on");
  await page.click("[data-testid=awake]");
  await screen("off");
  await page.close();
});

/** Gives a PIN and waits until the board has refused it and the dialog takes the next one. */
async function give_wrong_pin(page: Page, pin: string): Promise<void> {
  const answer = page.waitForResponse((response) => response.request().method() === "PUT");
  await give_pin(page, pin);
  expect((await answer).status()).toBe(403);
  await page.locator("[data-testid=pin-ok]", { hasText: "OK" }).waitFor();
}

// Last: it locks everybody out for a while.
// proves APP-4
test("a wrong PIN changes nothing, and too many make everybody wait", async () => {
  const page = await open_settings();
  const before = await on_board();
  await draft(page, "v_max", "3.6");
  await page.click("[data-testid=save-v_max]");
  const problem = page.locator("[data-testid=pin-problem]");
  await give_wrong_pin(page, "9999");
  await problem.filter({ hasText: "The PIN is wrong." }).waitFor();
  await give_wrong_pin(page, "9998");
  await give_wrong_pin(page, "9997");
  await problem.filter({ hasText: /No PIN is looked at for \d+ s/ }).waitFor();
  expect(await on_board()).toEqual(before);
  await page.keyboard.press("Escape");
  await page.locator("[data-testid=pin-dialog]").waitFor({ state: "detached" });
  expect(await page.inputValue("[data-testid=edit-v_max]")).toBe("3.6");
  await page.close();
});
