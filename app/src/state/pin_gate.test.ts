// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { Answer } from "../api/board_api";
import { PinGate, remember_ms } from "./pin_gate";

const done: Answer<string> = { kind: "done", value: "ok" };

function refused(code: string, wait_s = 0): Answer<string> {
  return { kind: "refused", refusal: { code, message: "the PIN is wrong", wait_s } };
}

/** A gate whose board takes 1234, and what came of each request. */
function make_gate() {
  const time = { now_ms: 1000 };
  const gate = new PinGate(() => time.now_ms);
  const pins: string[] = [];
  const outcomes: Answer<string>[] = [];
  const board = { answer: done, wait_s: 0 };
  const ask = (what = "V min") =>
    gate.ask<string>({
      what,
      perform: (pin) => {
        pins.push(pin);
        const right = pin === "1234" && board.wait_s === 0;
        return Promise.resolve(right ? board.answer : refused("wrong_pin", board.wait_s));
      },
      done: (answer) => outcomes.push(answer),
    });
  return { time, gate, pins, outcomes, board, ask };
}

describe("the PIN", () => {
  // proves APP-4
  test("is asked for before anything is done, with what it is asked for", async () => {
    const { gate, pins, outcomes, ask } = make_gate();
    await ask("V min: 2.8 V → 2.9 V");
    expect(gate.question.value?.what).toBe("V min: 2.8 V → 2.9 V");
    expect(pins).toEqual([]);
    await gate.give("1234");
    expect(pins).toEqual(["1234"]);
    expect(outcomes).toEqual([done]);
    expect(gate.question.value).toBeNull();
  });

  // proves APP-4
  test("that is wrong changes nothing and is asked for again", async () => {
    const { gate, outcomes, ask } = make_gate();
    await ask();
    await gate.give("9999");
    expect(gate.question.value).toMatchObject({ problem: "The PIN is wrong.", busy: false });
    expect(outcomes).toEqual([]);
    await gate.give("1234");
    expect(outcomes).toEqual([done]);
  });

  test("that was wrong too often says until when to wait", async () => {
    const { gate, board, ask } = make_gate();
    board.wait_s = 20;
    await ask();
    await gate.give("1234");
    expect(gate.question.value).toMatchObject({
      problem: "The PIN was wrong too often.",
      wait_until_ms: 21_000,
    });
  });

  test("is remembered for some minutes after it was last right, then asked for anew", async () => {
    const { time, gate, pins, ask } = make_gate();
    await ask();
    await gate.give("1234");
    time.now_ms += remember_ms - 1;
    await ask();
    expect(gate.question.value).toBeNull();
    time.now_ms += remember_ms;
    await ask();
    expect(gate.question.value).not.toBeNull();
    expect(pins).toEqual(["1234", "1234"]);
  });

  test("is remembered also when the board refuses the value, for it was right", async () => {
    const { gate, board, outcomes, ask } = make_gate();
    board.answer = refused("refused");
    await ask();
    await gate.give("1234");
    expect(outcomes).toEqual([refused("refused")]);
    expect(gate.remembered_until_ms.value).toBeGreaterThan(0);
  });

  test("is not remembered when no answer came, nor after it became wrong", async () => {
    const { gate, board, ask } = make_gate();
    board.answer = { kind: "lost" };
    await ask();
    await gate.give("1234");
    expect(gate.remembered_until_ms.value).toBe(0);
    board.answer = done;
    await ask();
    await gate.give("1234");
    board.wait_s = 5;
    await ask();
    expect(gate.question.value?.problem).toBe("The PIN was wrong too often.");
    expect(gate.remembered_until_ms.value).toBe(0);
  });

  test("is not asked for any more once cancelled, and a double press asks once", async () => {
    const { gate, pins, outcomes, ask } = make_gate();
    await ask();
    gate.cancel();
    expect(gate.question.value).toBeNull();
    await gate.give("1234");
    expect(pins).toEqual([]);
    await ask();
    const both = [gate.give("1234"), gate.give("1234")];
    await Promise.all(both);
    expect(pins).toEqual(["1234"]);
    expect(outcomes).toHaveLength(1);
  });
});
