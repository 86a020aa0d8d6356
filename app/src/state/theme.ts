/**
 * Dark or light: what the device prefers, unless the owner chose otherwise in this browser.
 * SPDX-License-Identifier: Apache-2.0
 */
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";

/** A colour theme. */
export type Theme = "dark" | "light";

/** The theme in use and the way to change it. */
export interface ThemeChoice {
  readonly theme: ReadonlySignal<Theme>;
  /** Changes to the other theme; the device's own preference is not stored but followed. */
  readonly toggle: () => void;
}

const storage_key = "cellwarden.theme";

/** The part of a media query list that is used here. */
export interface PreferenceQuery {
  readonly matches: boolean;
  addEventListener(type: "change", listener: () => void): void;
}

function stored_theme(storage: Storage | null): Theme | null {
  try {
    const text = storage?.getItem(storage_key);
    return text === "dark" || text === "light" ? text : null;
  } catch {
    return null;
  }
}

function store_theme(storage: Storage | null, theme: Theme | null): void {
  try {
    if (theme === null) storage?.removeItem(storage_key);
    else storage?.setItem(storage_key, theme);
  } catch {
    // A browser that forbids storage forgets the choice; nothing else depends on it.
  }
}

/**
 * Reads the stored choice and follows the device.
 * @param prefers_dark  the query `(prefers-color-scheme: dark)`
 * @param storage       null where the browser forbids it
 */
export function make_theme(prefers_dark: PreferenceQuery, storage: Storage | null): ThemeChoice {
  const device = signal<Theme>(prefers_dark.matches ? "dark" : "light");
  const chosen = signal<Theme | null>(stored_theme(storage));
  prefers_dark.addEventListener("change", () => {
    device.value = prefers_dark.matches ? "dark" : "light";
  });
  const theme = computed(() => chosen.value ?? device.value);
  const toggle = () => {
    const other: Theme = theme.peek() === "dark" ? "light" : "dark";
    chosen.value = other === device.peek() ? null : other;
    store_theme(storage, chosen.peek());
  };
  return { theme, toggle };
}
