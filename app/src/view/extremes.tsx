/**
 * Lowest, highest and difference of the cells' voltages and temperatures, with the cells' numbers.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { NumberReading, Pack } from "../api/types";
import { cell_volts, degrees, kelvin, millivolts } from "./format";
import type { Quantity } from "./format";
import { difference } from "./judge";
import { Value } from "./value";

interface ExtremeProps {
  readonly number: number | null;
  readonly reading: NumberReading;
  readonly format: (value: number) => Quantity;
  readonly testid: string;
}

function Extreme({ number, reading, format, testid }: ExtremeProps) {
  return (
    <td>
      <Value reading={reading} format={format} testid={testid} hide_age />
      <span class="of-cell">{number === null ? "cell unknown" : `cell ${number}`}</span>
    </td>
  );
}

function Headings() {
  return (
    <thead>
      <tr>
        <td></td>
        <th scope="col">Lowest ▼</th>
        <th scope="col">Highest ▲</th>
        <th scope="col">Difference</th>
      </tr>
    </thead>
  );
}

function VoltageRow({ pack }: { readonly pack: Pack }) {
  const { lowest_cell: low, highest_cell: high } = pack;
  const spread = difference(high.voltage_mv, low.voltage_mv);
  return (
    <tr>
      <th scope="row">Voltage</th>
      <Extreme {...low} reading={low.voltage_mv} format={cell_volts} testid="lowest-voltage" />
      <Extreme {...high} reading={high.voltage_mv} format={cell_volts} testid="highest-voltage" />
      <td>
        <Value reading={spread} format={millivolts} testid="voltage-difference" hide_age />
      </td>
    </tr>
  );
}

function TemperatureRow({ pack }: { readonly pack: Pack }) {
  const { coldest_cell: low, hottest_cell: high } = pack;
  const spread = difference(high.temperature_dc, low.temperature_dc);
  return (
    <tr>
      <th scope="row">Temperature</th>
      <Extreme {...low} reading={low.temperature_dc} format={degrees} testid="coldest" />
      <Extreme {...high} reading={high.temperature_dc} format={degrees} testid="hottest" />
      <td>
        <Value reading={spread} format={kelvin} testid="temperature-difference" hide_age />
      </td>
    </tr>
  );
}

/** The table of extremes. */
export function Extremes({ pack }: { readonly pack: Pack }) {
  return (
    <table class="extremes" aria-label="Lowest, highest and difference of the cells">
      <Headings />
      <tbody>
        <VoltageRow pack={pack} />
        <TemperatureRow pack={pack} />
      </tbody>
    </table>
  );
}
