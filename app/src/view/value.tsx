/**
 * One measured value on the page. The only component that decides how a fresh, stale, doubtful or
 * missing value looks, so that no other can show an old one as live.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { ComponentChildren } from "preact";
import type { Reading } from "../api/types";
import { age_text } from "./format";
import type { Quantity } from "./format";

/** What `Value` shows. */
export interface ValueProps<T> {
  readonly reading: Reading<T>;
  readonly format: (value: T) => Quantity;
  /** The `data-testid`; `data-value` beside it holds the API's raw value. */
  readonly testid: string;
  /** Leaves out the age where a heading already tells it. */
  readonly hide_age?: boolean;
}

function doubt_of(reading: Reading<unknown>): ComponentChildren {
  if (reading.state === "stale") return <span class="visually-hidden"> last known, not live</span>;
  if (reading.state !== "suspect") return null;
  return (
    <span class="doubt" title="Doubtful: contradicts its neighbours">
      ?<span class="visually-hidden"> doubtful</span>
    </span>
  );
}

/** A number with its unit; hatched and with its age when it is not live. */
export function Value<T>({ reading, format, testid, hide_age = false }: ValueProps<T>) {
  const { value, state, age_ms } = reading;
  const hooks = { "data-testid": testid, "data-state": state, "data-value": String(value) };
  if (value === null) {
    const reason = state === "absent" ? "no sensor" : "not known";
    return (
      <span class="value" {...hooks} title={reason}>
        <span aria-hidden="true">–</span>
        <span class="visually-hidden">{reason}</span>
      </span>
    );
  }
  const { number, unit } = format(value);
  const old = state === "stale" && age_ms !== null && !hide_age;
  return (
    <span class="value" {...hooks}>
      <span class="figure">
        <span class="number">{number}</span>
        {unit !== "" && <span class="unit">{` ${unit}`}</span>}
        {doubt_of(reading)}
      </span>
      {old && <span class="age">{age_text(age_ms)} old</span>}
    </span>
  );
}

/** A term and its value in a list of facts. */
export function Fact(props: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
