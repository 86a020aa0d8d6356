/**
 * One pack's settings and log as this page holds them: what the board has, what the owner has
 * drafted, what came of each change. Nothing here is lost when the connection is; nothing is
 * changed without the board's word.
 * SPDX-License-Identifier: Apache-2.0
 */
import { batch, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Answer, BoardApi } from "../api/board_api";
import type { EventsDocument, Setting, SettingsDocument } from "../api/settings";
import type { Clock } from "../live/clock";
import { PinGate } from "./pin_gate";
import { draft_of, parse_draft } from "./setting_text";
import type { Draft } from "./setting_text";
import { setting_value_text } from "./setting_words";

/** What came of the last change of one setting, or of one command. */
export interface Note {
  readonly kind: "saved" | "refused" | "lost";
  readonly text: string;
}

/** A draft and the value that the board had when it was begun. */
export interface HeldDraft extends Draft {
  readonly base: number;
}

/** Something read from the board. */
export interface Held<T> {
  readonly document: T;
  readonly read_at_ms: number;
}

/** The note of the commands that are no setting. */
export type CommandName = "change_pin" | "clear_energy" | "login";

const lost_text =
  "No answer came: whether it was changed is not known. Wait for the connection and look.";

function note_of(answer: Answer<unknown>, saved: string): Note {
  if (answer.kind === "done") return { kind: "saved", text: saved };
  if (answer.kind === "lost") return { kind: "lost", text: lost_text };
  return { kind: "refused", text: answer.refusal.message };
}

function with_entry<T>(map: ReadonlyMap<string, T>, key: string, entry: T | null) {
  const next = new Map(map);
  if (entry === null) next.delete(key);
  else next.set(key, entry);
  return next;
}

/** The desk of one pack. */
export class BoardDesk {
  readonly settings: Signal<Held<SettingsDocument> | null> = signal(null);
  readonly events: Signal<Held<EventsDocument> | null> = signal(null);
  readonly drafts: Signal<ReadonlyMap<string, HeldDraft>> = signal(new Map());
  readonly notes: Signal<ReadonlyMap<string, Note>> = signal(new Map());
  /** Names of what is being changed now. */
  readonly busy: Signal<ReadonlySet<string>> = signal(new Set());
  readonly gate: PinGate;
  private readonly api: BoardApi;
  private readonly id: string;
  private readonly clock: Clock;

  constructor(api: BoardApi, id: string, clock: Clock) {
    this.api = api;
    this.id = id;
    this.clock = clock;
    this.gate = new PinGate(clock);
  }

  /** Reads every setting anew. A reading that fails leaves the last one, with its age. */
  async read_settings(): Promise<void> {
    const asked_at_ms = this.clock();
    const answer = await this.api.settings(this.id);
    if (answer.kind !== "done") return;
    // A change that came while this was under way is newer than the answer.
    if ((this.settings.peek()?.read_at_ms ?? -1) > asked_at_ms) return;
    this.settings.value = { document: answer.value, read_at_ms: this.clock() };
  }

  /** Reads the log anew. */
  async read_events(): Promise<void> {
    const answer = await this.api.events(this.id);
    if (answer.kind === "done") {
      this.events.value = { document: answer.value, read_at_ms: this.clock() };
    }
  }

  /** One setting as the board has it. */
  setting(name: string): Setting | null {
    const held = this.settings.peek();
    return held?.document.settings.find((setting) => setting.name === name) ?? null;
  }

  /** How many drafts differ from what the board has. */
  unsaved(): number {
    const settings = this.settings.value?.document.settings ?? [];
    return settings.filter((setting) => {
      const draft = this.drafts.value.get(setting.name);
      if (draft === undefined) return false;
      const parsed = parse_draft(setting, draft);
      return "problem" in parsed || parsed.value !== setting.value;
    }).length;
  }

  /** Begins to change a setting, from what the board has. */
  open(name: string): void {
    const setting = this.setting(name);
    if (setting === null || this.drafts.peek().has(name)) return;
    const draft = { ...draft_of(setting, setting.value), base: setting.value };
    batch(() => {
      this.drafts.value = with_entry(this.drafts.peek(), name, draft);
      this.put_note(name, null);
    });
  }

