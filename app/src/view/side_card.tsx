/**
 * The two outer cards of the dashboard: incoming energy (sun) and outgoing energy (light bulb).
 * SPDX-License-Identifier: Apache-2.0
 */
import type { ComponentChildren } from "preact";
import type { NumberReading, Pack } from "../api/types";
import { Bulb } from "../pictures/bulb";
import { Sun } from "../pictures/sun";
import { amperes, kilowatt_hours, plain, total_kilowatt_hours, watts } from "./format";
import { fill_of, has_one_sensor, is_fresh } from "./judge";
import { Fact, Value } from "./value";

interface Side {
  readonly kind: "solar" | "load";
  readonly title: string;
  readonly current_ma: NumberReading;
  readonly power_w: NumberReading;
  readonly today_wh: NumberReading;
  readonly total_wh: NumberReading;
  readonly peak_w: number | null;
  /** Words for a positive, a zero and a negative power. */
  readonly words: readonly [string, string, string];
}

function flow_word(side: Side): string {
  if (!is_fresh(side.power_w) || side.power_w.value === null) return "";
  const [forward, still, back] = side.words;
  if (side.power_w.value === 0) return still;
  return side.power_w.value > 0 ? forward : back;
}

function peak_text(side: Side): string {
  if (side.peak_w === null) return "";
  return `peak ${plain(watts(side.peak_w))}`;
}

function Measured({ side }: { readonly side: Side }) {
  const word = flow_word(side);
  return (
    <>
      <p class="hero">
        <span class="visually-hidden">Power </span>
        <Value reading={side.power_w} format={watts} testid={`${side.kind}-power`} />
      </p>
      <p class="hero-note">
        {word !== "" && <span class="flow-word">{word}</span>} <span>{peak_text(side)}</span>
      </p>
    </>
  );
}

function SideCard(props: {
  readonly side: Side;
  readonly pack: Pack;
  children: ComponentChildren;
}) {
  const { side, pack, children } = props;
  const apart = !has_one_sensor(pack);
  return (
    <section class={`card side ${side.kind}`} aria-label={side.title}>
      <h2>{side.title}</h2>
      <div class="card-top">
        <div data-testid={`${side.kind}-picture`} data-fill={picture_fill(side, apart)}>
          {children}
        </div>
        <div class="hero-block">
          {apart ? (
            <Measured side={side} />
          ) : (
            <p class="hero-note" data-testid={`${side.kind}-not-apart`}>
              Not measured apart: this battery has one current sensor.
            </p>
          )}
        </div>
      </div>
      <dl class="facts">
        {apart && (
          <Fact name="Current">
            <Value reading={side.current_ma} format={amperes} testid={`${side.kind}-current`} />
          </Fact>
        )}
        <Fact name="Today">
          <Value reading={side.today_wh} format={kilowatt_hours} testid={`${side.kind}-today`} />
        </Fact>
        <Fact name="Total">
          <Value
            reading={side.total_wh}
            format={total_kilowatt_hours}
            testid={`${side.kind}-total`}
          />
        </Fact>
      </dl>
    </section>
  );
}

function picture_fill(side: Side, apart: boolean): string {
  const fill = apart ? fill_of(side.power_w, side.peak_w) : null;
  return fill === null ? "unknown" : fill.toFixed(3);
}

/** Incoming energy: current, power, energy today and in total; the sun fills up to the peak. */
export function SolarCard({ pack }: { readonly pack: Pack }) {
  const side: Side = {
    kind: "solar",
    title: "Solar",
    current_ma: pack.current_in_ma,
    power_w: pack.power_in_w,
    today_wh: pack.collected_today_wh,
    total_wh: pack.collected_total_wh,
    peak_w: pack.peaks.solar_w,
    words: ["↓ coming in", "nothing coming in", "↑ flowing back"],
  };
  const fill = has_one_sensor(pack) ? null : fill_of(side.power_w, side.peak_w);
  return (
    <SideCard side={side} pack={pack}>
      <Sun fill={fill} live={is_fresh(side.power_w)} />
    </SideCard>
  );
}

/** Outgoing energy: current, power, energy today and in total; the bulb fills up to the peak. */
export function ConsumersCard({ pack }: { readonly pack: Pack }) {
  const side: Side = {
    kind: "load",
    title: "Consumers",
    current_ma: pack.current_out_ma,
    power_w: pack.power_out_w,
    today_wh: pack.consumed_today_wh,
    total_wh: pack.consumed_total_wh,
    peak_w: pack.peaks.inverter_w,
    words: ["↑ drawn", "nothing drawn", "↓ flowing back"],
  };
  const fill = has_one_sensor(pack) ? null : fill_of(side.power_w, side.peak_w);
  return (
    <SideCard side={side} pack={pack}>
      <Bulb fill={fill} live={is_fresh(side.power_w)} />
    </SideCard>
  );
}
