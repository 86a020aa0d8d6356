/**
 * Which part of the App is shown, as the address says behind its "#".
 * SPDX-License-Identifier: Apache-2.0
 */

/** The parts of the App. */
export type View = "overview" | "events" | "settings";

/** The part for an address; what is not known, an anchor on the overview too, is the overview. */
export function view_of(hash: string): View {
  const name = hash.replace(/^#/, "");
  return name === "events" || name === "settings" ? name : "overview";
}
