/**
 * The top of the page: name, which pack, whether it is live, theme.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Theme } from "../state/theme";
import type { SeenPack } from "../state/store";
import type { Liveness } from "../state/seen_pack";
import type { View } from "../state/view_choice";
import { Icon } from "../pictures/icons";
import { Navigation } from "./navigation";
import { has_chain_fault, liveness_words } from "./words";

interface HeaderProps {
  readonly packs: readonly SeenPack[];
  readonly shown: SeenPack | null;
  /** What to say while there is no pack. */
  readonly liveness: Liveness | "no_pack";
  readonly theme: Theme;
  readonly view: View;
  readonly drafts: number;
  readonly on_choose_pack: (id: string) => void;
  readonly on_toggle_theme: () => void;
}

function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 2 L28 6.5 V15 C28 23 22.5 28 16 30 C9.5 28 4 23 4 15 V6.5 Z" />
      <rect x="9.5" y="15" width="3.6" height="8" rx="1" />
      <rect x="14.2" y="10.5" width="3.6" height="12.5" rx="1" />
      <rect x="18.9" y="13" width="3.6" height="10" rx="1" />
    </svg>
  );
}

function needs_a_look({ pack, liveness }: SeenPack): boolean {
  const alarm = Object.values(pack.alarms).some(({ value }) => value === true);
  return alarm || has_chain_fault(pack) || liveness !== "online";
}

function PackSelector({ packs, shown, on_choose_pack }: HeaderProps) {
  if (packs.length < 2) return <span class="pack-name">{shown?.pack.name ?? ""}</span>;
  return (
    <label class="pack-selector">
      <span class="visually-hidden">Battery pack</span>
      <select
        data-testid="pack-selector"
        value={shown?.pack.id ?? ""}
        onChange={(event) => on_choose_pack(event.currentTarget.value)}
      >
        {packs.map((seen) => (
          <option key={seen.pack.id} value={seen.pack.id}>
            {(needs_a_look(seen) ? "! " : "") + seen.pack.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The header. */
export function Header(props: HeaderProps) {
  const { liveness, theme } = props;
  const other = theme === "dark" ? "light" : "dark";
  return (
    <header>
      <h1>
        <Logo />
        <span class="product">Cellwarden</span>
      </h1>
      <PackSelector {...props} />
      <Navigation view={props.view} drafts={props.drafts} />
      <span class="chip" data-testid="link-state" data-value={liveness}>
        <i class="chip-dot" aria-hidden="true" />
        {liveness === "no_pack" ? "No battery" : liveness_words[liveness]}
      </span>
      <button
        type="button"
        class="theme"
        data-testid="theme"
        data-value={theme}
        aria-label={`Use the ${other} theme`}
        title={`Use the ${other} theme`}
        onClick={props.on_toggle_theme}
      >
        <Icon name={theme === "dark" ? "sun" : "moon"} />
      </button>
    </header>
  );
}
