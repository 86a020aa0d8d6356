// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { take_message } from "../state/store";
import { example_board, setting } from "../testing/example_board";
import type { ExampleBoard } from "../testing/example_board";
import { example_pack, message } from "../testing/example_pack";
import { draw_page_with, lose_connection } from "../testing/page";
import type { TestPage } from "../testing/page";

const ready = { state: "ready", text: "logged in" };

function pack_with(app_link: object) {
  return { ...example_pack(), app_link };
}

async function read(page: TestPage): Promise<void> {
  await page.reader.tick();
  await page.settle();
}

async function open_settings(board: ExampleBoard = example_board(), app_link: object = ready) {
  const page = draw_page_with(board.send, pack_with(app_link));
  page.store.view.value = "settings";
  await read(page);
  return page;
}

async function press(page: TestPage, testid: string): Promise<void> {
  page.get(testid).click();
  await page.settle();
}

async function type(page: TestPage, testid: string, text: string): Promise<void> {
  const field = page.get(testid) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await page.settle();
}

async function give_pin(page: TestPage, pin: string): Promise<void> {
  await type(page, "pin-input", pin);
  await press(page, "pin-ok");
  await page.settle();
}

describe("the settings", () => {
  // proves APP-4
  test("are shown as the board has them, each with its limits and default", async () => {
    const board = example_board();
    const page = await open_settings(board);
    for (const { name, value } of board.settings) {
      expect(page.get(`setting-${name}`).dataset["value"]).toBe(String(value));
      expect(page.get(`setting-${name}`).dataset["state"]).toBe("fresh");
    }
    expect(page.text("setting-v_min")).toBe("2.800 V");
    expect(page.text("setting-solar_peak")).toBe("0.40 kW");
    expect(page.text("setting-t_discharge_min")).toBe("as T min");
    expect(page.root.querySelector("#limits-v_min")?.textContent).toMatch(
      /2\.000 to 5\.000\sV · step 0\.005\sV · default 2\.800\sV/,
    );
  });

  // proves SET-2
  test("show V bypass with the words that the switches set it, and no way to set it", async () => {
    const page = await open_settings();
    expect(page.text("setting-v_bypass")).toBe("3.500 V");
    expect(page.text("v-bypass-words")).toContain("switches 2, 6 and 7");
    expect(page.find("open-v_bypass")).toBeNull();
  });

  // proves APP-4
  test("have a row for a setting that only the board knows", async () => {
    const board = example_board();
    board.settings.push(setting("flux_limit", "gauss", 7, { title: "Flux limit" }));
    const page = await open_settings(board);
    expect(page.text("setting-flux_limit")).toBe("7 gauss");
    expect(page.root.querySelector("#group-others")?.textContent).toBe("Others");
    await press(page, "open-flux_limit");
    expect((page.get("edit-flux_limit") as HTMLInputElement).value).toBe("7");
  });

  test("that another has changed show up", async () => {
    const board = example_board();
    const page = await open_settings(board);
    await press(page, "open-v_min");
    board.settings.find(({ name }) => name === "v_min").value = 2700;
    await page.reader.desk("twin").read_settings();
    await page.settle();
    expect(page.text("setting-v_min")).toBe("2.700 V");
    expect(page.text("meanwhile-v_min")).toContain("from 2.800 V to 2.700 V");
  });

  test("that this page cannot read are counted, not hidden", async () => {
    const board = example_board();
    board.settings.push({ name: "half" });
    expect((await open_settings(board)).text("unreadable-settings")).toContain("1 setting of");
  });
});

