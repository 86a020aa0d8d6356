/**
 * The battery: fills in proportion to the state of charge and shows which way current flows.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { ChargeLevel, Direction } from "../view/judge";
import { Fill } from "./fill";
import type { PictureProps } from "./fill";

const well = { x: 23, y: 27, width: 74, height: 82 };
const quarters = [1, 2, 3].map((quarter) => well.y + (well.height * quarter) / 4);

const arrow_up = "M60 49 L76 67 H67 V85 H53 V67 H44 Z";
const arrow_down = "M60 87 L76 69 H67 V51 H53 V69 H44 Z";

interface BatteryProps extends PictureProps {
  readonly level: ChargeLevel;
  readonly direction: Direction;
}

/** The picture of the battery pack. */
export function BatteryPicture({ fill, live, level, direction }: BatteryProps) {
  return (
    <svg class="picture battery" data-level={level} viewBox="0 0 120 120" aria-hidden="true">
      <clipPath id="battery-shape">
        <rect {...well} rx="6" />
      </clipPath>
      <rect class="terminal" x="30" y="9" width="18" height="10" rx="3" />
      <rect class="terminal" x="72" y="9" width="18" height="10" rx="3" />
      <rect class="well" {...well} rx="6" />
      <g clip-path="url(#battery-shape)">
        <Fill fill={fill} live={live} box={well} />
        {quarters.map((y) => (
          <line key={y} class="tick" x1="85" x2="97" y1={y} y2={y} />
        ))}
      </g>
      <rect class="outline" x="17" y="21" width="86" height="94" rx="11" />
      {direction === "charging" && <path class="arrow" d={arrow_up} />}
      {direction === "discharging" && <path class="arrow" d={arrow_down} />}
    </svg>
  );
}
