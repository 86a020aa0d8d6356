/**
 * The manual's "prevent auto-lock": a choice of this device, not of the board.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { AwakeState, ScreenAwake } from "../state/screen_awake";

const words: Readonly<Record<AwakeState, string>> = {
  off: "The screen stays on while this page is open.",
  on: "The screen stays on while this page is open.",
  refused: "The browser does not keep the screen on now; many do not with an empty battery.",
  unsupported: "This browser cannot keep the screen on. Most can, but over https only.",
};

/** The card of what this device remembers. */
export function ScreenSwitch({ awake }: { readonly awake: ScreenAwake }) {
  const state = awake.state.value;
  return (
    <section class="card setting-group" aria-labelledby="group-device">
      <h3 id="group-device">This device</h3>
      <div class="command">
        <label class="switch-line">
          <span class="command-title">Prevent auto-lock</span>
          <input
            type="checkbox"
            role="switch"
            data-testid="awake"
            data-value={state}
            checked={awake.wanted.value}
            disabled={state === "unsupported"}
            aria-describedby="awake-words"
            onChange={() => void awake.toggle()}
          />
        </label>
        <p class="hint" id="awake-words">
          {words[state]}
        </p>
      </div>
    </section>
  );
}
