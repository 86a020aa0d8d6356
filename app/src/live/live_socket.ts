/**
 * Keeps one WebSocket to the gateway open for ever: reconnects with back-off and gives up a
 * connection over which nothing comes. Knows nothing of packs; it hands every message on.
 * SPDX-License-Identifier: Apache-2.0
 */
import { back_off_ms } from "./back_off";
import type { Clock } from "./clock";

/** The part of a browser's WebSocket that is used here, so that tests can stand in for it. */
export interface SocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  close(): void;
}

/** Whether the gateway is reached. `connecting` is only the very first try. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "open" }
  | { readonly state: "lost"; readonly ever_open: boolean; readonly next_try_at_ms: number };

/** What a live socket needs from outside. */
export interface LivePorts {
  readonly open_socket: () => SocketLike;
  readonly clock: Clock;
  /** 0 up to but not including 1. */
  readonly random: () => number;
  /** Whether a healthy gateway would have sent something lately. */
  readonly expects_messages: () => boolean;
  readonly on_connection: (connection: Connection) => void;
  readonly on_message: (data: unknown) => void;
}

/** A try to connect that is not answered within this time counts as failed. */
const open_ms_max = 5000;
/** An open connection that should speak and does not is dead: radio links break unnoticed. */
const mute_ms_max = 5000;

/** The connection to the gateway. `tick` must be called a few times a second. */
export class LiveSocket {
  private readonly ports: LivePorts;
  private socket: SocketLike | null = null;
  private is_open = false;
  private ever_open = false;
  private failures = 0;
  /** When the try began, the connection opened or the last message came: the newest of them. */
  private heard_at_ms = 0;
  private next_try_at_ms = 0;

  constructor(ports: LivePorts) {
    this.ports = ports;
  }

  /** Starts the first try. */
  start(): void {
    this.ports.on_connection({ state: "connecting" });
    this.try_now();
  }

  /** Lets time pass: starts a try that is due and ends one that nobody answers. */
  tick(): void {
    const now_ms = this.ports.clock();
    if (this.socket === null && now_ms >= this.next_try_at_ms) this.try_now();
    if (this.socket === null) return;
    const quiet_ms = now_ms - this.heard_at_ms;
    const mute = this.is_open && this.ports.expects_messages() && quiet_ms > mute_ms_max;
    if (mute || (!this.is_open && quiet_ms > open_ms_max)) this.lose();
  }

  /** Tries at once when disconnected, as when the owner asks or the network is back. */
  try_now(): void {
    if (this.socket !== null) return;
    this.heard_at_ms = this.ports.clock();
    try {
      this.listen(this.ports.open_socket());
    } catch {
      this.lose();
    }
  }

  /** Gives up the connection, as when nothing comes over it any more, and begins anew. */
  lose(): void {
    const socket = this.socket;
    this.socket = null;
    this.is_open = false;
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.failures += 1;
    const wait_ms = back_off_ms(this.failures, this.ports.random());
    this.next_try_at_ms = this.ports.clock() + wait_ms;
    const { ever_open, next_try_at_ms } = this;
    this.ports.on_connection({ state: "lost", ever_open, next_try_at_ms });
  }

  private listen(socket: SocketLike): void {
    this.socket = socket;
    socket.onopen = () => {
      this.is_open = true;
      this.ever_open = true;
      this.heard_at_ms = this.ports.clock();
      this.ports.on_connection({ state: "open" });
    };
    socket.onmessage = (event) => {
      // A gateway that accepts and hangs up at once is not back: only a message proves it.
      this.failures = 0;
      this.heard_at_ms = this.ports.clock();
      this.ports.on_message(event.data);
    };
    socket.onclose = () => this.lose();
  }
}
