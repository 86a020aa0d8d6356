/**
 * The five warning lamps and the two relays: what the BMS itself has decided.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { AlarmName, FlagReading, Pack } from "../api/types";
import { alarm_names } from "../state/alarm_memory";
import { age_text } from "./format";
import { is_fresh } from "./judge";
import type { Lamp } from "./judge";
import { alarm_lamp, broken_before, lamp_words } from "./words";

function lamp_text(lamp: Lamp, alarm: FlagReading): string {
  if (lamp === "on") return "ALARM";
  if (lamp === "off") return "OK";
  const age = alarm.age_ms === null ? "" : ` ${age_text(alarm.age_ms)} ago`;
  return lamp === "was_on" ? `ALARM${age}` : "unknown";
}

/** Where the chain is broken, below the E lamp. */
function BrokenWire({ before }: { readonly before: number }) {
  return (
    <span class="lamp-place" data-testid="lamp-place">
      <span aria-hidden="true">
        {before - 1} ✕ {before}
      </span>
      <span class="visually-hidden">
        {" "}
        between cell {before - 1} and cell {before}
      </span>
    </span>
  );
}

interface LampProps {
  readonly name: AlarmName;
  readonly alarm: FlagReading;
  readonly lamp: Lamp;
  /** The first cell behind a broken wire. */
  readonly broken: number | null;
}

function WarningLamp({ name, alarm, lamp, broken }: LampProps) {
  const { code, word } = lamp_words[name];
  return (
    <li
      class="lamp"
      data-lamp={lamp}
      data-testid={`lamp-${name}`}
      data-value={String(alarm.value)}
      data-state={alarm.state}
    >
      <span class="lamp-glass" aria-hidden="true">
        {code}
      </span>
      <span class="lamp-word">{word}</span> <span class="lamp-state">{lamp_text(lamp, alarm)}</span>
      {broken !== null && lamp !== "off" && <BrokenWire before={broken} />}
    </li>
  );
}

/** The lamps E, Vh, Vl, Th, Tl with their words. */
export function Lamps({ pack }: { readonly pack: Pack }) {
  return (
    <ul class="lamps" aria-label="Warnings">
      {alarm_names.map((name) => (
        <WarningLamp
          key={name}
          name={name}
          alarm={pack.alarms[name]}
          lamp={alarm_lamp(pack, name)}
          broken={name === "communication" ? broken_before(pack) : null}
        />
      ))}
    </ul>
  );
}

type RelayState = "allowed" | "stopped" | "unknown";

function relay_state(allowed: FlagReading): RelayState {
  if (!is_fresh(allowed)) return "unknown";
  return allowed.value === true ? "allowed" : "stopped";
}

/** The contact's own report, which only newer products send. */
function contact_text(closed: FlagReading): string {
  if (!is_fresh(closed)) return "";
  return closed.value === true ? "contact closed" : "contact open";
}

interface RelayProps {
  readonly name: string;
  readonly what: string;
  readonly allowed: FlagReading;
  readonly closed: FlagReading;
  readonly testid: string;
}

function Relay({ name, what, allowed, closed, testid }: RelayProps) {
  const state = relay_state(allowed);
  return (
    <li
      class="relay"
      data-relay={state}
      data-testid={testid}
      data-value={String(allowed.value)}
      data-state={allowed.state}
    >
      <svg class="contact" viewBox="0 0 44 20" aria-hidden="true">
        <line x1="2" y1="13" x2="13" y2="13" />
        <line x1="31" y1="13" x2="42" y2="13" />
        <line class="blade" x1="13" y1="13" x2="31" y2={state === "allowed" ? 13 : 3} />
        <circle cx="13" cy="13" r="2.5" />
        <circle cx="31" cy="13" r="2.5" />
      </svg>
      <span class="relay-name">{name}</span>
      <span class="relay-state">
        <span class="visually-hidden">{what} </span>
        {state} <span class="relay-contact">{contact_text(closed)}</span>
      </span>
    </li>
  );
}

/** The CHARGE and LOAD relays: whether the BMS allows charging and discharging. */
export function Relays({ pack }: { readonly pack: Pack }) {
  return (
    <ul class="relays" aria-label="Relays">
      <Relay
        name="CHARGE"
        what="charging"
        allowed={pack.charge_allowed}
        closed={pack.details.charge_relay_closed}
        testid="relay-charge"
      />
      <Relay
        name="LOAD"
        what="discharging"
        allowed={pack.discharge_allowed}
        closed={pack.details.load_relay_closed}
        testid="relay-load"
      />
    </ul>
  );
}
