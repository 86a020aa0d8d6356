/**
 * The sun: fills in proportion to the solar power, and its rays light up one by one.
 * SPDX-License-Identifier: Apache-2.0
 */
import { Fill } from "./fill";
import type { PictureProps } from "./fill";

const ray_count = 12;
const disc = { x: 33, y: 33, width: 54, height: 54 };

function Ray({ index, lit }: { readonly index: number; readonly lit: boolean }) {
  const outer = index % 2 === 0 ? 54 : 49;
  return (
    <line
      class={lit ? "ray ray-lit" : "ray"}
      x1="60"
      y1={60 - 37}
      x2="60"
      y2={60 - outer}
      transform={`rotate(${(index * 360) / ray_count} 60 60)`}
    />
  );
}

/** The picture beside the incoming energy. */
export function Sun({ fill, live }: PictureProps) {
  const lit_rays = live && fill !== null ? Math.round(fill * ray_count) : 0;
  return (
    <svg class="picture sun" viewBox="0 0 120 120" aria-hidden="true">
      <clipPath id="sun-shape">
        <circle cx="60" cy="60" r="27" />
      </clipPath>
      {Array.from({ length: ray_count }, (_, index) => (
        <Ray key={index} index={index} lit={index < lit_rays} />
      ))}
      <circle class="well" cx="60" cy="60" r="27" />
      <g clip-path="url(#sun-shape)">
        <Fill fill={fill} live={live} box={disc} />
      </g>
      <circle class="outline" cx="60" cy="60" r="27" />
    </svg>
  );
}
