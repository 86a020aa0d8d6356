/**
 * The manual's dashboard: sun, battery, consumers, and the energy between them.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Pack } from "../api/types";
import { BatteryCard } from "./battery_card";
import { flow_speed, has_one_sensor } from "./judge";
import type { FlowSpeed } from "./judge";
import { ConsumersCard, SolarCard } from "./side_card";

function Flow({ speed, back }: { readonly speed: FlowSpeed; readonly back: boolean }) {
  return (
    <div class="flow" data-speed={speed} data-back={back} aria-hidden="true">
      <i />
    </div>
  );
}

/** Three cards in the order in which energy flows. */
export function Dashboard({ pack }: { readonly pack: Pack }) {
  const split = !has_one_sensor(pack);
  const solar = split ? flow_speed(pack.power_in_w, pack.peaks.solar_w) : 0;
  const load = split ? flow_speed(pack.power_out_w, pack.peaks.inverter_w) : 0;
  return (
    <section class="dashboard" aria-label="Dashboard">
      <SolarCard pack={pack} />
      <Flow speed={solar} back={(pack.power_in_w.value ?? 0) < 0} />
      <BatteryCard pack={pack} />
      <Flow speed={load} back={(pack.power_out_w.value ?? 0) < 0} />
      <ConsumersCard pack={pack} />
    </section>
  );
}
