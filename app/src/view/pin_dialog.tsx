/**
 * Asks for the PIN, and says what it is asked for. A wrong one changes nothing and can be mended.
 * SPDX-License-Identifier: Apache-2.0
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { PinGate, PinQuestion } from "../state/pin_gate";

const digits = 4;

interface PinInputProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly described_by?: string;
  readonly invalid?: boolean;
  readonly on_input: (pin: string) => void;
}

/** Four digits that nobody can read over a shoulder. */
export function PinInput(props: PinInputProps) {
  return (
    <label class="pin-label">
      {props.label}
      <input
        id={props.id}
        class="pin"
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={digits}
        value={props.value}
        data-testid={props.id}
        aria-invalid={props.invalid ?? false}
        aria-describedby={props.described_by}
        onInput={(event) => {
          const pin = event.currentTarget.value.replace(/\D/g, "").slice(0, digits);
          event.currentTarget.value = pin;
          props.on_input(pin);
        }}
      />
    </label>
  );
}

/** Whether a PIN is whole. */
export function is_whole_pin(pin: string): boolean {
  return pin.length === digits;
}

function Problem({ question, wait_s }: { question: PinQuestion; wait_s: number }) {
  const wait = wait_s > 0 ? ` No PIN is looked at for ${wait_s} s.` : "";
  return (
    <p class="problem" id="pin-problem" data-testid="pin-problem" data-wait={wait_s}>
      <span role="alert">{question.problem}</span>
      {wait}
    </p>
  );
}

interface OpenProps {
  readonly gate: PinGate;
  readonly question: PinQuestion;
  readonly now_ms: number;
}

function PinForm({ gate, question, now_ms }: OpenProps) {
  const pin = useSignal("");
  const wait_s = Math.max(0, Math.ceil((question.wait_until_ms - now_ms) / 1000));
  const ready = is_whole_pin(pin.value) && !question.busy && wait_s === 0;
  const give = (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    void gate.give(pin.value);
    pin.value = "";
  };
  return (
    <form onSubmit={give}>
      <h2 id="pin-title">PIN of the BMS</h2>
      <p class="pin-what" data-testid="pin-what">
        {question.what}
      </p>
      <PinInput
        id="pin-input"
        label="Four digits"
        value={pin.value}
        described_by="pin-problem"
        invalid={question.problem !== ""}
        on_input={(next) => (pin.value = next)}
      />
      <Problem question={question} wait_s={wait_s} />
      <div class="buttons">
        <button type="button" onClick={() => gate.cancel()} data-testid="pin-cancel">
          Cancel
        </button>
        <button type="submit" class="primary" disabled={!ready} data-testid="pin-ok">
          {question.busy ? "Asking the board …" : "OK"}
        </button>
      </div>
    </form>
  );
}

function OpenDialog(props: OpenProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    // A browser without modal dialogs shows it in the page.
    if (typeof element?.showModal === "function") element.showModal();
    else element?.setAttribute("open", "");
    element?.querySelector("input")?.focus();
  }, []);
  useEffect(() => {
    if (!props.question.busy) dialog.current?.querySelector("input")?.focus();
  }, [props.question.busy]);
  return (
    <dialog
      ref={dialog}
      class="card"
      aria-labelledby="pin-title"
      data-testid="pin-dialog"
      onCancel={(event) => {
        event.preventDefault();
        props.gate.cancel();
      }}
    >
      <PinForm {...props} />
    </dialog>
  );
}

/** The dialog, while there is a question. */
export function PinDialog({ gate, now_ms }: { readonly gate: PinGate; readonly now_ms: number }) {
  const question = gate.question.value;
  if (question === null) return null;
  return <OpenDialog gate={gate} question={question} now_ms={now_ms} />;
}
