/**
 * What an owner looks up once a year: limits, the battery's own data, and how well the link works.
 * Folded away; a value that never arrived is left out.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Link, NumberReading, Pack, TextReading } from "../api/types";
import { age_text, cell_volts, count, percent, total_kilowatt_hours } from "./format";
import type { Quantity } from "./format";
import { Fact, Value } from "./value";

type NumberRow = readonly [string, NumberReading, (value: number) => Quantity, string];

function number_rows({ limits, details }: Pack): readonly NumberRow[] {
  return [
    ["V max", limits.v_max_mv, cell_volts, "v-max"],
    ["V bypass", limits.v_bypass_mv, cell_volts, "v-bypass"],
    ["V min", limits.v_min_mv, cell_volts, "v-min"],
    ["V full", details.v_full_mv, cell_volts, "v-full"],
    ["V nominal", details.v_nominal_mv, cell_volts, "v-nominal"],
    ["V low", details.v_low_mv, cell_volts, "v-low"],
    ["State of health", details.soh_percent, percent, "soh"],
    ["Charge efficiency", details.charge_efficiency_percent, percent, "charge-efficiency"],
    ["Charge cycles", details.charge_cycles, count, "charge-cycles"],
    ["Charged in all", details.charged_total_wh, total_kilowatt_hours, "charged-total"],
    ["Discharged in all", details.discharged_total_wh, total_kilowatt_hours, "discharged-total"],
  ];
}

function TextFact(props: { name: string; reading: TextReading; testid: string }) {
  if (props.reading.value === null) return null;
  const bare = (text: string): Quantity => ({ number: text, unit: "" });
  return (
    <Fact name={props.name}>
      <Value reading={props.reading} format={bare} testid={props.testid} />
    </Fact>
  );
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, times) => total + times, 0);
}

function by_reason(counts: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(counts).filter(([, times]) => times > 0);
  if (reasons.length === 0) return "";
  const texts = reasons.map(([reason, times]) => `${reason.replaceAll("_", " ")} ${times}`);
  return ` (${texts.join(", ")})`;
}

function LinkFacts({ link }: { readonly link: Link }) {
  const plain_count = (value: number) => count(value).number;
  return (
    <dl class="facts link-facts">
      <Fact name="Source">{link.text || "–"}</Fact>
      <Fact name="Newest frame">
        {link.age_ms === null ? "never" : `${age_text(link.age_ms)} ago`}
      </Fact>
      <Fact name="Frames">
        <span data-testid="frames" data-value={link.frames}>
          {plain_count(link.frames)}
        </span>
      </Fact>
      <Fact name="Bytes dropped">{plain_count(link.dropped_bytes)}</Fact>
      <Fact name="Frames refused">{plain_count(sum(link.refused)) + by_reason(link.refused)}</Fact>
      <Fact name="Parts ignored">{plain_count(sum(link.ignored)) + by_reason(link.ignored)}</Fact>
      <Fact name="Reconnects">{plain_count(link.reconnects)}</Fact>
    </dl>
  );
}

/** The folded facts. */
export function MoreDetails({ pack }: { readonly pack: Pack }) {
  return (
    <>
      <details>
        <summary>Limits and battery data</summary>
        <dl class="facts">
          {number_rows(pack).map(([name, reading, format, testid]) =>
            reading.value === null ? null : (
              <Fact key={testid} name={name}>
                <Value reading={reading} format={format} testid={testid} />
              </Fact>
            ),
          )}
          <TextFact name="Firmware" reading={pack.details.firmware} testid="firmware" />
          <TextFact name="BMS clock" reading={pack.details.clock} testid="clock" />
        </dl>
      </details>
      <details>
        <summary>Link to {pack.source || "the source"}</summary>
        <LinkFacts link={pack.link} />
      </details>
    </>
  );
}
