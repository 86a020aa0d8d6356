/**
 * Says in words whether the board can be asked, and what to do when it cannot.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { ComponentChildren } from "preact";
import type { AppLinkState, Pack } from "../api/types";
import type { BoardDesk, Held } from "../state/board_desk";
import type { PinGate } from "../state/pin_gate";
import { Icon } from "../pictures/icons";
import { age_text } from "./format";
import { NoteLine } from "./note_line";

type Trouble = Exclude<AppLinkState, "ready">;

const sentences: Readonly<Record<Trouble, readonly [string, ComponentChildren]>> = {
  none: [
    "This battery only sends data.",
    <>
      It has no app link, so its settings and events can be neither read nor changed here. Give it
      one with <code>--app-link</code>, or with <code>app_link</code> in the configuration of the
      gateway.
    </>,
  ],
  connecting: [
    "The board cannot be asked yet.",
    "The gateway goes on trying to reach its app link.",
  ],
  locked: [
    "The board is locked.",
    "It does not accept the PIN that the gateway knows. Forgotten? Hold the OUT board's button " +
      "for five seconds: then it is 1234 again.",
  ],
  unknown: ["The app link is in a state that this page does not know.", ""],
};

interface NoticeProps {
  readonly pack: Pack;
  readonly desk: BoardDesk;
  /** Whether nothing has been read from the board yet. */
  readonly reading: boolean;
}

function LogIn({ desk }: { readonly desk: BoardDesk }) {
  return (
    <>
      <button
        type="button"
        class="primary"
        data-testid="login"
        disabled={desk.busy.value.has("login")}
        onClick={() => void desk.login()}
      >
        Enter the PIN
      </button>
      <NoteLine id="note-login" note={desk.notes.value.get("login")} />
    </>
  );
}

/** Nothing while the board can be asked and has been. */
export function AppLinkNotice({ pack, desk, reading }: NoticeProps) {
  const { state, text } = pack.app_link;
  if (state === "ready") {
    if (!reading) return null;
    return (
      <p class="card notice" role="status" data-testid="app-link" data-value="reading">
        Reading from the board …
      </p>
    );
  }
  const [what, advice] = sentences[state];
  return (
    <div class="card notice" data-testid="app-link" data-value={state}>
      <Icon name={state === "locked" ? "warning" : "broken"} />
      <div>
        <p role="status">
          <strong>{what}</strong> {advice} {state === "connecting" && text !== "" && `(${text})`}
        </p>
        {state === "locked" && <LogIn desk={desk} />}
      </div>
    </div>
  );
}

/** How old the newest reading is, once it is not live any more. */
export function ReadAge(props: { held: Held<unknown> | null; now_ms: number; live: boolean }) {
  const { held, now_ms, live } = props;
  if (held === null || live) return null;
  return (
    <p class="read-age" data-testid="settings-age">
      Last read {age_text(Math.max(0, now_ms - held.read_at_ms))} ago
    </p>
  );
}

/** Says that the PIN is remembered, and forgets it when asked. */
export function PinMemory({ gate, now_ms }: { readonly gate: PinGate; readonly now_ms: number }) {
  const left_ms = gate.remembered_until_ms.value - now_ms;
  if (left_ms <= 0) return null;
  return (
    <p class="pin-memory" data-testid="pin-memory">
      PIN known to this page for {Math.ceil(left_ms / 60_000)} min{" "}
      <button type="button" data-testid="pin-forget" onClick={() => gate.forget()}>
        Forget
      </button>
    </p>
  );
}
