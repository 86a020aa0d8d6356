// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test } from "vitest";
import { make_theme } from "./theme";

function device(dark: boolean) {
  const listeners: (() => void)[] = [];
  const query = {
    matches: dark,
    addEventListener: (_type: "change", listener: () => void) => void listeners.push(listener),
  };
  const change = (now_dark: boolean) => {
    query.matches = now_dark;
    for (const listener of listeners) listener();
  };
  return { query, change };
}

beforeEach(() => localStorage.clear());

test("the theme follows the device until the owner chooses", () => {
  const { query, change } = device(true);
  const choice = make_theme(query, localStorage);
  expect(choice.theme.value).toBe("dark");
  change(false);
  expect(choice.theme.value).toBe("light");
});

test("the owner's choice outlives the page and the device's changes", () => {
  const { query, change } = device(false);
  make_theme(query, localStorage).toggle();
  const next_visit = make_theme(query, localStorage);
  expect(next_visit.theme.value).toBe("dark");
  change(true);
  change(false);
  expect(next_visit.theme.value).toBe("dark");
});

test("choosing what the device prefers means following it again", () => {
  const { query, change } = device(false);
  const choice = make_theme(query, localStorage);
  choice.toggle();
  choice.toggle();
  change(true);
  expect(choice.theme.value).toBe("dark");
});

test("nonsense in the storage, or no storage at all, leaves the device's theme", () => {
  localStorage.setItem("cellwarden.theme", "purple");
  expect(make_theme(device(true).query, localStorage).theme.value).toBe("dark");
  const without = make_theme(device(true).query, null);
  without.toggle();
  expect(without.theme.value).toBe("light");
});

test("a browser that forbids storage still changes the theme", () => {
  const forbidden = {
    getItem: () => {
      throw new Error("denied");
    },
    setItem: () => {
      throw new Error("denied");
    },
  } as unknown as Storage;
  const choice = make_theme(device(false).query, forbidden);
  choice.toggle();
  expect(choice.theme.value).toBe("dark");
});
