// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { cell, example_pack, fresh, many_cells, never, stale } from "../testing/example_pack";
import { draw_page, lose_connection } from "../testing/page";

const lamps = ["communication", "v_high", "v_low", "t_high", "t_low"];

function with_alarm(name: string, reading: unknown) {
  const document = example_pack();
  document.alarms[name] = reading;
  return document;
}

describe("the warning lamps", () => {
  // proves APP-2
  test("are the manual's five letters, each with a word and a state", () => {
    const page = draw_page(example_pack());
    expect(lamps.map((name) => page.text(`lamp-${name}`))).toEqual([
      "ECell link OK",
      "VhVoltage high OK",
      "VlVoltage low OK",
      "ThToo hot OK",
      "TlToo cold OK",
    ]);
  });

  // proves APP-2
  test("light up one by one", () => {
    for (const name of lamps) {
      const page = draw_page(with_alarm(name, fresh(true)));
      const lit = lamps.filter((each) => page.get(`lamp-${each}`).dataset["lamp"] === "on");
      expect(lit).toEqual([name]);
      expect(page.text(`lamp-${name}`)).toContain("ALARM");
      expect(page.find("alarm-banner")).not.toBeNull();
    }
  });

  test("are unknown, not off, when nothing fresh is known", () => {
    for (const reading of [never, stale(false), undefined]) {
      const page = draw_page(with_alarm("v_high", reading));
      expect(page.get("lamp-v_high").dataset["lamp"]).toBe("unknown");
      expect(page.text("lamp-v_high")).toContain("unknown");
    }
  });

  // proves APP-2
  test("keep an alarm, with its age, when the connection is lost", async () => {
    const page = draw_page(with_alarm("v_low", fresh(true)));
    await lose_connection(page);
    expect(page.get("lamp-v_low").dataset["lamp"]).toBe("was_on");
    expect(page.text("lamp-v_low")).toMatch(/ALARM \d+ s ago/);
    expect(page.text("alarm-banner")).toContain("last known");
    expect(page.get("lamp-t_low").dataset["lamp"]).toBe("unknown");
  });
});

describe("the alarm banner", () => {
  test("names the cell", () => {
    const page = draw_page(with_alarm("v_high", fresh(true)));
    expect(page.text("alarm-banner")).toBe("Cell voltage too high (cell 4)");
  });

  test("tells the alarms of packs that are not shown, with their names", () => {
    const hidden = { ...with_alarm("t_low", fresh(true)), id: "port", name: "Port" };
    const page = draw_page(example_pack(), hidden);
    expect(page.text("alarm-banner")).toBe("Port: Cell too cold (cell 2)");
  });

  test("speaks once for each alarm: the spoken text has no number that changes", () => {
    const page = draw_page(with_alarm("v_high", fresh(true)));
    const spoken = page.root.querySelector('[role="alert"]')?.textContent;
    expect(spoken).toBe("Twin: Cell voltage too high.");
  });
});

describe("the relays", () => {
  test("are allowed, stopped or unknown", () => {
    const state = (reading: unknown) =>
      draw_page({ ...example_pack(), charge_allowed: reading }).get("relay-charge").dataset[
        "relay"
      ];
    expect(state(fresh(true))).toBe("allowed");
    expect(state(fresh(false))).toBe("stopped");
    for (const reading of [stale(true), stale(false), never, null]) {
      expect(state(reading)).toBe("unknown");
    }
  });

  test("are told apart: CHARGE and LOAD", () => {
    const page = draw_page({ ...example_pack(), discharge_allowed: fresh(false) });
    expect(page.text("relay-charge")).toContain("charging allowed");
    expect(page.text("relay-load")).toContain("discharging stopped");
  });
});

