// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { read_pack } from "../api/read_pack";
import type { Pack } from "../api/types";
import type { Connection } from "../live/live_socket";
import { absent, example_pack, many_cells, never } from "../testing/example_pack";
import { late_after_ms, liveness_of, seen_pack } from "./seen_pack";

const open: Connection = { state: "open" };
const lost: Connection = { state: "lost", ever_open: true, next_try_at_ms: 0 };

function read(document = example_pack()): Pack {
  const pack = read_pack(document);
  if (pack === null) throw new Error("the example is not readable");
  return pack;
}

describe("whether a pack is live", () => {
  const received = { pack: read(), received_at_ms: 1000 };

  test("depends first on the connection, then on time, then on the source", () => {
    expect(liveness_of(open, received, 1500)).toBe("online");
    expect(liveness_of(lost, received, 1500)).toBe("disconnected");
    expect(liveness_of({ state: "connecting" }, received, 1500)).toBe("connecting");
    expect(liveness_of(open, received, 1000 + late_after_ms + 1)).toBe("late");
  });

  test.each(["silent", "down", "ended", "unknown"])("a source that is %s is not live", (state) => {
    const document = example_pack();
    document.link.state = state;
    expect(liveness_of(open, { pack: read(document), received_at_ms: 0 }, 0)).toBe(state);
  });
});

describe("a pack that is not live", () => {
  // proves APP-2
  test("has no fresh value, no coloured cell and no known lamp anywhere in it", () => {
    const seen = seen_pack(read(example_pack(many_cells(255))), 5000, false);
    expect(JSON.stringify(seen)).not.toContain('"fresh"');
    expect(new Set(seen.cells.map((cell) => cell.zone))).toEqual(new Set(["unknown"]));
    expect(seen.alarms.v_low.state).toBe("stale");
  });

  test("keeps the last known values and tells their age", () => {
    const seen = seen_pack(read(), 5000, false);
    expect(seen.pack_voltage_mv).toEqual({ value: 13_295, age_ms: 5200, state: "stale" });
    expect(seen.link.age_ms).toBe(5200);
  });

  test("keeps missing and absent values apart from stale ones", () => {
    const document = { ...example_pack(), current_out_ma: absent, stored_wh: never };
    const seen = seen_pack(read(document), 5000, false);
    expect(seen.current_out_ma.state).toBe("absent");
    expect(seen.stored_wh.state).toBe("missing");
  });
});

describe("a live pack", () => {
  test("keeps its values fresh while they age", () => {
    const seen = seen_pack(read(), 700, true);
    expect(seen.soc_permille).toEqual({ value: 740, age_ms: 900, state: "fresh" });
    expect(seen.cells[0]?.zone).toBe("safe");
  });

  test("is not made younger by a clock that runs backwards", () => {
    expect(seen_pack(read(), -5000, true).soc_permille.age_ms).toBe(200);
  });
});
