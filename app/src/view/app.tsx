/**
 * The page: header, what is wrong, and the part that the owner has gone to.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { BoardReader } from "../state/board_reader";
import type { ScreenAwake } from "../state/screen_awake";
import type { ThemeChoice } from "../state/theme";
import type { SeenPack, Store } from "../state/store";
import { HatchPattern } from "../pictures/fill";
import { AlarmBanner, Announcer, NotLiveBanner, Retry } from "./banners";
import { BatteryDetails } from "./battery_details";
import { Dashboard } from "./dashboard";
import { EventsPage } from "./events_page";
import { Header } from "./header";
import { SettingsPage } from "./settings_page";

/** What the page needs. */
export interface AppProps {
  readonly store: Store;
  readonly theme: ThemeChoice;
  readonly reader: BoardReader;
  readonly awake: ScreenAwake;
  /** Tries to connect at once. */
  readonly on_retry: () => void;
}

function empty_words(store: Store): readonly [string, string] {
  const connection = store.connection.value;
  if (connection.state === "connecting") return ["Connecting to the gateway …", ""];
  if (connection.state === "lost") {
    return ["The gateway cannot be reached.", "Is `cellwarden run` still running on its machine?"];
  }
  if (store.snapshot_seen.value) {
    return [
      "The gateway has no battery.",
      "Start it with a source, for example: cellwarden run --source twin",
    ];
  }
  return ["Connected; waiting for the first data …", ""];
}

function NoPack({ store, on_retry }: Pick<AppProps, "store" | "on_retry">) {
  const [what, advice] = empty_words(store);
  return (
    <main class="no-pack card" data-testid="no-pack">
      <p role="status">
        <strong>{what}</strong>
      </p>
      <p>{advice}</p>
      <p>
        <Retry
          connection={store.connection.value}
          now_ms={store.now_ms.value}
          on_retry={on_retry}
        />
      </p>
    </main>
  );
}

function Unreadable({ store }: { readonly store: Store }) {
  const count = store.unreadable_messages.value;
  if (count === 0) return null;
  return (
    <footer class="unreadable" data-testid="unreadable" data-value={count}>
      {count === 1 ? "1 message" : `${count} messages`} from the gateway could not be read and
      changed nothing. Reload the page; if it stays, gateway and App do not fit together.
    </footer>
  );
}

type PartProps = Pick<AppProps, "store" | "reader" | "awake"> & { readonly seen: SeenPack };

/** The part that the owner has gone to. */
function Part({ store, seen, reader, awake }: PartProps) {
  const { pack } = seen;
  const view = store.view.value;
  if (view === "overview") {
    return (
      <>
        <Dashboard pack={pack} />
        <BatteryDetails pack={pack} />
      </>
    );
  }
  const desk = reader.desk(pack.id);
  if (view === "events") {
    return <EventsPage key={pack.id} store={store} pack={pack} desk={desk} />;
  }
  return <SettingsPage key={pack.id} store={store} pack={pack} desk={desk} awake={awake} />;
}

function PackView({ store, reader, awake, on_retry }: Omit<AppProps, "theme">) {
  const seen = store.shown.value;
  if (seen === null) return <NoPack store={store} on_retry={on_retry} />;
  return (
    <main data-live={seen.liveness === "online"}>
      <NotLiveBanner
        seen={seen}
        connection={store.connection.value}
        now_ms={store.now_ms.value}
        on_retry={on_retry}
      />
      <AlarmBanner packs={store.seen.value} />
      <Part store={store} seen={seen} reader={reader} awake={awake} />
    </main>
  );
}

function liveness_shown(store: Store) {
  const seen = store.shown.value;
  if (seen !== null) return seen.liveness;
  const { state } = store.connection.value;
  if (state === "open") return store.snapshot_seen.value ? "no_pack" : "connecting";
  return state === "lost" ? "disconnected" : "connecting";
}

/** Unsaved changes of the pack on show. */
function drafts_of({ store, reader }: AppProps): number {
  const seen = store.shown.value;
  return seen === null ? 0 : reader.desk(seen.pack.id).unsaved();
}

/** The whole page. */
export function App(props: AppProps) {
  const { store, theme } = props;
  return (
    <div class="page">
      <HatchPattern />
      <Header
        packs={store.seen.value}
        shown={store.shown.value}
        liveness={liveness_shown(store)}
        view={store.view.value}
        drafts={drafts_of(props)}
        theme={theme.theme.value}
        on_choose_pack={(id) => {
          store.chosen_id.value = id;
        }}
        on_toggle_theme={theme.toggle}
      />
      <Announcer packs={store.seen.value} />
      <PackView {...props} />
      <Unreadable store={store} />
    </div>
  );
}
