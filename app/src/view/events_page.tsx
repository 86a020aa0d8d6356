/**
 * The board's log: what happened, when, why, at which cell. The words are the gateway's.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { BoardEvent, EventsDocument } from "../api/settings";
import type { Pack } from "../api/types";
import type { BoardDesk, Held } from "../state/board_desk";
import type { Store } from "../state/store";
import { AppLinkNotice } from "./app_link_notice";
import { age_text, clock_text, day_text } from "./format";
import { PinDialog } from "./pin_dialog";
import { PartHeading } from "./settings_page";

/** How an event is marked: by colour, by sign, and by its text. */
type Mark = "bad" | "warn" | "good" | "plain";

const marks: Readonly<Record<string, Mark>> = {
  charge_opened: "warn",
  load_opened: "warn",
  charge_closed: "good",
  load_closed: "good",
  alarm_on: "bad",
  alarm_off: "good",
  memory_damaged: "bad",
};

const signs: Readonly<Record<Mark, string>> = { bad: "!", warn: "○", good: "✓", plain: "·" };

interface Day {
  readonly name: string;
  readonly events: readonly TimedEvent[];
}

interface TimedEvent {
  readonly event: BoardEvent;
  readonly age_ms: number;
  readonly at: Date;
}

/**
 * The events by day, newest first.
 * @param elapsed_ms  time since the log was read
 */
export function by_day(
  events: readonly BoardEvent[],
  elapsed_ms: number,
  today: Date,
): readonly Day[] {
  const days: { name: string; events: TimedEvent[] }[] = [];
  for (const event of events) {
    const age_ms = event.age_s * 1000 + elapsed_ms;
    const at = new Date(today.getTime() - age_ms);
    const name = day_text(at, today);
    if (days.at(-1)?.name !== name) days.push({ name, events: [] });
    days.at(-1)?.events.push({ event, age_ms, at });
  }
  return days;
}

function EventLine({ event, age_ms, at }: TimedEvent) {
  const mark = marks[event.kind] ?? "plain";
  return (
    <li class="event" data-mark={mark} data-testid="event" data-value={event.kind}>
      <span class="event-sign" aria-hidden="true">
        {signs[mark]}
      </span>
      <time class="event-time" dateTime={at.toISOString()}>
        {clock_text(at)}
      </time>
      <span class="event-text">{event.text}</span>
      <span class="event-age">{age_text(age_ms)} ago</span>
    </li>
  );
}

function Days({ held, now_ms }: { held: Held<EventsDocument>; now_ms: number }) {
  const { events } = held.document;
  if (events.length === 0) return <p class="card notice">The board's log is empty.</p>;
  const elapsed_ms = Math.max(0, now_ms - held.read_at_ms);
  return (
    <>
      {by_day(events, elapsed_ms, new Date()).map((day) => (
        <section class="card event-day" key={day.name} aria-label={day.name}>
          <h3>{day.name}</h3>
          <ol>
            {day.events.map((timed, index) => (
              <EventLine key={index} {...timed} />
            ))}
          </ol>
        </section>
      ))}
      <p class="hint">
        {events.length} events. The board keeps its newest 96, and counts their age with its own
        clock.
      </p>
    </>
  );
}

interface PageProps {
  readonly store: Store;
  readonly pack: Pack;
  readonly desk: BoardDesk;
}

/** The part "Events". */
export function EventsPage({ store, pack, desk }: PageProps) {
  const held = desk.events.value;
  const now_ms = store.now_ms.value;
  return (
    <section class="events" aria-label="Events">
      <div class="part-head">
        <PartHeading text="Events" />
        {held !== null && (
          <p class="read-age" data-testid="events-age">
            Read {age_text(Math.max(0, now_ms - held.read_at_ms))} ago
          </p>
        )}
      </div>
      <AppLinkNotice pack={pack} desk={desk} reading={held === null} />
      {held !== null && <Days held={held} now_ms={now_ms} />}
      <PinDialog gate={desk.gate} now_ms={now_ms} />
    </section>
  );
}
