/**
 * The part of a picture that fills from the bottom. A stale level is hatched; an unknown one empty.
 * SPDX-License-Identifier: Apache-2.0
 */

/** A box inside a picture, in the picture's own coordinates. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What every picture is told. */
export interface PictureProps {
  /** How full it is, 0 to 1; null when that is not known. */
  readonly fill: number | null;
  /** Whether `fill` is what is so now; otherwise it is the last known. */
  readonly live: boolean;
}

/** The rising level, clipped to the shape `clip` by the caller. */
export function Fill({ fill, live, box }: PictureProps & { readonly box: Box }) {
  if (fill === null) return null;
  return (
    <g>
      <rect
        class={live ? "fill" : "fill fill-stale"}
        {...box}
        style={{ transform: `scaleY(${fill.toFixed(3)})` }}
      />
    </g>
  );
}

/** The pattern behind every hatched level; placed once on the page. */
export function HatchPattern() {
  return (
    <svg class="visually-hidden" aria-hidden="true" width="0" height="0">
      <defs>
        <pattern
          id="hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" class="hatch-ground" />
          <rect width="2.5" height="6" class="hatch-line" />
        </pattern>
      </defs>
    </svg>
  );
}
