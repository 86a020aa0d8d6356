/**
 * Changes one setting: a number with steps, or a choice. What is typed is held against the limits
 * that came with the setting; the board judges for itself when it is saved.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Setting } from "../api/settings";
import type { BoardDesk, HeldDraft } from "../state/board_desk";
import { draft_of, is_chosen, parse_draft, stepped, unit_sign } from "../state/setting_text";
import type { Draft } from "../state/setting_text";
import {
  choice_word,
  inherit_word,
  setting_hint,
  setting_value_text,
} from "../state/setting_words";

interface FieldProps {
  readonly setting: Setting;
  readonly draft: HeldDraft;
  readonly described_by: string;
  readonly invalid: boolean;
  readonly on_edit: (draft: Draft) => void;
}

function values_of({ minimum, maximum, step }: Setting): number[] {
  const count = Math.min(256, Math.floor((maximum - minimum) / step) + 1);
  return Array.from({ length: count }, (_, index) => minimum + index * step);
}

function ChoiceField({ setting, draft, described_by, on_edit }: FieldProps) {
  return (
    <select
      data-testid={`edit-${setting.name}`}
      aria-label={setting.title}
      aria-describedby={described_by}
      value={draft.text}
      onChange={(event) => on_edit({ text: event.currentTarget.value, inherited: false })}
    >
      {values_of(setting).map((value) => (
        <option key={value} value={String(value)}>
          {choice_word(setting, value)}
        </option>
      ))}
    </select>
  );
}

const key_steps: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

function StepButton(props: { field: FieldProps; steps: 1 | -1 }) {
  const { setting, draft, on_edit } = props.field;
  const more = props.steps > 0;
  return (
    <button
      type="button"
      class="step"
      aria-label={`${setting.title}: one step ${more ? "up" : "down"}`}
      disabled={draft.inherited}
      onClick={() => on_edit(stepped(setting, draft, props.steps))}
    >
      {more ? "+" : "−"}
    </button>
  );
}

function NumberField(props: FieldProps) {
  const { setting, draft, on_edit } = props;
  const walk = (event: KeyboardEvent) => {
    const steps = key_steps[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    on_edit(stepped(setting, draft, steps));
  };
  return (
    <span class="number-field">
      <StepButton field={props} steps={-1} />
      <input
        type="text"
        // Phones' decimal pads have no minus sign.
        inputMode={setting.minimum < 0 ? "text" : "decimal"}
        autocomplete="off"
        data-testid={`edit-${setting.name}`}
        aria-label={`${setting.title} in ${unit_sign(setting) || "whole numbers"}`}
        aria-describedby={props.described_by}
        aria-invalid={props.invalid}
        disabled={draft.inherited}
        value={draft.text}
        onKeyDown={walk}
        onInput={(event) => on_edit({ text: event.currentTarget.value, inherited: false })}
      />
      <span class="field-unit">{unit_sign(setting)}</span>
      <StepButton field={props} steps={1} />
    </span>
  );
}

function InheritField({ setting, draft, on_edit }: FieldProps) {
  if (setting.inherit === null) return null;
  return (
    <label class="inherit">
      <input
        type="checkbox"
        data-testid={`inherit-${setting.name}`}
        checked={draft.inherited}
        onChange={(event) => on_edit({ text: draft.text, inherited: event.currentTarget.checked })}
      />{" "}
      {inherit_word(setting)}
    </label>
  );
}

interface EditorProps {
  readonly desk: BoardDesk;
  readonly setting: Setting;
  readonly draft: HeldDraft;
  /** Whether the board can be asked now. */
  readonly reachable: boolean;
  readonly note_id: string;
}

function Buttons({ desk, setting, draft, reachable }: EditorProps) {
  const { name } = setting;
  const parsed = parse_draft(setting, draft);
  const unchanged = "value" in parsed && parsed.value === setting.value;
  const busy = desk.busy.value.has(name);
  const is_preset = "value" in parsed && parsed.value === setting.preset;
  return (
    <span class="buttons">
      {!is_preset && (
        <button type="button" onClick={() => desk.edit(name, draft_of(setting, setting.preset))}>
          Default
        </button>
      )}
      <button type="button" data-testid={`cancel-${name}`} onClick={() => desk.close(name)}>
        Cancel
      </button>
      <button
        type="submit"
        class="primary"
        data-testid={`save-${name}`}
        disabled={busy || !reachable || unchanged || "problem" in parsed}
      >
        {busy ? "Saving …" : "Save"}
      </button>
    </span>
  );
}

function Meanwhile({ setting, draft }: { setting: Setting; draft: HeldDraft }) {
  if (draft.base === setting.value) return null;
  const before = setting_value_text(setting, draft.base);
  return (
    <p class="problem" role="status" data-testid={`meanwhile-${setting.name}`}>
      Changed on the board meanwhile, from {before} to {setting_value_text(setting, setting.value)}.
    </p>
  );
}

/** The opened half of a setting's row. */
export function SettingEditor(props: EditorProps) {
  const { desk, setting, draft, note_id } = props;
  const parsed = parse_draft(setting, draft);
  const problem = "problem" in parsed ? parsed.problem : "";
  const problem_id = `problem-${setting.name}`;
  const field: FieldProps = {
    setting,
    draft,
    described_by: `limits-${setting.name} ${problem_id} ${note_id}`,
    invalid: problem !== "",
    on_edit: (next) => desk.edit(setting.name, next),
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (props.reachable) void desk.save(setting.name);
  };
  return (
    <form class="editor" onSubmit={save}>
      <p class="hint">{setting_hint(setting)}</p>
      <InheritField {...field} />
      <div class="edit-line">
        {is_chosen(setting) ? <ChoiceField {...field} /> : <NumberField {...field} />}
        <Buttons {...props} />
      </div>
      <p class="problem" id={problem_id} role="status" data-testid={problem_id}>
        {problem}
      </p>
      <Meanwhile setting={setting} draft={draft} />
    </form>
  );
}
