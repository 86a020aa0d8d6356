// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { take_message } from "../state/store";
import { example_pack, message, snapshot } from "../testing/example_pack";
import { draw_page, lose_connection } from "../testing/page";

function with_link(state: string, text = "") {
  const document = example_pack();
  Object.assign(document.link, { state, text });
  return document;
}

describe("a live page", () => {
  test("says that it is live and shows no banner", () => {
    const page = draw_page(example_pack());
    expect(page.get("link-state").dataset["value"]).toBe("online");
    expect(page.text("link-state")).toBe("Live");
    expect(page.find("not-live")).toBeNull();
    expect(page.find("alarm-banner")).toBeNull();
  });

  test("follows the next message", async () => {
    const page = draw_page(example_pack());
    const news = { ...example_pack(), soc_permille: { value: 510, age_ms: 0, state: "fresh" } };
    take_message(page.store, message({ type: "pack", pack: news }), 1000);
    await page.settle();
    expect(page.get("soc").dataset["value"]).toBe("510");
  });
});

describe("a page that is not live", () => {
  test.each([
    ["silent", "Source silent", "no frame arrives"],
    ["down", "Source gone", "not there"],
    ["ended", "Replay ended", "ended"],
    ["splendid", "State unknown", "does not know"],
  ])("says so when the source is %s", (state, chip, sentence) => {
    const page = draw_page(with_link(state, "because"));
    expect(page.text("link-state")).toBe(chip);
    expect(page.text("not-live")).toContain(sentence);
    expect(page.root.querySelectorAll('[data-state="fresh"]')).toHaveLength(0);
  });

  test("says that it is disconnected, how old all is, and when it tries again", async () => {
    const page = draw_page(example_pack());
    page.store.now_ms.value = 2000;
    await lose_connection(page);
    expect(page.get("link-state").dataset["value"]).toBe("disconnected");
    expect(page.text("not-live")).toContain("Disconnected from the gateway.");
    expect(page.text("not-live")).toContain("2 s old");
    expect(page.text("not-live")).toContain("Trying again in 1 s.");
    page.root.querySelector<HTMLElement>(".retry button")?.click();
    expect(page.retries.count).toBe(1);
  });

  test("is live again, banner gone, as soon as data comes", async () => {
    const page = draw_page(example_pack());
    await lose_connection(page);
    page.store.connection.value = { state: "open" };
    take_message(page.store, snapshot(example_pack()), 5000);
    await page.settle();
    expect(page.find("not-live")).toBeNull();
    expect(page.get("soc").dataset["state"]).toBe("fresh");
  });

  test("does not call old values live while a new connection has brought none yet", async () => {
    const page = draw_page(example_pack());
    page.store.now_ms.value = 9000;
    await page.settle();
    expect(page.get("link-state").dataset["value"]).toBe("late");
    expect(page.get("pack-voltage").dataset["state"]).toBe("stale");
  });
});

describe("a page without a pack", () => {
  test("says that it connects", () => {
    const page = draw_page();
    expect(page.get("link-state").dataset["value"]).toBe("connecting");
    expect(page.text("no-pack")).toContain("Connecting");
  });

  test("says that the gateway cannot be reached", async () => {
    const page = draw_page();
    await lose_connection(page);
    expect(page.get("link-state").dataset["value"]).toBe("disconnected");
    expect(page.text("no-pack")).toContain("cannot be reached");
    expect(page.text("no-pack")).toContain("Trying again");
  });

  test("says that the gateway has none, once it has said so itself", async () => {
    const page = draw_page();
    page.store.connection.value = { state: "open" };
    await page.settle();
    expect(page.text("no-pack")).toContain("waiting for the first data");
    take_message(page.store, snapshot(), 0);
    await page.settle();
    expect(page.text("no-pack")).toContain("no battery");
    expect(page.get("link-state").dataset["value"]).toBe("no_pack");
  });

  test("says that messages cannot be read", async () => {
    const page = draw_page();
    page.store.connection.value = { state: "open" };
    take_message(page.store, "<html>Bad gateway</html>", 0);
    await page.settle();
    expect(page.text("unreadable")).toContain("1 message");
  });
});

describe("several packs", () => {
  const port = { ...with_link("silent"), id: "port", name: "Port" };

  test("have a selector that marks the pack needing a look", () => {
    const page = draw_page(example_pack(), port);
    const options = [...page.get("pack-selector").children].map((option) => option.textContent);
    expect(options).toEqual(["Twin", "! Port"]);
  });

  test("are shown one at a time", async () => {
    const page = draw_page(example_pack(), port);
    expect(page.get("link-state").dataset["value"]).toBe("online");
    const selector = page.get("pack-selector") as HTMLSelectElement;
    selector.value = "port";
    selector.dispatchEvent(new Event("change", { bubbles: true }));
    await page.settle();
    expect(page.get("link-state").dataset["value"]).toBe("silent");
  });

  test("need no selector when there is one", () => {
    expect(draw_page(example_pack()).find("pack-selector")).toBeNull();
  });
});

test.each(Object.keys(example_pack()).filter((key) => key !== "id"))(
  "the page stands when the API sends no %s, null, or nonsense for it",
  (key) => {
    const { [key]: _gone, ...rest } = example_pack();
    for (const nonsense of [undefined, null, 7, "x", [], { value: {} }]) {
      const page = draw_page({ ...rest, [key]: nonsense });
      expect(page.find("link-state")).not.toBeNull();
      expect(page.root.textContent).not.toMatch(/NaN|undefined|\[object/);
    }
  },
);

test("the page stands when every value of a pack is null", () => {
  const document = example_pack();
  for (const key of Object.keys(document)) if (key !== "id") document[key] = null;
  const page = draw_page(document);
  expect(page.root.textContent).not.toMatch(/NaN|undefined|null|\[object/);
  expect(page.root.querySelectorAll('[data-state="fresh"]')).toHaveLength(0);
});
