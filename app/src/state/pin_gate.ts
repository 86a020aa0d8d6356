/**
 * Asks the owner for the PIN before something is changed, and remembers a right one for some
 * minutes, in this page only. A wrong PIN changes nothing: the same change can be tried again.
 * SPDX-License-Identifier: Apache-2.0
 */
import { batch, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Answer } from "../api/board_api";
import type { Clock } from "../live/clock";

/** How long a PIN is remembered after it was last right. */
export const remember_ms = 300_000;

/** What comes of a request that needs a PIN. */
type Outcome = Answer<unknown>;

/** Something that needs the PIN. */
export interface Guarded<T> {
  /** What will happen, in words, for the owner to read before giving the PIN. */
  readonly what: string;
  readonly perform: (pin: string) => Promise<Answer<T>>;
  /** Called with every outcome but a wrong PIN. */
  readonly done: (answer: Answer<T>) => void;
}

/** An open question for the PIN. */
export interface PinQuestion {
  readonly what: string;
  /** Why the last PIN did not do; empty at first. */
  readonly problem: string;
  /** Until when no PIN is looked at, by the App's clock. */
  readonly wait_until_ms: number;
  readonly busy: boolean;
}

function is_wrong_pin(answer: Outcome): boolean {
  return answer.kind === "refused" && answer.refusal.code === "wrong_pin";
}

/** One for each pack. Only one question is open at a time. */
export class PinGate {
  readonly question: Signal<PinQuestion | null> = signal(null);
  /** Until when the last right PIN is remembered; 0 when none is. */
  readonly remembered_until_ms = signal(0);
  private readonly clock: Clock;
  private pin = "";
  private waiting: Guarded<unknown> | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Does it with the remembered PIN, or asks for one first. Drops a question that is open. */
  ask<T>(guarded: Guarded<T>): Promise<void> {
    this.waiting = guarded as Guarded<unknown>;
    if (this.clock() < this.remembered_until_ms.peek()) return this.perform(this.pin);
    this.forget();
    this.question.value = { what: guarded.what, problem: "", wait_until_ms: 0, busy: false };
    return Promise.resolve();
  }

  /** The owner's answer to the open question. */
  give(pin: string): Promise<void> {
    const question = this.question.peek();
    if (question === null || question.busy) return Promise.resolve();
    this.question.value = { ...question, busy: true };
    return this.perform(pin);
  }

  /** The owner does not want to. */
  cancel(): void {
    this.waiting = null;
    this.question.value = null;
  }

  /** Asks again next time. */
  forget(): void {
    this.pin = "";
    this.remembered_until_ms.value = 0;
  }

  private async perform(pin: string): Promise<void> {
    const guarded = this.waiting;
    if (guarded === null) return;
    const answer = await guarded.perform(pin);
    batch(() => {
      // Cancelled meanwhile: what came of it must be said all the same.
      const still_asked = this.waiting === guarded;
      if (is_wrong_pin(answer) && still_asked) this.ask_again(guarded, answer);
      else this.finish(guarded, answer, pin, still_asked);
    });
  }

  private ask_again(guarded: Guarded<unknown>, answer: Outcome): void {
    if (answer.kind !== "refused") return;
    this.forget();
    const { message, wait_s } = answer.refusal;
    this.question.value = {
      what: guarded.what,
      problem: wait_s > 0 ? "The PIN was wrong too often." : `${message}.`.replace(/^t/, "T"),
      wait_until_ms: wait_s > 0 ? this.clock() + wait_s * 1000 : 0,
      busy: false,
    };
  }

  private finish(g: Guarded<unknown>, answer: Outcome, pin: string, still_asked: boolean): void {
    if (still_asked) this.cancel();
    // Whatever else is said of it, the PIN was right: it is looked at first.
    const refused = answer.kind === "refused" && answer.refusal.code === "refused";
    if (answer.kind === "done" || refused) {
      this.pin = pin;
      this.remembered_until_ms.value = this.clock() + remember_ms;
    }
    g.done(answer);
  }
}
