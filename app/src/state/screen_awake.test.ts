// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { ScreenAwake } from "./screen_awake";

function make_storage(): Storage {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => entries.set(key, value),
    removeItem: (key: string) => entries.delete(key),
  } as unknown as Storage;
}

function make_screen() {
  const screen = { held: 0, willing: true, release: () => undefined as void };
  const request = () => {
    if (!screen.willing) return Promise.reject(new Error("not now"));
    screen.held += 1;
    return Promise.resolve({
      addEventListener: (_type: "release", listener: () => void) => {
        screen.release = () => {
          screen.held -= 1;
          listener();
        };
      },
      release: () => {
        screen.held -= 1;
        return Promise.resolve();
      },
    });
  };
  return { screen, request };
}

// proves APP-4
test("prevent auto-lock keeps the screen on until it is switched off", async () => {
  const { screen, request } = make_screen();
  const awake = new ScreenAwake(request, make_storage());
  await awake.refresh();
  expect(screen.held).toBe(0);
  await awake.toggle();
  expect([screen.held, awake.state.value]).toEqual([1, "on"]);
  await awake.toggle();
  expect([screen.held, awake.state.value]).toEqual([0, "off"]);
});

test("the choice is kept in this browser", async () => {
  const storage = make_storage();
  await new ScreenAwake(make_screen().request, storage).toggle();
  const { screen, request } = make_screen();
  const again = new ScreenAwake(request, storage);
  await again.refresh();
  expect([again.wanted.value, screen.held]).toEqual([true, 1]);
});

test("a lock that the browser took, as from a hidden page, is asked for again", async () => {
  const { screen, request } = make_screen();
  const awake = new ScreenAwake(request, null);
  await awake.toggle();
  screen.release();
  expect(awake.state.value).toBe("off");
  await awake.refresh();
  await awake.refresh();
  expect([screen.held, awake.state.value]).toEqual([1, "on"]);
});

test("a browser that does not want to, or cannot, is said to", async () => {
  const { screen, request } = make_screen();
  screen.willing = false;
  const awake = new ScreenAwake(request, null);
  await awake.toggle();
  expect(awake.state.value).toBe("refused");
  const incapable = new ScreenAwake(null, null);
  await incapable.toggle();
  expect(incapable.state.value).toBe("unsupported");
});
