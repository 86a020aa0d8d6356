/**
 * A board behind a gateway, for tests and the fake gateway: settings, log and PIN as docs/api.md
 * has them. It judges only what a test needs; the real limits are the real board's.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { HttpAnswer, Send } from "../api/board_api";
import type { Document } from "./example_pack";

/** One setting document. */
export function setting(name: string, unit: string, value: number, more: Document = {}): Document {
  return {
    id: 1,
    name,
    title: name.replaceAll("_", " "),
    unit,
    value,
    minimum: 0,
    maximum: 1000,
    preset: value,
    step: 1,
    inherit: null,
    choices: null,
    ...more,
  };
}

const volts = { minimum: 2000, maximum: 5000, step: 5 };
const celsius = { minimum: -400, maximum: 850, step: 1 };

/** A handful of settings, one of each kind. */
export function example_settings(): Document[] {
  return [
    setting("solar_peak", "watts", 400, {
      title: "Solar peak power",
      maximum: 655_350,
      step: 10,
    }),
    setting("capacity", "watt_hours", 2700, {
      title: "Battery capacity",
      minimum: 100,
      maximum: 6_553_500,
      step: 100,
    }),
    setting("v_min", "millivolts", 2800, { title: "V min", ...volts }),
    setting("v_max", "millivolts", 3650, { title: "V max", ...volts }),
    setting("v_nominal", "millivolts", 3200, { title: "Nominal cell voltage", ...volts }),
    setting("t_max", "decicelsius", 600, { title: "T max", ...celsius }),
    setting("t_discharge_min", "decicelsius", -1000, {
      title: "T min for discharging",
      ...celsius,
      inherit: -1000,
    }),
    setting("charge_restart", "percent", 95, { title: "Charge restart", minimum: 1, maximum: 100 }),
    setting("charge_force_off", "flag", 0, { title: "Charge relay kept off", maximum: 1 }),
    setting("relay1_function", "choice", 1, {
      title: "Charge relay function",
      minimum: 1,
      maximum: 4,
      choices: ["charge allowed", "discharge allowed", "main relay", "early warning"],
    }),
  ];
}

/** Events as the board's log has them, newest first. */
export function example_events(): Document[] {
  return [
    { age_s: 9, kind: "charge_opened", cause: "v_max", cell: 3, value: 3655 },
    { age_s: 3600, kind: "alarm_on", cause: "communication", cell: 3, value: 3 },
    { age_s: 90_000, kind: "restart", cause: "power_on", cell: null, value: 0 },
  ].map((event) => ({ ...event, text: `${event.kind} in words` }));
}

/** A board that a test can look into. */
export interface ExampleBoard {
  readonly send: Send;
  settings: Document[];
  events: Document[];
  v_bypass_mv: number | null;
  pin: string;
  /** Answers nothing any more, as when the network is gone. */
  gone: boolean;
  /** Why it refuses the next change; empty: it takes it. */
  refusal: string;
  /** For so long it looks at no PIN. */
  wait_s: number;
  /** What was asked: "PUT settings/v_min". */
  readonly asked: string[];
}

function answer(status: number, json: Document): HttpAnswer {
  return { ok: status < 300, status, json: () => Promise.resolve(json) };
}

function error(status: number, code: string, message: string, more: Document = {}): HttpAnswer {
  return answer(status, { error: { code, message, ...more } });
}

function change(board: ExampleBoard, part: string, body: Document): HttpAnswer {
  if (board.wait_s > 0 || body.pin !== board.pin) {
    return error(403, "wrong_pin", "the PIN is wrong", { wait_s: board.wait_s });
  }
  if (board.refusal !== "") return error(422, "refused", board.refusal);
  if (part === "pin") board.pin = body.new_pin;
  const found = board.settings.find(({ name }) => part === `settings/${name}`);
  if (found === undefined) return answer(200, { done: true });
  found.value = body.value;
  return answer(200, { ...found });
}

/** A board with the example settings and PIN 1234. */
export function example_board(): ExampleBoard {
  const board: ExampleBoard = {
    settings: example_settings(),
    events: example_events(),
    v_bypass_mv: 3500,
    pin: "1234",
    gone: false,
    refusal: "",
    wait_s: 0,
    asked: [],
    send: (path, { method, body }) => {
      const part = path.split("/").slice(5).join("/");
      board.asked.push(`${method} ${part}`);
      if (board.gone) return Promise.reject(new Error("nobody answers"));
      if (method !== "GET") return Promise.resolve(change(board, part, JSON.parse(body ?? "{}")));
      const { settings, events, v_bypass_mv } = board;
      const found = part === "events" ? { events } : { settings, v_bypass_mv };
      return Promise.resolve(answer(200, structuredClone(found)));
    },
  };
  return board;
}
