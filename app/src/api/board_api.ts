/**
 * Asks the gateway for what a board remembers, and for changes. Every answer is one of three: done,
 * refused with a reason, or none at all; nothing throws.
 * SPDX-License-Identifier: Apache-2.0
 */
import { read_events, read_refusal, read_setting, read_settings } from "./settings";
import type { EventsDocument, Refusal, Setting, SettingsDocument } from "./settings";

/** What came of one request. */
export type Answer<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** No answer, or none that can be read: whether anything was done is not known. */
  | { readonly kind: "lost" };

/** The part of an HTTP answer that is used here. */
export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}

/** Sends one request; rejects when no answer comes. The browser's `fetch`, or a test's. */
export type Send = (
  path: string,
  options: { readonly method: string; readonly body?: string },
) => Promise<HttpAnswer>;

const taken = (): true => true;

async function json_of(answer: HttpAnswer): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

/** The requests of docs/api.md that go to one pack's board. */
export class BoardApi {
  private readonly send: Send;

  constructor(send: Send) {
    this.send = send;
  }

  settings(id: string): Promise<Answer<SettingsDocument>> {
    return this.ask("GET", id, "settings", undefined, read_settings);
  }

  events(id: string): Promise<Answer<EventsDocument>> {
    return this.ask("GET", id, "events", undefined, read_events);
  }

  /** Sets one setting. @returns it as the board reads it back */
  set(id: string, name: string, value: number, pin: string): Promise<Answer<Setting>> {
    const part = `settings/${encodeURIComponent(name)}`;
    return this.ask("PUT", id, part, { value, pin }, read_setting);
  }

  login(id: string, pin: string): Promise<Answer<true>> {
    return this.ask("POST", id, "login", { pin }, taken);
  }

  change_pin(id: string, pin: string, new_pin: string): Promise<Answer<true>> {
    return this.ask("PUT", id, "pin", { pin, new_pin }, taken);
  }

  clear_energy(id: string, pin: string): Promise<Answer<true>> {
    return this.ask("POST", id, "clear_energy", { pin }, taken);
  }

  private async ask<T>(
    method: string,
    id: string,
    part: string,
    body: object | undefined,
    read: (json: unknown) => T | null,
  ): Promise<Answer<T>> {
    const path = `/api/v1/packs/${encodeURIComponent(id)}/${part}`;
    try {
      const options = body === undefined ? { method } : { method, body: JSON.stringify(body) };
      const answer = await this.send(path, options);
      const json = await json_of(answer);
      if (!answer.ok) return { kind: "refused", refusal: read_refusal(json, answer.status) };
      const value = read(json);
      return value === null ? { kind: "lost" } : { kind: "done", value };
    } catch {
      return { kind: "lost" };
    }
  }
}