describe("the cells", () => {
  // proves APP-2
  test("show voltage and temperature, each with the API's own integer", () => {
    const page = draw_page(example_pack());
    for (const [index, voltage] of [3315, 3310, 3325, 3345].entries()) {
      expect(page.get(`cell-${index + 1}-voltage`).dataset["value"]).toBe(String(voltage));
    }
    expect(page.get("cell-3-temperature").dataset["value"]).toBe("226");
    expect(page.text("cell-1-voltage")).toBe("3.315 V");
    expect(page.text("cell-3-temperature")).toBe("23 °C");
  });

  // proves APP-2
  test("are green, yellow or red by zone, and say so in a word too", () => {
    const page = draw_page(
      example_pack([cell(1, 3300), cell(2, 3400), cell(3, 3605), cell(4, 2795)]),
    );
    const zone = (number: number) => page.get(`cell-${number}`).dataset["zone"];
    expect([1, 2, 3, 4].map(zone)).toEqual(["safe", "balancing", "out_of_range", "out_of_range"]);
    const words = ["✓ safe", "≈ balancing", "! too high", "! too low"];
    for (const [index, word] of words.entries()) {
      expect(page.text(`cell-${index + 1}`)).toContain(word);
    }
  });

  // proves APP-2
  test("have lowest, highest and difference in voltage and temperature", () => {
    const page = draw_page(example_pack());
    expect(page.text("lowest-voltage")).toBe("3.310 V");
    expect(page.text("highest-voltage")).toBe("3.345 V");
    expect(page.get("voltage-difference").dataset["value"]).toBe("35");
    expect(page.get("coldest").dataset["value"]).toBe("204");
    expect(page.get("hottest").dataset["value"]).toBe("226");
    expect(page.get("temperature-difference").dataset["value"]).toBe("22");
    expect(page.root.querySelector(".extremes")?.textContent).toContain("cell 4");
  });

  test("lose their colour and say that they are not live when the connection is lost", async () => {
    const page = draw_page(example_pack([cell(1, 3605), cell(2, 3300)]));
    await lose_connection(page);
    expect(page.get("cell-1").dataset["zone"]).toBe("unknown");
    expect(page.text("cell-1")).toContain("not live");
    expect(page.get("cell-1-voltage").dataset["value"]).toBe("3605");
  });

  // proves APP-2
  test("are all there when a chain has 255", () => {
    const page = draw_page(example_pack(many_cells(255)));
    expect(page.root.querySelectorAll(".tile")).toHaveLength(255);
    expect(page.root.querySelectorAll(".bar")).toHaveLength(255);
    expect(page.get("cell-255-voltage").dataset["value"]).toMatch(/^\d+$/);
  });

  test("say so when there is none yet", () => {
    expect(draw_page({ ...example_pack(), cells: [] }).text("no-cells")).toBe("No cell heard yet.");
  });

  test("tell the facts of the chosen cell", async () => {
    const page = draw_page(example_pack());
    page.get("cell-4").click();
    await page.settle();
    expect(page.text("chosen-cell")).toBe(
      "Cell 4 · 3.345 V · +21 mV from mean · 22 °C · measured 0 s ago",
    );
    expect(page.get("cell-4").getAttribute("aria-pressed")).toBe("true");
  });

  test("are one stop of the tab key, and arrow keys walk from cell to cell", async () => {
    const page = draw_page(example_pack());
    expect(page.root.querySelectorAll('.tile[tabindex="0"]')).toHaveLength(1);
    const press = (key: string) => {
      const event = new KeyboardEvent("keydown", { key, bubbles: true });
      document.activeElement?.dispatchEvent(event);
    };
    page.get("cell-1").focus();
    press("ArrowRight");
    await page.settle();
    expect(document.activeElement).toBe(page.get("cell-2"));
    press("End");
    press("ArrowRight");
    await page.settle();
    expect(document.activeElement).toBe(page.get("cell-4"));
    expect(page.get("cell-4").tabIndex).toBe(0);
    expect(page.root.querySelectorAll('.tile[tabindex="0"]')).toHaveLength(1);
  });

  test("have bars whose picture is summed up in a sentence", () => {
    const page = draw_page(example_pack());
    expect(page.get("cell-chart").getAttribute("aria-label")).toBe(
      "Bars of 4 cell voltages from 3.310 V (cell 2) to 3.345 V (cell 4)",
    );
  });

  test("can be seen between V min and V max", async () => {
    const page = draw_page(example_pack());
    expect(page.root.querySelector('[data-line="v_max"]')).toBeNull();
    page.get("axis-switch").click();
    await page.settle();
    expect(page.root.querySelector('[data-line="v_max"]')?.textContent).toContain("3.600");
    expect(page.get("axis-switch").getAttribute("aria-pressed")).toBe("true");
  });
});
