/**
 * The middle card of the dashboard: the battery, its state of charge, and which way current flows.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Pack } from "../api/types";
import { BatteryPicture } from "../pictures/battery";
import {
  kilowatt_hours,
  pack_volts,
  percent_of_permille,
  plain,
  signed_amperes,
  signed_watts,
} from "./format";
import { charge_level, direction_of, fill_of, is_fresh } from "./judge";
import type { Direction } from "./judge";
import { Fact, Value } from "./value";

const direction_words: Readonly<Record<Direction, string>> = {
  charging: "▲ Charging",
  discharging: "▼ Discharging",
  idle: "Idle",
  unknown: "Direction unknown",
};

function capacity_text(pack: Pack): string {
  const { value } = pack.capacity_wh;
  return value === null ? "" : `of ${plain(kilowatt_hours(value))}`;
}

function NotCalibrated({ pack }: { readonly pack: Pack }) {
  if (pack.soc_calibrated.value !== false) return null;
  return (
    <div data-testid="soc-not-calibrated">
      <p class="mark">
        <span aria-hidden="true">!</span> Not calibrated
      </p>
      <p class="mark-advice">Charge until full once.</p>
    </div>
  );
}

/** State of charge, current, stored energy, power and pack voltage. */
export function BatteryCard({ pack }: { readonly pack: Pack }) {
  const direction = direction_of(pack.current_ma);
  const fill = fill_of(pack.soc_permille, 1000);
  return (
    <section class="card battery-card" aria-label="Battery" data-direction={direction}>
      <h2>Battery</h2>
      <a class="info" href="#battery-details" aria-label="Battery details">
        i
      </a>
      <div class="card-top">
        <div data-testid="battery-picture" data-fill={fill?.toFixed(3) ?? "unknown"}>
          <BatteryPicture
            fill={fill}
            live={is_fresh(pack.soc_permille)}
            level={charge_level(pack.soc_permille.value ?? 1000)}
            direction={direction}
          />
        </div>
        <div class="hero-block">
          <p class="hero">
            <span class="visually-hidden">State of charge </span>
            <Value reading={pack.soc_permille} format={percent_of_permille} testid="soc" />
          </p>
          <p class="hero-note">
            <span class="flow-word" data-testid="direction">
              {direction_words[direction]}
            </span>
          </p>
          <NotCalibrated pack={pack} />
        </div>
      </div>
      <dl class="facts">
        <Fact name="Voltage">
          <Value reading={pack.pack_voltage_mv} format={pack_volts} testid="pack-voltage" />
        </Fact>
        <Fact name="Current">
          <Value reading={pack.current_ma} format={signed_amperes} testid="pack-current" />
        </Fact>
        <Fact name="Power">
          <Value reading={pack.power_w} format={signed_watts} testid="pack-power" />
        </Fact>
        <Fact name="Stored">
          <Value reading={pack.stored_wh} format={kilowatt_hours} testid="stored" />{" "}
          <span class="whole" data-state={pack.capacity_wh.state}>
            {capacity_text(pack)}
          </span>
        </Fact>
      </dl>
    </section>
  );
}
