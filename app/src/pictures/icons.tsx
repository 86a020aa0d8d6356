/**
 * Small signs drawn here, since not every device's fonts have them.
 * SPDX-License-Identifier: Apache-2.0
 */

const paths = {
  /** A broken link: nothing arrives. */
  broken: "M4 4 L20 20 M9 6 a5 5 0 0 1 8 6 M15 18 a5 5 0 0 1 -8 -6 M2 12 h3 M19 12 h3",
  /** A warning triangle. */
  warning: "M12 3.5 L22 20.5 H2 Z M12 10 V15 M12 17.8 V18",
  sun:
    "M12 7.5 a4.5 4.5 0 1 0 .01 0 M12 1.5 V4 M12 20 V22.5 M1.5 12 H4 M20 12 H22.5 " +
    "M4.6 4.6 L6.3 6.3 M17.7 17.7 L19.4 19.4 M4.6 19.4 L6.3 17.7 M17.7 6.3 L19.4 4.6",
  moon: "M20 14.5 A8.5 8.5 0 1 1 9.5 4 A7 7 0 0 0 20 14.5 Z",
  /** A dial: the overview. */
  gauge: "M3.5 18.5 a9.5 9.5 0 1 1 17 0 Z M12 14 L16 8.5",
  list: "M8.5 6 H21 M8.5 12 H21 M8.5 18 H21 M3.5 6 H4 M3.5 12 H4 M3.5 18 H4",
  sliders: "M4 7 H10 M16 7 H20 M4 17 H7 M13 17 H20 M13 4 V10 M10 14 V20",
} as const;

/** The name of a sign. */
export type IconName = keyof typeof paths;

/** A sign by its name, in the colour of the text around it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
