/**
 * The manual's battery details: lamps, relays, extremes and every cell.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Pack } from "../api/types";
import { roomy_cells_max } from "./cell_tiles";
import { Cells } from "./cells";
import { Extremes } from "./extremes";
import { Lamps, Relays } from "./lamps";
import { MoreDetails } from "./more_details";

/** The lower half of the page. */
export function BatteryDetails({ pack }: { readonly pack: Pack }) {
  const many = pack.cells.length > roomy_cells_max;
  return (
    <section class="details" id="battery-details" aria-label="Battery details" data-many={many}>
      <div class="panel card">
        <div>
          <h2>Warnings</h2>
          <Lamps pack={pack} />
        </div>
        <div>
          <h2>Relays</h2>
          <Relays pack={pack} />
        </div>
        <div>
          <h2 class="visually-hidden">Extremes</h2>
          <Extremes pack={pack} />
        </div>
        <MoreDetails pack={pack} />
      </div>
      <div class="cells card">
        <Cells pack={pack} key={pack.id} />
      </div>
    </section>
  );
}
