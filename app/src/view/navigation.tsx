/**
 * The way between the parts of the App: beside the name on a desk, at the thumb on a phone.
 * SPDX-License-Identifier: Apache-2.0
 */
import { Icon } from "../pictures/icons";
import type { IconName } from "../pictures/icons";
import type { View } from "../state/view_choice";

const entries: readonly { view: View; href: string; name: string; icon: IconName }[] = [
  { view: "overview", href: "#", name: "Overview", icon: "gauge" },
  { view: "events", href: "#events", name: "Events", icon: "list" },
  { view: "settings", href: "#settings", name: "Settings", icon: "sliders" },
];

interface NavigationProps {
  readonly view: View;
  /** Changes of settings that are not saved. */
  readonly drafts: number;
}

function Unsaved({ drafts }: { readonly drafts: number }) {
  if (drafts === 0) return null;
  return (
    <span class="unsaved">
      {drafts}
      <span class="visually-hidden"> not saved</span>
    </span>
  );
}

/** Links, so that the browser's own back button works. */
export function Navigation({ view, drafts }: NavigationProps) {
  return (
    <nav aria-label="Parts of the App">
      {entries.map((entry) => (
        <a
          key={entry.view}
          href={entry.href}
          data-testid={`nav-${entry.view}`}
          aria-current={entry.view === view ? "page" : undefined}
        >
          <Icon name={entry.icon} />
          <span>{entry.name}</span>
          {entry.view === "settings" && <Unsaved drafts={drafts} />}
        </a>
      ))}
    </nav>
  );
}
