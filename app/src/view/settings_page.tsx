/**
 * The settings of the pack on show. Everything on it but words comes from the board, with the
 * limits: a setting that a newer board adds appears by itself.
 * SPDX-License-Identifier: Apache-2.0
 */
import { useEffect, useRef } from "preact/hooks";
import type { Pack } from "../api/types";
import type { SettingsDocument } from "../api/settings";
import type { BoardDesk } from "../state/board_desk";
import type { ScreenAwake } from "../state/screen_awake";
import { grouped } from "../state/setting_words";
import type { Store } from "../state/store";
import { BoardCommands } from "./board_commands";
import { cell_volts, plain } from "./format";
import { AppLinkNotice, PinMemory, ReadAge } from "./app_link_notice";
import { PinDialog } from "./pin_dialog";
import { ScreenSwitch } from "./screen_switch";
import { SettingRow } from "./setting_row";
import type { RowContext } from "./setting_row";

/** Settings older than this are shown as the last known ones. */
const stale_after_ms = 10_000;

interface PageProps {
  readonly store: Store;
  readonly pack: Pack;
  readonly desk: BoardDesk;
  readonly awake: ScreenAwake;
}

function VBypass({ v_bypass_mv, live }: { v_bypass_mv: number | null; live: boolean }) {
  return (
    <li class="setting" data-open="false" data-preset="true">
      <p class="setting-head fixed">
        <span class="setting-title">V bypass</span>{" "}
        <span
          class="value setting-value"
          data-testid="setting-v_bypass"
          data-value={String(v_bypass_mv)}
          data-state={v_bypass_mv === null ? "missing" : live ? "fresh" : "stale"}
        >
          <span class="figure">
            {v_bypass_mv === null ? "not known" : plain(cell_volts(v_bypass_mv))}
          </span>
        </span>
      </p>
      <p class="setting-limits" data-testid="v-bypass-words">
        Set by switches 2, 6 and 7 on the IN board. It is only shown here.
      </p>
    </li>
  );
}

function Group(props: RowContext & { document: SettingsDocument; group_id: string }) {
  const entry = grouped(props.document.settings).find(({ group }) => group.id === props.group_id);
  if (entry === undefined) return null;
  const { group, settings } = entry;
  return (
    <section class="card setting-group" aria-labelledby={`group-${group.id}`}>
      <h3 id={`group-${group.id}`}>{group.title}</h3>
      <ul>
        {settings.map((setting) => (
          <SettingRow key={setting.name} {...props} setting={setting} />
        ))}
        {group.id === "voltages" && (
          <VBypass v_bypass_mv={props.document.v_bypass_mv} live={props.live} />
        )}
      </ul>
    </section>
  );
}

/** What an owner sets first stands in the first column, which comes first on a phone. */
const columns: readonly (readonly string[])[] = [
  ["power", "voltages", "temperatures"],
  ["restart", "relays", "sensors", "others"],
];

function value_of(document: SettingsDocument, name: string): number | null {
  return document.settings.find((setting) => setting.name === name)?.value ?? null;
}

function context_of({ store, pack, desk }: PageProps): RowContext {
  const held = desk.settings.value;
  const reachable =
    store.connection.value.state === "open" && pack.app_link.state === "ready";
  const age_ms = held === null ? 0 : store.now_ms.value - held.read_at_ms;
  return {
    desk,
    reachable,
    live: reachable && age_ms < stale_after_ms,
    cell_count: pack.cell_count.value,
    nominal_mv: held === null ? null : value_of(held.document, "v_nominal"),
  };
}

function Columns(props: PageProps) {
  const held = props.desk.settings.value;
  const context = context_of(props);
  return (
    <div class="setting-columns">
      <div>
        {held !== null &&
          (columns[0] ?? []).map((id) => (
            <Group key={id} {...context} document={held.document} group_id={id} />
          ))}
      </div>
      <div>
        {held !== null &&
          (columns[1] ?? []).map((id) => (
            <Group key={id} {...context} document={held.document} group_id={id} />
          ))}
        {held !== null && <BoardCommands desk={props.desk} reachable={context.reachable} />}
        <ScreenSwitch awake={props.awake} />
      </div>
    </div>
  );
}

function Unreadable({ document }: { document: SettingsDocument }) {
  const { unreadable } = document;
  if (unreadable === 0) return null;
  return (
    <p class="problem" data-testid="unreadable-settings">
      {unreadable === 1 ? "1 setting" : `${unreadable} settings`} of this board cannot be shown by
      this page: gateway and App do not fit together.
    </p>
  );
}

/** Moves the focus to a part's heading when the owner goes there, so that it is read out. */
export function PartHeading({ text }: { readonly text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const from_link = document.activeElement?.closest("nav") !== null;
    if (document.activeElement !== null && from_link) heading.current?.focus();
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1}>
      {text}
    </h2>
  );
}

/** The part "Settings". */
export function SettingsPage(props: PageProps) {
  const { store, pack, desk } = props;
  const held = desk.settings.value;
  const now_ms = store.now_ms.value;
  return (
    <section class="settings" aria-label="Settings">
      <div class="part-head">
        <PartHeading text="Settings" />
        <ReadAge held={held} now_ms={now_ms} live={context_of(props).live} />
        <PinMemory gate={desk.gate} now_ms={now_ms} />
      </div>
      <AppLinkNotice pack={pack} desk={desk} reading={held === null} />
      {held !== null && <Unreadable document={held.document} />}
      <Columns {...props} />
      <PinDialog gate={desk.gate} now_ms={now_ms} />
    </section>
  );
}
