/**
 * The words for states that several components name.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { AlarmName, Pack } from "../api/types";
import type { Liveness } from "../state/seen_pack";
import { lamp_of } from "./judge";
import type { Lamp } from "./judge";

/** The short text of the link chip. */
export const liveness_words: Readonly<Record<Liveness, string>> = {
  online: "Live",
  connecting: "Connecting",
  disconnected: "Disconnected",
  late: "No news",
  silent: "Source silent",
  down: "Source gone",
  ended: "Replay ended",
  unknown: "State unknown",
};

/** What the banner says when a pack is not live. */
export const liveness_sentences: Readonly<Record<Liveness, string>> = {
  online: "",
  connecting: "Connecting to the gateway.",
  disconnected: "Disconnected from the gateway.",
  late: "The gateway says nothing about this battery.",
  silent: "The source is silent: no frame arrives from the battery.",
  down: "The source is gone: its port or file is not there.",
  ended: "The replay has ended.",
  unknown: "The source is in a state that this page does not know.",
};

/** One warning lamp: the manual's letters and what they mean. */
export interface LampWords {
  readonly code: string;
  readonly word: string;
  readonly alarm: string;
}

/** The five lamps of the manual. */
export const lamp_words: Readonly<Record<AlarmName, LampWords>> = {
  communication: {
    code: "E",
    word: "Cell link",
    alarm: "No communication with a cell board",
  },
  v_high: { code: "Vh", word: "Voltage high", alarm: "Cell voltage too high" },
  v_low: { code: "Vl", word: "Voltage low", alarm: "Cell voltage too low" },
  t_high: { code: "Th", word: "Too hot", alarm: "Cell too hot" },
  t_low: { code: "Tl", word: "Too cold", alarm: "Cell too cold" },
};

/** The number of the cell that an alarm is about; null when it is none or unknown. */
export function alarm_cell(pack: Pack, name: AlarmName): number | null {
  const cells: Readonly<Record<AlarmName, number | null>> = {
    communication: null,
    v_high: pack.highest_cell.number,
    v_low: pack.lowest_cell.number,
    t_high: pack.hottest_cell.number,
    t_low: pack.coldest_cell.number,
  };
  return cells[name];
}

/**
 * What is wrong with the chain of cell boards, as a sentence with the place where it is known;
 * empty when nothing is, or nobody says.
 */
export function chain_sentence({ app_link }: Pack): string {
  const { chain } = app_link;
  if (chain === null || chain.fault === "none" || chain.fault === "starting") return "";
  const text = chain.text || "the chain is at fault";
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether the board says now that its chain is at fault. */
export function has_chain_fault(pack: Pack): boolean {
  return pack.app_link.chain?.live === true && chain_sentence(pack) !== "";
}

/**
 * The lamp of one alarm. E is lit by what the board says over the app link too: on a break the
 * product sends no frames any more.
 */
export function alarm_lamp(pack: Pack, name: AlarmName): Lamp {
  if (name === "communication" && has_chain_fault(pack)) return "on";
  return lamp_of(pack.alarms[name]);
}

/** The first cell behind a broken wire; null when no wire is broken or the place is not known. */
export function broken_before({ app_link }: Pack): number | null {
  const { chain } = app_link;
  return chain !== null && chain.fault === "broken" ? chain.break_before : null;
}
