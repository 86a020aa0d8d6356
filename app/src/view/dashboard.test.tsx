// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { absent, example_pack, fresh, never, stale } from "../testing/example_pack";
import { draw_page, lose_connection } from "../testing/page";

const raw_values: readonly (readonly [string, number])[] = [
  ["solar-current", 21_500],
  ["solar-power", 286],
  ["solar-today", 1240],
  ["solar-total", 412_000],
  ["soc", 740],
  ["pack-current", 13_875],
  ["stored", 1421],
  ["pack-power", 185],
  ["pack-voltage", 13_295],
  ["load-current", 7625],
  ["load-power", 101],
  ["load-today", 655],
  ["load-total", 388_000],
];

describe("the dashboard", () => {
  // proves APP-1
  test("shows each of the manual's figures with the API's own integer beside it", () => {
    const page = draw_page(example_pack());
    for (const [testid, value] of raw_values) {
      const shown = page.get(testid);
      expect(shown.dataset["value"], testid).toBe(String(value));
      expect(shown.dataset["state"], testid).toBe("fresh");
      expect(shown.textContent, testid).toMatch(/\d/);
    }
  });

  // proves APP-1
  test("fills the pictures in proportion to peak power and state of charge", () => {
    const page = draw_page(example_pack());
    expect(page.get("solar-picture").dataset["fill"]).toBe("0.715");
    expect(page.get("battery-picture").dataset["fill"]).toBe("0.740");
    expect(page.get("load-picture").dataset["fill"]).toBe("0.168");
    const level = page.get("battery-picture").querySelector<SVGElement>(".fill");
    expect(level?.style.transform).toBe("scaleY(0.740)");
  });

  // proves APP-1
  test("fills no picture beyond its brim and leaves an unknown one empty", () => {
    const document = { ...example_pack(), power_in_w: fresh(9000), soc_permille: never };
    const page = draw_page(document);
    expect(page.get("solar-picture").dataset["fill"]).toBe("1.000");
    expect(page.get("battery-picture").dataset["fill"]).toBe("unknown");
    expect(page.get("battery-picture").querySelector(".fill")).toBeNull();
  });

  test("lights as many rays of the sun as its share of the peak, none when it is not live", () => {
    const lit = (power: unknown) =>
      draw_page({ ...example_pack(), power_in_w: power }).root.querySelectorAll(".ray-lit").length;
    expect(lit(fresh(400))).toBe(12);
    expect(lit(fresh(100))).toBe(3);
    expect(lit(stale(400))).toBe(0);
  });

  // proves APP-1
  test("says with a sign and a word which way the battery's current flows", () => {
    const words = (current_ma: unknown) => {
      const page = draw_page({ ...example_pack(), current_ma });
      return `${page.text("direction")} ${page.text("pack-current")}`;
    };
    expect(words(fresh(13_875))).toBe("▲ Charging +13.9 A");
    expect(words(fresh(-13_875))).toBe("▼ Discharging −13.9 A");
    expect(words(fresh(0))).toBe("Idle 0.0 A");
    expect(words(stale(13_875))).toContain("Direction unknown");
  });

  test("hides the currents and powers that one sensor cannot tell apart", () => {
    const document = { ...example_pack(), current_out_ma: absent, power_out_w: absent };
    const page = draw_page(document);
    for (const testid of ["solar-current", "solar-power", "load-current", "load-power"]) {
      expect(page.find(testid)).toBeNull();
    }
    expect(page.get("solar-picture").dataset["fill"]).toBe("unknown");
    expect(page.text("load-not-apart")).toContain("one current sensor");
    expect(page.get("pack-current").dataset["value"]).toBe("13875");
    expect(page.get("load-today").dataset["value"]).toBe("655");
  });

  test("marks a state of charge that is not calibrated", () => {
    expect(draw_page(example_pack()).find("soc-not-calibrated")).toBeNull();
    const page = draw_page({ ...example_pack(), soc_calibrated: fresh(false) });
    expect(page.text("soc-not-calibrated")).toContain("Not calibrated");
  });

  test("shows one stale value among fresh ones as such, with its age", () => {
    const page = draw_page({ ...example_pack(), pack_voltage_mv: stale(13_295, 42_000) });
    expect(page.get("pack-voltage").dataset["state"]).toBe("stale");
    expect(page.text("pack-voltage")).toContain("42 s old");
    expect(page.get("soc").dataset["state"]).toBe("fresh");
  });

  test("shows a missing value as a dash that is read out as not known", () => {
    const page = draw_page({ ...example_pack(), stored_wh: never });
    expect(page.text("stored")).toBe("–not known");
    expect(page.get("stored").dataset["value"]).toBe("null");
  });

  test("hatches the pictures and shows nothing as live once the connection is lost", async () => {
    const page = draw_page(example_pack());
    await lose_connection(page);
    expect(page.root.querySelectorAll('[data-state="fresh"]')).toHaveLength(0);
    expect(page.root.querySelectorAll(".fill:not(.fill-stale)")).toHaveLength(0);
    expect(page.root.querySelectorAll('.flow:not([data-speed="0"])')).toHaveLength(0);
  });
});
