// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { LiveSocket } from "./live_socket";
import type { Connection, SocketLike } from "./live_socket";

class FakeSocket implements SocketLike {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;
  close(): void {
    this.closed = true;
  }
}

function make_live(expects_messages = true) {
  const sockets: FakeSocket[] = [];
  const connections: Connection[] = [];
  const messages: unknown[] = [];
  const time = { now_ms: 0, broken: false };
  const live = new LiveSocket({
    open_socket: () => {
      if (time.broken) throw new Error("blocked");
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    clock: () => time.now_ms,
    random: () => 0,
    expects_messages: () => expects_messages,
    on_connection: (connection) => connections.push(connection),
    on_message: (data) => messages.push(data),
  });
  const pass = (duration_ms: number) => {
    for (const end_ms = time.now_ms + duration_ms; time.now_ms < end_ms; time.now_ms += 100) {
      live.tick();
    }
    live.tick();
  };
  live.start();
  const last_state = () => connections.at(-1)?.state;
  return { live, sockets, connections, messages, time, pass, last_state };
}

describe("the live socket", () => {
  test("connects at once and hands every message on", () => {
    const { sockets, messages, last_state } = make_live();
    expect(last_state()).toBe("connecting");
    sockets[0]?.onopen?.();
    sockets[0]?.onmessage?.({ data: "hello" });
    expect(last_state()).toBe("open");
    expect(messages).toEqual(["hello"]);
  });

  test("says that it is lost as soon as the connection closes, and tries again", () => {
    const { sockets, last_state, pass } = make_live();
    sockets[0]?.onopen?.();
    sockets[0]?.onclose?.();
    expect(last_state()).toBe("lost");
    expect(sockets).toHaveLength(1);
    pass(500);
    expect(sockets).toHaveLength(2);
    sockets[1]?.onopen?.();
    expect(last_state()).toBe("open");
  });

  test("tells whether the gateway was ever reached and when it tries next", () => {
    const { sockets, connections } = make_live();
    sockets[0]?.onclose?.();
    expect(connections.at(-1)).toEqual({ state: "lost", ever_open: false, next_try_at_ms: 500 });
  });

  test("waits longer after each failure and forgets failures after a message", () => {
    const { sockets, connections, pass } = make_live();
    for (const socket of [0, 1, 2]) {
      sockets[socket]?.onclose?.();
      pass(4000);
    }
    expect(connections.filter(({ state }) => state === "lost")).toHaveLength(3);
    sockets[3]?.onopen?.();
    sockets[3]?.onmessage?.({ data: "" });
    sockets[3]?.onclose?.();
    expect(connections.at(-1)).toMatchObject({ next_try_at_ms: 12_000 + 500 });
  });

  test("does not take a gateway that hangs up at once for a good one", () => {
    const { sockets, connections, pass } = make_live();
    for (const socket of [0, 1, 2]) {
      sockets[socket]?.onopen?.();
      sockets[socket]?.onclose?.();
      if (socket < 2) pass(4000);
    }
    expect(connections.at(-1)).toMatchObject({ next_try_at_ms: 8000 + 2000 });
  });

  test("gives up a try that nobody answers", () => {
    const { sockets, pass, last_state } = make_live();
    pass(5200);
    expect(sockets[0]?.closed).toBe(true);
    expect(last_state()).toBe("lost");
  });

  test("drops an open connection over which nothing comes any more", () => {
    const { sockets, pass, last_state } = make_live();
    sockets[0]?.onopen?.();
    pass(4000);
    sockets[0]?.onmessage?.({ data: "" });
    pass(4000);
    expect(last_state()).toBe("open");
    pass(1200);
    expect(last_state()).toBe("lost");
    expect(sockets[0]?.closed).toBe(true);
  });

  test("keeps a quiet connection when there is nothing to speak of", () => {
    const { sockets, pass, last_state } = make_live(false);
    sockets[0]?.onopen?.();
    pass(60_000);
    expect(last_state()).toBe("open");
  });

  test("survives a browser that refuses to open sockets", () => {
    const { time, sockets, pass, last_state } = make_live();
    sockets[0]?.onclose?.();
    time.broken = true;
    pass(20_000);
    expect(last_state()).toBe("lost");
    time.broken = false;
    pass(8000);
    expect(sockets).toHaveLength(2);
  });

  test("tries at once when asked, and only once", () => {
    const { live, sockets } = make_live();
    sockets[0]?.onclose?.();
    live.try_now();
    live.try_now();
    expect(sockets).toHaveLength(2);
  });

  test("ignores what a dropped connection still says", () => {
    const { live, sockets, messages } = make_live();
    const dropped = sockets[0];
    dropped?.onopen?.();
    live.lose();
    dropped?.onmessage?.({ data: "late" });
    dropped?.onclose?.();
    expect(messages).toEqual([]);
    live.try_now();
    expect(sockets).toHaveLength(2);
  });
});
