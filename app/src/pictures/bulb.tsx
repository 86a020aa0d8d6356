/**
 * The light bulb: fills in proportion to what the consumers draw.
 * SPDX-License-Identifier: Apache-2.0
 */
import { Fill } from "./fill";
import type { PictureProps } from "./fill";

const glass =
  "M60 7 C37 7 22 23 22 44 C22 58 30 66 37 74 C42 80 44 84 44 89 H76 C76 84 78 80 83 74 " +
  "C90 66 98 58 98 44 C98 23 83 7 60 7 Z";
const glass_box = { x: 20, y: 7, width: 80, height: 82 };

/** The picture beside the outgoing energy. */
export function Bulb({ fill, live }: PictureProps) {
  return (
    <svg class="picture bulb" viewBox="0 0 120 120" aria-hidden="true">
      <clipPath id="bulb-shape">
        <path d={glass} />
      </clipPath>
      <path class="well" d={glass} />
      <g clip-path="url(#bulb-shape)">
        <Fill fill={fill} live={live} box={glass_box} />
      </g>
      <path class="filament" d="M52 88 L49 56 L55 62 L60 55 L65 62 L71 56 L68 88" />
      <path class="outline" d={glass} />
      <rect class="thread" x="45" y="93" width="30" height="6" rx="3" />
      <rect class="thread" x="47" y="101" width="26" height="6" rx="3" />
      <rect class="thread" x="53" y="109" width="14" height="5" rx="2.5" />
    </svg>
  );
}
