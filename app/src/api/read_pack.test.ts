// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import {
  absent,
  example_pack,
  fresh,
  many_cells,
  message,
  snapshot,
  stale,
} from "../testing/example_pack";
import { read_live_message, read_pack } from "./read_pack";
import { read_flag, read_number, read_text } from "./read_reading";

const missing = { value: null, age_ms: null, state: "missing" };

describe("a value object", () => {
  test("is read with its value, age and state", () => {
    expect(read_number(fresh(13_245, 210))).toEqual({ value: 13_245, age_ms: 210, state: "fresh" });
    expect(read_flag(stale(true, 900))).toEqual({ value: true, age_ms: 900, state: "stale" });
    expect(read_text(fresh("3.3.11", 5))).toEqual({ value: "3.3.11", age_ms: 5, state: "fresh" });
  });

  test("of a sensor that is not there is absent, not missing", () => {
    expect(read_number(absent)).toEqual({ value: null, age_ms: null, state: "absent" });
  });

  test("has no value when it is absent or missing, whatever else it says", () => {
    expect(read_number({ value: 5, age_ms: 1, state: "absent" }).value).toBeNull();
    expect(read_number({ value: 5, age_ms: 1, state: "missing" }).value).toBeNull();
  });

  test.each([undefined, null, 13_245, "13245", [], [fresh(1)], {}, { state: "fresh" }])(
    "that is %j is missing",
    (json) => {
      expect(read_number(json)).toEqual(missing);
    },
  );

  test.each([null, "13245", true, {}, [1], Number.NaN, Number.POSITIVE_INFINITY])(
    "with %j in place of a number is missing",
    (value) => {
      expect(read_number(fresh(value))).toEqual(missing);
    },
  );

  test.each([0, 1, "true", null])("with %j in place of yes or no is missing", (value) => {
    expect(read_flag(fresh(value))).toEqual(missing);
  });

  test("in a state that this App does not know is doubtful, never fresh", () => {
    expect(read_number({ value: 1, age_ms: 1, state: "excellent" }).state).toBe("suspect");
    expect(read_number({ value: 1, age_ms: 1 }).state).toBe("suspect");
  });

  test.each([null, undefined, -1, "7", Number.NaN])(
    "fresh with the age %j is doubtful",
    (age_ms) => {
      expect(read_number({ value: 1, age_ms, state: "fresh" }).state).toBe("suspect");
    },
  );
});

describe("a pack document", () => {
  // proves APP-1
  test("keeps every integer of the dashboard exactly as the API sends it", () => {
    const pack = read_pack(example_pack());
    expect(pack?.pack_voltage_mv.value).toBe(13_295);
    expect(pack?.soc_permille.value).toBe(740);
    expect(pack?.current_ma.value).toBe(13_875);
    expect(pack?.collected_total_wh.value).toBe(412_000);
  });

  test.each([null, undefined, [], "twin", 7, {}, { id: "" }, { id: 7 }])(
    "that is %j is refused",
    (json) => {
      expect(read_pack(json)).toBeNull();
    },
  );

  test("with nothing but an id has only missing values and no cells", () => {
    const pack = read_pack({ id: "bare" });
    expect(pack?.name).toBe("bare");
    expect(pack?.link.state).toBe("unknown");
    expect(pack?.pack_voltage_mv).toEqual(missing);
    expect(pack?.alarms.communication).toEqual(missing);
    expect(pack?.lowest_cell).toEqual({ number: null, voltage_mv: missing });
    expect(pack?.peaks).toEqual({ solar_w: null, inverter_w: null });
    expect(pack?.cells).toEqual([]);
  });

  test.each(Object.keys(example_pack()).filter((key) => key !== "id"))(
    "without %s, or with null in its place, is still read",
    (key) => {
      const { [key]: _gone, ...rest } = example_pack();
      expect(read_pack(rest)?.id).toBe("twin");
      expect(read_pack({ ...rest, [key]: null })?.id).toBe("twin");
      expect(read_pack({ ...rest, [key]: "nonsense" })?.id).toBe("twin");
      expect(read_pack({ ...rest, [key]: [[]] })?.id).toBe("twin");
    },
  );

  test("with unknown keys is read as if they were not there", () => {
    const plain = example_pack();
    const newer = { ...plain, flux: fresh(1), alarms: { ...plain.alarms, flood: fresh(true) } };
    expect(read_pack(newer)).toEqual(read_pack(plain));
  });

  test("with a link state that this App does not know is not online", () => {
    const pack = example_pack();
    pack.link.state = "wonderful";
    expect(read_pack(pack)?.link.state).toBe("unknown");
  });
});

describe("the cells of a pack", () => {
  // proves APP-2
  test("are all read when there are 255", () => {
    const pack = read_pack(example_pack(many_cells(255)));
    expect(pack?.cells).toHaveLength(255);
    expect(pack?.cells[254]?.number).toBe(255);
  });

  test.each([0, -1, 256, 1.5, "1", null, undefined])(
    "with the number %j are left out",
    (number) => {
      const pack = example_pack();
      pack.cells[1].number = number;
      expect(read_pack(pack)?.cells.map((cell) => cell.number)).toEqual([1, 3, 4]);
    },
  );

  test("are in the order of the chain and each is there once", () => {
    const pack = example_pack();
    const twice = { ...pack.cells[0], voltage_mv: fresh(9999) };
    pack.cells = [pack.cells[2], pack.cells[0], twice, null, 5];
    const cells = read_pack(pack)?.cells.map((cell) => [cell.number, cell.voltage_mv.value]);
    expect(cells).toEqual([
      [1, 3315],
      [3, 3325],
    ]);
  });

  // proves APP-2
  test("have no colour without a fresh voltage, whatever the document says", () => {
    const pack = example_pack();
    pack.cells[0].voltage_mv = stale(3315);
    pack.cells[1].voltage_mv = null;
    pack.cells[2].zone = "splendid";
    const zones = read_pack(pack)?.cells.map((cell) => cell.zone);
    expect(zones).toEqual(["unknown", "unknown", "unknown", "safe"]);
  });
});

describe("a live message", () => {
  test("is a snapshot of all packs or one pack", () => {
    expect(read_live_message(snapshot(example_pack()))?.packs).toHaveLength(1);
    const one = read_live_message(message({ type: "pack", pack: example_pack() }));
    expect(one).toMatchObject({ type: "pack", unreadable: 0 });
  });

  test.each([
    "",
    "{",
    "null",
    "[]",
    "7",
    '{"type":"news"}',
    '{"type":"snapshot"}',
    new ArrayBuffer(8),
  ])("that is %j is refused", (data) => {
    expect(read_live_message(data)).toBeNull();
  });

  test("counts the packs that cannot be read and keeps the others", () => {
    const read = read_live_message(snapshot(example_pack(), { id: "" }, null));
    expect(read?.packs).toHaveLength(1);
    expect(read?.unreadable).toBe(2);
  });
});
