// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { read_pack } from "../api/read_pack";
import type { FlagReading, NumberReading, Pack, ReadingState } from "../api/types";
import { absent, example_pack, fresh, never, stale } from "../testing/example_pack";
import {
  charge_level,
  difference,
  direction_of,
  extreme_marker,
  fill_of,
  flow_speed,
  has_one_sensor,
  lamp_of,
  mean_millivolts,
  out_of_range_word,
  temperature_zone,
} from "./judge";

function number(value: number | null, state: ReadingState = "fresh"): NumberReading {
  return { value, age_ms: value === null ? null : 100, state };
}

function flag(value: boolean | null, state: ReadingState = "fresh"): FlagReading {
  return { value, age_ms: 100, state };
}

function read(document = example_pack()): Pack {
  const pack = read_pack(document);
  if (pack === null) throw new Error("the example is not readable");
  return pack;
}

function zones(pack: Pack): string[] {
  return pack.cells.map((cell) => temperature_zone(cell, pack));
}

describe("pictures", () => {
  // proves APP-1
  test("fill in proportion and stay between empty and full", () => {
    expect(fill_of(number(100), 400)).toBe(0.25);
    expect(fill_of(number(740), 1000)).toBe(0.74);
    expect(fill_of(number(900), 400)).toBe(1);
    expect(fill_of(number(-50), 400)).toBe(0);
  });

  test("are empty when the part or the whole is not known", () => {
    expect(fill_of(number(null, "missing"), 400)).toBeNull();
    expect(fill_of(number(100), null)).toBeNull();
    expect(fill_of(number(100), 0)).toBeNull();
  });

  test("show no flow for a stale or tiny power, and more for a larger one", () => {
    expect(flow_speed(number(400, "stale"), 400)).toBe(0);
    expect(flow_speed(number(19), 400)).toBe(0);
    expect([50, 150, 390, -390].map((power) => flow_speed(number(power), 400))).toEqual([
      1, 2, 3, 3,
    ]);
    expect(flow_speed(number(49), 5000)).toBe(0);
    expect(flow_speed(number(60), null)).toBe(1);
  });
});

describe("a warning lamp", () => {
  // proves APP-2
  test("is lit by an alarm, dark only by a fresh all-clear, and otherwise unknown", () => {
    expect(lamp_of(flag(true))).toBe("on");
    expect(lamp_of(flag(true, "suspect"))).toBe("on");
    expect(lamp_of(flag(true, "stale"))).toBe("was_on");
    expect(lamp_of(flag(false))).toBe("off");
    for (const state of ["stale", "suspect"] as const) {
      expect(lamp_of(flag(false, state))).toBe("unknown");
    }
    expect(lamp_of(flag(null, "missing"))).toBe("unknown");
  });
});

describe("the battery", () => {
  test("charges with a positive current, and only a fresh one tells", () => {
    expect(direction_of(number(125))).toBe("charging");
    expect(direction_of(number(-125))).toBe("discharging");
    expect(direction_of(number(0))).toBe("idle");
    expect(direction_of(number(125, "stale"))).toBe("unknown");
    expect(direction_of(number(125, "suspect"))).toBe("unknown");
  });

  test("is low from 20 % and critical from 10 %", () => {
    expect([201, 200, 101, 100, 0].map(charge_level)).toEqual([
      "good",
      "low",
      "low",
      "critical",
      "critical",
    ]);
  });

  test("has one sensor when either current is absent, not when it is merely missing", () => {
    expect(has_one_sensor(read())).toBe(false);
    expect(has_one_sensor(read({ ...example_pack(), current_out_ma: absent }))).toBe(true);
    expect(has_one_sensor(read({ ...example_pack(), current_in_ma: absent }))).toBe(true);
    expect(has_one_sensor(read({ ...example_pack(), current_in_ma: never }))).toBe(false);
  });
});

describe("a difference", () => {
  // proves APP-2
  test("is as old and as doubtful as the worse of its two parts", () => {
    expect(difference(number(3345), number(3310))).toEqual(number(35));
    expect(difference(number(3345, "stale"), number(3310)).state).toBe("stale");
    expect(difference(number(3345), number(3310, "suspect")).state).toBe("suspect");
    const old = { ...number(3310), age_ms: 9000 };
    expect(difference(number(3345), old).age_ms).toBe(9000);
  });

  test("is not known when one part is not", () => {
    expect(difference(number(3345), number(null, "missing"))).toEqual({
      value: null,
      age_ms: null,
      state: "missing",
    });
  });
});

describe("the cells", () => {
  test("have a mean over the fresh ones only", () => {
    const document = example_pack();
    document.cells[0].voltage_mv = stale(1000);
    expect(mean_millivolts(read(document).cells)).toBeCloseTo((3310 + 3325 + 3345) / 3);
    expect(mean_millivolts([])).toBeNull();
  });

  test("are marked lowest and highest only while their voltage is fresh", () => {
    const document = example_pack();
    const marks = (pack: Pack) => pack.cells.map((cell) => extreme_marker(cell, pack)).join("|");
    expect(marks(read(document))).toBe("|▼||▲");
    document.cells[1].voltage_mv = stale(3310);
    expect(marks(read(document))).toBe("|||▲");
  });

  test("out of range are too high or too low, as far as the limits are known", () => {
    const pack = read();
    const [cell] = pack.cells;
    if (cell === undefined) throw new Error("no cell");
    const with_voltage = (value: number) => ({ ...cell, voltage_mv: number(value) });
    expect(out_of_range_word(with_voltage(3601), pack)).toBe("too high");
    expect(out_of_range_word(with_voltage(2799), pack)).toBe("too low");
    const unlimited = read({ ...example_pack(), limits: null });
    expect(out_of_range_word(with_voltage(3601), unlimited)).toBe("out of range");
  });
});

describe("a cell's temperature", () => {
  // proves APP-2
  test("is green when every lamp is known to be off", () => {
    expect(zones(read())).toEqual(["safe", "safe", "safe", "safe"]);
  });

  // proves APP-2
  test("is red at the extreme cell of an alarm, and no other cell is called safe", () => {
    const document = example_pack();
    document.alarms.t_high = fresh(true);
    expect(zones(read(document))).toEqual(["unjudged", "unjudged", "out_of_range", "unjudged"]);
    document.alarms.t_high = fresh(false);
    document.alarms.t_low = fresh(true);
    expect(zones(read(document))[1]).toBe("out_of_range");
  });

  test("is not green while a lamp is unknown or a cell board is silent", () => {
    const document = example_pack();
    document.alarms.t_low = never;
    expect(zones(read(document))[0]).toBe("unjudged");
    document.alarms.t_low = fresh(false);
    document.alarms.communication = fresh(true);
    expect(zones(read(document))[0]).toBe("unjudged");
  });

  test("is yellow while the board balances and unknown when it is not fresh", () => {
    const document = example_pack();
    document.cells[0].zone = "balancing";
    document.cells[1].temperature_dc = stale(210);
    expect(zones(read(document)).slice(0, 2)).toEqual(["balancing", "unknown"]);
  });
});
