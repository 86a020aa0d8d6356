/**
 * What an owner does to the board that is no setting: a new PIN, energy counters back to zero.
 * SPDX-License-Identifier: Apache-2.0
 */
import { useSignal } from "@preact/signals";
import type { BoardDesk } from "../state/board_desk";
import { NoteLine } from "./note_line";
import { is_whole_pin, PinInput } from "./pin_dialog";

interface CommandProps {
  readonly desk: BoardDesk;
  readonly reachable: boolean;
}

function NewPin({ desk, reachable }: CommandProps) {
  const first = useSignal("");
  const second = useSignal("");
  const both = is_whole_pin(first.value) && is_whole_pin(second.value);
  const differ = both && first.value !== second.value;
  const ready = reachable && both && !differ && !desk.busy.value.has("change_pin");
  const change = (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    void desk.change_pin(first.value);
    first.value = second.value = "";
  };
  return (
    <form class="command" onSubmit={change} aria-label="Change the PIN">
      <p class="command-title">Change PIN</p>
      <p class="hint">Whoever knows it can change every setting. Fresh boards have 1234.</p>
      <div class="edit-line">
        <PinInput
          id="new-pin"
          label="New PIN"
          value={first.value}
          on_input={(pin) => (first.value = pin)}
        />
        <PinInput
          id="new-pin-again"
          label="Once more"
          value={second.value}
          invalid={differ}
          described_by="new-pin-problem"
          on_input={(pin) => (second.value = pin)}
        />
        <button type="submit" disabled={!ready} data-testid="change-pin">
          Change
        </button>
      </div>
      <p class="problem" id="new-pin-problem" role="status">
        {differ ? "The two are not the same." : ""}
      </p>
      <NoteLine id="note-change_pin" note={desk.notes.value.get("change_pin")} />
    </form>
  );
}

function ClearEnergy({ desk, reachable }: CommandProps) {
  const busy = desk.busy.value.has("clear_energy");
  return (
    <div class="command">
      <p class="command-title">Clear energy counters</p>
      <p class="hint">Today's and total energy, collected and consumed, count from 0 again.</p>
      <button
        type="button"
        disabled={!reachable || busy}
        data-testid="clear-energy"
        onClick={() => void desk.clear_energy()}
      >
        Clear …
      </button>
      <NoteLine id="note-clear_energy" note={desk.notes.value.get("clear_energy")} />
    </div>
  );
}

/** The card of commands. Each asks for the PIN before anything is done. */
export function BoardCommands(props: CommandProps) {
  return (
    <section class="card setting-group" aria-labelledby="group-board">
      <h3 id="group-board">This board</h3>
      <NewPin {...props} />
      <ClearEnergy {...props} />
    </section>
  );
}