describe("a change", () => {
  // proves APP-4
  test("is typed, asked the PIN for, saved and read back", async () => {
    const board = example_board();
    const page = await open_settings(board);
    await press(page, "open-v_min");
    await type(page, "edit-v_min", "2.9");
    expect(page.text("nav-settings")).toContain("1 not saved");
    await press(page, "save-v_min");
    expect(page.text("pin-what")).toBe("V min: 2.800 V → 2.900 V");
    await give_pin(page, "1234");
    expect(page.find("pin-dialog")).toBeNull();
    expect(page.text("setting-v_min")).toBe("2.900 V");
    expect(page.text("note-v_min")).toContain("The board reads back 2.900 V");
    expect(board.settings.find(({ name }) => name === "v_min").value).toBe(2900);
    expect(page.text("pin-memory")).toContain("5 min");
  });

  // proves APP-4
  test("outside the limits is said next to the field and cannot be saved", async () => {
    const page = await open_settings();
    await press(page, "open-v_min");
    await type(page, "edit-v_min", "7");
    expect(page.text("problem-v_min")).toBe("At most 5.000 V.");
    expect(page.get("edit-v_min").getAttribute("aria-invalid")).toBe("true");
    expect((page.get("save-v_min") as HTMLButtonElement).disabled).toBe(true);
  });

  // proves APP-4
  test("that the board refuses says why next to the field and keeps the draft", async () => {
    const board = example_board();
    board.refusal = "V min 3.700 V refused: at most 3.550 V while V max is 3.650 V";
    const page = await open_settings(board);
    await press(page, "open-v_min");
    await type(page, "edit-v_min", "3.7");
    await press(page, "save-v_min");
    await give_pin(page, "1234");
    expect(page.text("note-v_min")).toContain("at most 3.550 V while V max is 3.650 V");
    expect((page.get("edit-v_min") as HTMLInputElement).value).toBe("3.7");
    expect(page.text("setting-v_min")).toBe("2.800 V");
  });

  test("with a wrong PIN says so and how long to wait", async () => {
    const board = example_board();
    const page = await open_settings(board);
    await press(page, "open-v_min");
    await type(page, "edit-v_min", "2.9");
    await press(page, "save-v_min");
    await give_pin(page, "9999");
    expect(page.text("pin-problem")).toBe("The PIN is wrong.");
    board.wait_s = 20;
    await give_pin(page, "9998");
    expect(page.text("pin-problem")).toContain("No PIN is looked at for 20 s.");
    page.store.now_ms.value += 19_500;
    await page.settle();
    expect(page.text("pin-problem")).toContain("for 1 s.");
    await press(page, "pin-cancel");
    expect(page.get("setting-v_min").dataset["value"]).toBe("2800");
    expect((page.get("edit-v_min") as HTMLInputElement).value).toBe("2.9");
  });

  test("can be made with the keyboard, step by step", async () => {
    const page = await open_settings();
    await press(page, "open-v_min");
    const press_key = async (key: string) => {
      page.get("edit-v_min").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      await page.settle();
    };
    await press_key("ArrowUp");
    await press_key("PageUp");
    await press_key("ArrowDown");
    expect((page.get("edit-v_min") as HTMLInputElement).value).toBe("2.850");
  });

  // proves APP-4
  test("of the capacity comes with the manual's advice worked out", async () => {
    const page = await open_settings();
    await press(page, "open-capacity");
    await type(page, "cell-ampere-hours", "200");
    expect(page.text("capacity-advice")).toBe("2560 Wh rated × 75 % = 1920 Wh");
    await press(page, "use-advice");
    expect((page.get("edit-capacity") as HTMLInputElement).value).toBe("1.9");
  });
});

describe("a board that cannot be asked", () => {
  test.each([
    ["none", "only sends data"],
    ["connecting", "goes on trying"],
    ["locked", "does not accept the PIN"],
    ["strange", "does not know"],
  ])("is said to be %s, in words", async (state, words) => {
    const page = await open_settings(example_board(), { state, text: "because" });
    expect(page.text("app-link")).toContain(words);
    expect(page.find("setting-v_min")).toBeNull();
  });

  test("because it is locked takes a PIN", async () => {
    const board = example_board();
    const page = await open_settings(board, { state: "locked", text: "" });
    await press(page, "login");
    await give_pin(page, "1234");
    expect(board.asked).toEqual(["POST login"]);
    take_message(page.store, message({ type: "pack", pack: pack_with(ready) }), 1000);
    await read(page);
    expect(page.find("app-link")).toBeNull();
    expect(page.text("setting-v_min")).toBe("2.800 V");
  });

  // proves APP-4
  test("any more shows nothing as live, and loses no draft", async () => {
    const board = example_board();
    const page = await open_settings(board);
    await press(page, "open-v_min");
    await type(page, "edit-v_min", "2.9");
    await lose_connection(page);
    expect(page.root.querySelectorAll('[data-state="fresh"]')).toHaveLength(0);
    expect((page.get("save-v_min") as HTMLButtonElement).disabled).toBe(true);
    expect((page.get("edit-v_min") as HTMLInputElement).value).toBe("2.9");
    page.store.connection.value = { state: "open" };
    take_message(page.store, message({ type: "pack", pack: pack_with(ready) }), 4000);
    page.store.now_ms.value = 4000;
    await read(page);
    expect((page.get("edit-v_min") as HTMLInputElement).value).toBe("2.9");
    expect((page.get("save-v_min") as HTMLButtonElement).disabled).toBe(false);
    expect(page.get("setting-v_min").dataset["state"]).toBe("fresh");
  });
});
