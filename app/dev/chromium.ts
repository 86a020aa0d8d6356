/**
 * Debian's Chromium, driven by playwright-core; nothing is downloaded.
 * SPDX-License-Identifier: Apache-2.0
 */
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless browser with a fresh profile; `CHROMIUM` names another program. */
export function launch_chromium(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, headless: true, args: flags });
}
