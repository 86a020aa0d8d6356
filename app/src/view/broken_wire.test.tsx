// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { take_message } from "../state/store";
import { example_pack, fresh, message } from "../testing/example_pack";
import { draw_page, lose_connection } from "../testing/page";

const text = "the wire from cell 2 to cell 3 is broken";
const broken = { fault: "broken", break_before: 3, cell_count: 4, text };
const whole = { fault: "none", break_before: null, cell_count: 4, text: "every cell is heard" };

/** On a break the product sends no frames: all that speaks is the app link. */
function silent_with(chain: object) {
  const pack = example_pack();
  Object.assign(pack.link, { state: "silent", age_ms: 9000 });
  return { ...pack, app_link: { state: "ready", text: "logged in", chain } };
}

describe("a cut wire", () => {
  // proves ENV-4
  test("is named by its place in the banner, at the E lamp and at the tile", () => {
    const page = draw_page(silent_with(broken));
    expect(page.text("alarm-banner")).toBe("The wire from cell 2 to cell 3 is broken");
    expect(page.get("lamp-communication").dataset["lamp"]).toBe("on");
    expect(page.text("lamp-place")).toContain("between cell 2 and cell 3");
    expect(page.get("broken-wire").closest("[data-cell]")?.getAttribute("data-cell")).toBe("3");
    expect(page.text("broken-wire")).toContain("wire from cell 2 broken");
    expect(page.root.querySelectorAll('[data-broken="true"]')).toHaveLength(1);
    expect(page.root.querySelector("[role=alert]")?.textContent).toContain(`${text.slice(1)}.`);
    expect(page.text("not-live")).toContain("sends none while its chain is at fault");
  });

  // proves ENV-4
  test("is gone everywhere as soon as the board hears every cell", async () => {
    const page = draw_page(silent_with(broken));
    take_message(page.store, message({ type: "pack", pack: silent_with(whole) }), 2000);
    await page.settle();
    expect(page.find("alarm-banner")).toBeNull();
    expect(page.find("broken-wire")).toBeNull();
    expect(page.find("lamp-place")).toBeNull();
  });

  // proves APP-2
  test("stays named as last known when the connection is lost", async () => {
    const pack = { ...silent_with(broken) };
    pack.alarms.communication = fresh(true);
    const page = draw_page(pack);
    await lose_connection(page);
    expect(page.text("alarm-banner")).toContain("cell 2 to cell 3 is broken, last known");
    expect(page.find("broken-wire")).not.toBeNull();
  });

  test("of unknown place is still an alarm", () => {
    const chain = { ...broken, break_before: null, text: "nothing is heard from the chain" };
    const page = draw_page(silent_with(chain));
    expect(page.text("alarm-banner")).toBe("Nothing is heard from the chain");
    expect(page.find("broken-wire")).toBeNull();
  });

  test.each([{}, null, 7, { fault: 5 }, { fault: "broken", break_before: 900 }])(
    "in a document that says %j breaks no page",
    (chain) => {
      const pack = { ...example_pack(), app_link: { state: "ready", chain } };
      expect(draw_page(pack).find("broken-wire")).toBeNull();
    },
  );
});

test("a chain that only starts is no alarm", () => {
  const chain = { ...whole, fault: "starting", text: "the chain starts" };
  expect(draw_page(silent_with(chain)).find("alarm-banner")).toBeNull();
});
