/**
 * One setting: what it is set to, what it may be, and, when opened, how to change it.
 * SPDX-License-Identifier: Apache-2.0
 */
import { useEffect, useRef } from "preact/hooks";
import type { Setting } from "../api/settings";
import type { BoardDesk } from "../state/board_desk";
import { limits_text, setting_value_text } from "../state/setting_words";
import { CapacityAdvisor } from "./capacity_advisor";
import { NoteLine } from "./note_line";
import { SettingEditor } from "./setting_editor";

/** What the page knows of the pack beside its settings. */
export interface RowContext {
  readonly desk: BoardDesk;
  readonly reachable: boolean;
  /** Whether the values are what the board has now. */
  readonly live: boolean;
  readonly cell_count: number | null;
  readonly nominal_mv: number | null;
}

interface RowProps extends RowContext {
  readonly setting: Setting;
}

/** Brings the focus back to the row when its editor is gone. */
function useFocusBack(is_open: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const was_open = useRef(is_open);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (was_open.current && !is_open && lost) button.current?.focus();
    was_open.current = is_open;
  }, [is_open]);
  return button;
}

function ShownValue({ setting, live }: { setting: Setting; live: boolean }) {
  return (
    <span
      class="value setting-value"
      data-testid={`setting-${setting.name}`}
      data-value={setting.value}
      data-state={live ? "fresh" : "stale"}
    >
      <span class="figure">{setting_value_text(setting, setting.value)}</span>
      {!live && <span class="visually-hidden"> last known, not live</span>}
    </span>
  );
}

/** A row of the list. */
export function SettingRow(props: RowProps) {
  const { setting, desk, live } = props;
  const draft = desk.drafts.value.get(setting.name);
  const is_open = draft !== undefined;
  const button = useFocusBack(is_open);
  const note_id = `note-${setting.name}`;
  const toggle = () => (is_open ? desk.close(setting.name) : desk.open(setting.name));
  return (
    <li class="setting" data-open={is_open} data-preset={setting.value === setting.preset}>
      <button
        type="button"
        class="setting-head"
        ref={button}
        aria-expanded={is_open}
        data-testid={`open-${setting.name}`}
        onClick={toggle}
      >
        <span class="setting-title">{setting.title}</span>{" "}
        <ShownValue setting={setting} live={live} />
        <span class="setting-sign" aria-hidden="true" />
      </button>
      <p class="setting-limits" id={`limits-${setting.name}`}>
        {limits_text(setting)}
      </p>
      {draft !== undefined && (
        <>
          <SettingEditor
            desk={desk}
            setting={setting}
            draft={draft}
            reachable={props.reachable}
            note_id={note_id}
          />
          {setting.name === "capacity" && <CapacityAdvisor {...props} />}
        </>
      )}
      <NoteLine id={note_id} note={desk.notes.value.get(setting.name)} />
    </li>
  );
}