  /** What the owner has typed or chosen. */
  edit(name: string, draft: Draft): void {
    const held = this.drafts.peek().get(name);
    if (held === undefined) return;
    batch(() => {
      this.drafts.value = with_entry(this.drafts.peek(), name, { ...draft, base: held.base });
      this.put_note(name, null);
    });
  }

  /** Drops a draft. */
  close(name: string): void {
    batch(() => {
      this.drafts.value = with_entry(this.drafts.peek(), name, null);
      this.put_note(name, null);
    });
  }

  /** Gives a draft to the board, after the PIN. A draft that cannot be right stays here. */
  save(name: string): Promise<void> {
    const setting = this.setting(name);
    const draft = this.drafts.peek().get(name);
    if (setting === null || draft === undefined || this.busy.peek().has(name)) {
      return Promise.resolve();
    }
    const parsed = parse_draft(setting, draft);
    if ("problem" in parsed) {
      this.put_note(name, { kind: "refused", text: parsed.problem });
      return Promise.resolve();
    }
    const from = setting_value_text(setting, setting.value);
    return this.gate.ask({
      what: `${setting.title}: ${from} → ${setting_value_text(setting, parsed.value)}`,
      perform: (pin) =>
        this.while_busy(name, () => this.api.set(this.id, name, parsed.value, pin)),
      done: (answer) => this.take_saved(name, answer),
    });
  }

  /** Changes the PIN. @param new_pin four digits */
  change_pin(new_pin: string): Promise<void> {
    const forget = () => this.gate.forget();
    const perform = (pin: string) => this.api.change_pin(this.id, pin, new_pin);
    return this.command("change_pin", "Change the PIN", "The PIN is changed.", perform, forget);
  }

  /** Zeroes the energy counters. */
  clear_energy(): Promise<void> {
    const what = "Clear the energy counters: today's and total energy count from 0";
    return this.command("clear_energy", what, "The energy counters are cleared.", (pin) =>
      this.api.clear_energy(this.id, pin),
    );
  }

  /** Gives the gateway the PIN that the board wants. */
  login(): Promise<void> {
    return this.command("login", "Log the gateway in at the board", "Logged in.", (pin) =>
      this.api.login(this.id, pin),
    );
  }

  private command(
    name: CommandName,
    what: string,
    saved: string,
    perform: (pin: string) => Promise<Answer<true>>,
    after: () => void = () => undefined,
  ): Promise<void> {
    this.put_note(name, null);
    // Whoever picks up the device must not do this with a PIN that another has given.
    this.gate.forget();
    return this.gate.ask({
      what,
      perform: (pin) => this.while_busy(name, () => perform(pin)),
      done: (answer) => {
        after();
        this.put_note(name, note_of(answer, saved));
      },
    });
  }

  private take_saved(name: string, answer: Answer<Setting>): void {
    if (answer.kind !== "done") {
      this.put_note(name, note_of(answer, ""));
      return;
    }
    const now = setting_value_text(answer.value, answer.value.value);
    const text = `Saved. The board reads back ${now}.`;
    this.drafts.value = with_entry(this.drafts.peek(), name, null);
    this.put_note(name, { kind: "saved", text });
    const held = this.settings.peek();
    if (held === null) return;
    const settings = held.document.settings.map((setting) =>
      setting.name === name ? answer.value : setting,
    );
    const document = { ...held.document, settings };
    this.settings.value = { document, read_at_ms: this.clock() };
  }

  private put_note(name: string, note: Note | null): void {
    if (note === null && !this.notes.peek().has(name)) return;
    this.notes.value = with_entry(this.notes.peek(), name, note);
  }

  private async while_busy<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.busy.value = new Set([...this.busy.peek(), name]);
    try {
      return await work();
    } finally {
      this.busy.value = new Set([...this.busy.peek()].filter((other) => other !== name));
    }
  }
}
