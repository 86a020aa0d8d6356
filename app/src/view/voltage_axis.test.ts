// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { read_pack } from "../api/read_pack";
import type { Pack } from "../api/types";
import { cell, example_pack, fresh, never, stale } from "../testing/example_pack";
import { axis_of, height_on, lines_on } from "./voltage_axis";

function read(document = example_pack()): Pack {
  const pack = read_pack(document);
  if (pack === null) throw new Error("the example is not readable");
  return pack;
}

// proves APP-2
test("the axis follows the cells with 50 mV to spare, so that a small spread is seen", () => {
  expect(axis_of(read(), "spread")).toEqual({ bottom_mv: 3260, top_mv: 3395 });
});

test("cells that are all equal still have an axis of 100 mV", () => {
  const pack = read(example_pack([cell(1, 3300), cell(2, 3300)]));
  expect(axis_of(pack, "spread")).toEqual({ bottom_mv: 3250, top_mv: 3350 });
});

test("the full axis reaches from V-min to V-max and to any cell beyond", () => {
  expect(axis_of(read(), "full")).toEqual({ bottom_mv: 2750, top_mv: 3650 });
  const pack = read(example_pack([cell(1, 2500), cell(2, 3900)]));
  expect(axis_of(pack, "full")).toEqual({ bottom_mv: 2450, top_mv: 3950 });
});

test("without any voltage or limit there is still an axis", () => {
  const bare = read({ id: "bare" });
  expect(axis_of(bare, "spread")).toEqual(axis_of(bare, "full"));
  expect(axis_of(bare, "spread").top_mv).toBeGreaterThan(axis_of(bare, "spread").bottom_mv);
});

test("a height is cut off at both ends of the axis", () => {
  const axis = { bottom_mv: 3200, top_mv: 3400 };
  expect([3100, 3200, 3300, 3400, 9000].map((voltage) => height_on(axis, voltage))).toEqual([
    0, 0, 0.5, 1, 1,
  ]);
});

test("lines are drawn for known limits on the axis and for the mean", () => {
  const kinds = (pack: Pack, kind: "full" | "spread") =>
    lines_on(axis_of(pack, kind), pack).map((line) => line.kind);
  expect(kinds(read(), "full")).toEqual(["v_max", "v_bypass", "v_min", "mean"]);
  expect(kinds(read(), "spread")).toEqual(["mean"]);
});

test("a limit that is not live has no line", () => {
  const document = example_pack();
  document.limits = { v_max_mv: stale(3600), v_min_mv: never, v_bypass_mv: fresh(3400) };
  const pack = read(document);
  const kinds = lines_on({ bottom_mv: 0, top_mv: 9000 }, pack).map((line) => line.kind);
  expect(kinds).toEqual(["v_bypass", "mean"]);
});
