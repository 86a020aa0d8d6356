// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { BoardApi } from "../api/board_api";
import { example_board } from "../testing/example_board";
import { BoardDesk } from "./board_desk";

async function make_desk() {
  const time = { now_ms: 1000 };
  const board = example_board();
  const desk = new BoardDesk(new BoardApi(board.send), "twin", () => time.now_ms);
  await desk.read_settings();
  const type = (name: string, text: string) => {
    desk.open(name);
    desk.edit(name, { text, inherited: false });
  };
  /** Saves with the right PIN. */
  const save = async (name: string, pin = "1234") => {
    await desk.save(name);
    await desk.gate.give(pin);
  };
  const on_board = (name: string) => board.settings.find((entry) => entry.name === name).value;
  return { time, board, desk, type, save, on_board };
}

describe("a change", () => {
  // proves APP-4
  test("goes to the board after the PIN, and shown is what the board reads back", async () => {
    const { desk, type, save, on_board } = await make_desk();
    type("v_min", "2.9");
    expect(on_board("v_min")).toBe(2800);
    await save("v_min");
    expect(on_board("v_min")).toBe(2900);
    expect(desk.setting("v_min")?.value).toBe(2900);
    expect(desk.drafts.value.size).toBe(0);
    expect(desk.notes.value.get("v_min")).toEqual({
      kind: "saved",
      text: "Saved. The board reads back 2.900\u00a0V.",
    });
  });

  // proves APP-4
  test("that the board refuses keeps the draft and says the board's reason", async () => {
    const { board, desk, type, save, on_board } = await make_desk();
    board.refusal = "V min 3.700 V refused: at most 3.550 V while V max is 3.650 V";
    type("v_min", "3.7");
    await save("v_min");
    expect(on_board("v_min")).toBe(2800);
    expect(desk.setting("v_min")?.value).toBe(2800);
    expect(desk.drafts.value.get("v_min")?.text).toBe("3.7");
    expect(desk.notes.value.get("v_min")).toEqual({ kind: "refused", text: board.refusal });
  });

  test("that is outside the limits is not even asked", async () => {
    const { board, desk, type } = await make_desk();
    type("v_min", "7");
    await desk.save("v_min");
    expect(desk.gate.question.value).toBeNull();
    expect(desk.notes.value.get("v_min")?.text).toContain("At most");
    expect(board.asked).toEqual(["GET settings"]);
  });

  // proves APP-4
  test("whose answer is lost is not called saved, and the draft stays", async () => {
    const { board, desk, type, save } = await make_desk();
    type("v_min", "2.9");
    board.gone = true;
    await save("v_min");
    expect(desk.notes.value.get("v_min")?.kind).toBe("lost");
    expect(desk.drafts.value.get("v_min")?.text).toBe("2.9");
    await desk.read_settings();
    expect(desk.setting("v_min")?.value).toBe(2800);
  });

  test("of one setting leaves the drafts of others", async () => {
    const { desk, type, save } = await make_desk();
    type("v_min", "2.9");
    type("v_max", "3.6");
    expect(desk.unsaved()).toBe(2);
    await save("v_min");
    expect(desk.drafts.value.get("v_max")?.text).toBe("3.6");
    expect(desk.unsaved()).toBe(1);
  });
});

describe("a draft", () => {
  test("begins with what the board has, and counts only when it differs", async () => {
    const { desk } = await make_desk();
    desk.open("v_min");
    desk.open("nothing_of_that_name");
    expect(desk.drafts.value.get("v_min")).toMatchObject({ text: "2.800", base: 2800 });
    expect(desk.unsaved()).toBe(0);
    desk.close("v_min");
    expect(desk.drafts.value.size).toBe(0);
  });

  test("survives what another changes on the board, and knows where it began", async () => {
    const { board, desk, type } = await make_desk();
    type("v_min", "2.9");
    board.settings.find(({ name }) => name === "v_min").value = 2700;
    await desk.read_settings();
    expect(desk.setting("v_min")?.value).toBe(2700);
    expect(desk.drafts.value.get("v_min")).toMatchObject({ text: "2.9", base: 2800 });
  });

  test("'as the other one' is a value of its own", async () => {
    const { desk, save, on_board } = await make_desk();
    desk.open("t_discharge_min");
    desk.edit("t_discharge_min", { text: "-10.0", inherited: false });
    await save("t_discharge_min");
    expect(on_board("t_discharge_min")).toBe(-100);
    desk.open("t_discharge_min");
    desk.edit("t_discharge_min", { text: "-10.0", inherited: true });
    await desk.save("t_discharge_min");
    expect(on_board("t_discharge_min")).toBe(-1000);
  });
});

test("a reading that fails leaves the last one with its age", async () => {
  const { time, board, desk } = await make_desk();
  board.gone = true;
  time.now_ms = 60_000;
  await desk.read_settings();
  expect(desk.settings.value?.read_at_ms).toBe(1000);
  expect(desk.setting("v_min")?.value).toBe(2800);
});

test("a reading that was under way does not undo a newer change", async () => {
  const { time, desk, type, save, on_board } = await make_desk();
  const slow = desk.read_settings();
  time.now_ms += 1;
  type("v_min", "2.9");
  await save("v_min");
  await slow;
  expect(on_board("v_min")).toBe(2900);
  expect(desk.setting("v_min")?.value).toBe(2900);
});

// proves APP-4
test("the PIN is changed after the old one, and the new one is asked for after that", async () => {
  const { board, desk, type } = await make_desk();
  await desk.change_pin("4711");
  expect(desk.gate.question.value?.what).toBe("Change the PIN");
  await desk.gate.give("1234");
  expect(board.pin).toBe("4711");
  expect(desk.notes.value.get("change_pin")?.kind).toBe("saved");
  type("v_min", "2.9");
  await desk.save("v_min");
  expect(desk.gate.question.value).not.toBeNull();
});

// proves APP-4
test("the energy counters are cleared after the PIN, and a refusal is said", async () => {
  const { board, desk } = await make_desk();
  await desk.clear_energy();
  expect(board.asked).not.toContain("POST clear_energy");
  await desk.gate.give("1234");
  expect(board.asked).toContain("POST clear_energy");
  board.refusal = "the memory did not take it";
  await desk.clear_energy();
  expect(desk.gate.question.value).not.toBeNull();
  await desk.gate.give("1234");
  expect(desk.notes.value.get("clear_energy")).toEqual({ kind: "refused", text: board.refusal });
});

test("a board that is locked is given the PIN", async () => {
  const { board, desk } = await make_desk();
  await desk.login();
  await desk.gate.give("1234");
  expect(board.asked.at(-1)).toBe("POST login");
  expect(desk.notes.value.get("login")?.text).toBe("Logged in.");
});
