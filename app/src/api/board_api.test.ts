// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { example_board } from "../testing/example_board";
import { BoardApi } from "./board_api";
import type { HttpAnswer } from "./board_api";

test("each request goes where docs/api.md says", async () => {
  const board = example_board();
  const api = new BoardApi(board.send);
  await api.settings("twin");
  await api.events("twin");
  await api.set("twin", "v_min", 2900, "1234");
  await api.login("twin", "1234");
  await api.clear_energy("twin", "1234");
  await api.change_pin("twin", "1234", "4711");
  expect(board.asked).toEqual([
    "GET settings",
    "GET events",
    "PUT settings/v_min",
    "POST login",
    "POST clear_energy",
    "PUT pin",
  ]);
  expect(board.pin).toBe("4711");
});

test("a pack's id cannot lead elsewhere", async () => {
  const paths: string[] = [];
  const api = new BoardApi((path) => {
    paths.push(path);
    return Promise.reject(new Error("nobody answers"));
  });
  await api.settings("../x");
  expect(paths).toEqual(["/api/v1/packs/..%2Fx/settings"]);
});

test("an answer is done, refused with its reason, or lost", async () => {
  const board = example_board();
  const api = new BoardApi(board.send);
  expect(await api.set("twin", "v_min", 2900, "1234")).toMatchObject({
    kind: "done",
    value: { name: "v_min", value: 2900 },
  });
  board.refusal = "V min 3.700 V refused: at most 3.550 V";
  expect(await api.set("twin", "v_min", 3700, "1234")).toMatchObject({
    kind: "refused",
    refusal: { code: "refused", message: board.refusal },
  });
  board.gone = true;
  expect(await api.set("twin", "v_min", 3700, "1234")).toEqual({ kind: "lost" });
});

test("an answer that cannot be read is lost, not done", async () => {
  const broken: HttpAnswer = {
    ok: true,
    status: 200,
    json: () => Promise.reject(new SyntaxError("no JSON")),
  };
  const api = new BoardApi(() => Promise.resolve(broken));
  expect(await api.settings("twin")).toEqual({ kind: "lost" });
  expect(await api.set("twin", "v_min", 2900, "1234")).toEqual({ kind: "lost" });
});
