/**
 * What must be seen before any number: that the page is not live, and every alarm.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { AlarmName, Pack } from "../api/types";
import type { Connection } from "../live/live_socket";
import type { SeenPack } from "../state/store";
import { alarm_names } from "../state/alarm_memory";
import { Icon } from "../pictures/icons";
import { age_text } from "./format";
import {
  alarm_cell,
  alarm_lamp,
  chain_sentence,
  has_chain_fault,
  lamp_words,
  liveness_sentences,
} from "./words";

interface NotLiveProps {
  readonly seen: SeenPack;
  readonly connection: Connection;
  readonly now_ms: number;
  readonly on_retry: () => void;
}

/** How old the newest values are; they are at least as old as the silence. */
function oldest_age(seen: SeenPack): string {
  const age_ms = seen.pack.link.age_ms;
  if (age_ms === null) return "No value has ever arrived.";
  return `Every value is the last known one, ${age_text(Math.max(age_ms, seen.silence_ms))} old.`;
}

/** The countdown to the next try, and a button for the impatient. */
export function Retry({ connection, now_ms, on_retry }: Omit<NotLiveProps, "seen">) {
  if (connection.state !== "lost") return null;
  const seconds = Math.ceil(Math.max(0, connection.next_try_at_ms - now_ms) / 1000);
  return (
    <span class="retry">
      {seconds > 0 ? `Trying again in ${seconds} s.` : "Trying again now."}{" "}
      <button type="button" onClick={on_retry}>
        Try now
      </button>
    </span>
  );
}

const silent_by_break = "The BMS sends none while its chain is at fault.";

/** Says why the values are not live, and how old they are; nothing while they are. */
export function NotLiveBanner({ seen, connection, now_ms, on_retry }: NotLiveProps) {
  const { liveness, pack } = seen;
  if (liveness === "online") return null;
  const from_gateway = liveness === "silent" || liveness === "down" || liveness === "unknown";
  return (
    <div class="banner not-live" data-testid="not-live" data-value={liveness}>
      <Icon name="broken" />
      <p>
        <strong>{liveness_sentences[liveness]}</strong>{" "}
        {liveness === "silent" && has_chain_fault(pack) && silent_by_break} {oldest_age(seen)}{" "}
        {from_gateway && pack.link.text !== "" && <span>({pack.link.text}) </span>}
        <Retry connection={connection} now_ms={now_ms} on_retry={on_retry} />
      </p>
    </div>
  );
}

interface AlarmLine {
  readonly text: string;
  readonly live: boolean;
}

/** What an alarm says; of the chain the place too, once the board has told it. */
function alarm_text(pack: Pack, name: AlarmName): string {
  const cell = alarm_cell(pack, name);
  if (name === "communication") return chain_sentence(pack) || lamp_words[name].alarm;
  return lamp_words[name].alarm + (cell === null ? "" : ` (cell ${cell})`);
}

/** One line for each alarm of a pack, current or last known; `live` tells which. */
export function alarm_lines(seen: SeenPack): readonly AlarmLine[] {
  const { pack } = seen;
  return alarm_names.flatMap((name) => {
    const lamp = alarm_lamp(pack, name);
    if (lamp !== "on" && lamp !== "was_on") return [];
    const text = alarm_text(pack, name);
    return [{ text: lamp === "on" ? text : `${text}, last known`, live: lamp === "on" }];
  });
}

/** Every alarm of every pack; one that data loss left open stays, marked as last known. */
export function AlarmBanner({ packs }: { readonly packs: readonly SeenPack[] }) {
  const lines = packs.flatMap((seen) =>
    alarm_lines(seen).map((line) => {
      const owner = packs.length > 1 ? `${seen.pack.name}: ` : "";
      return { ...line, text: owner + line.text };
    }),
  );
  if (lines.length === 0) return null;
  return (
    <div class="banner alarm" data-testid="alarm-banner">
      <Icon name="warning" />
      <ul>
        {lines.map((line) => (
          <li key={line.text} data-live={line.live}>
            {line.text}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Without the cell, which may change with every frame. */
function spoken_alarm(pack: Pack, name: AlarmName): string {
  return name === "communication" ? alarm_text(pack, name) : lamp_words[name].alarm;
}

/** Speaks alarms and the link's state to screen readers, once for each change and no number. */
export function Announcer({ packs }: { readonly packs: readonly SeenPack[] }) {
  const alarms = packs.flatMap(({ pack }) =>
    alarm_names
      .filter((name) => ["on", "was_on"].includes(alarm_lamp(pack, name)))
      .map((name) => `${pack.name}: ${spoken_alarm(pack, name)}.`),
  );
  const links = packs.map(
    ({ pack, liveness }) => `${pack.name}: ${liveness_sentences[liveness] || "Live."}`,
  );
  return (
    <div class="visually-hidden">
      <div role="alert">{alarms.join(" ")}</div>
      <div role="status">{links.join(" ")}</div>
    </div>
  );
}
