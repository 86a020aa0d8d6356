/**
 * "Prevent auto-lock": keeps this device's screen on while the page is open. A choice of this
 * browser alone; the board knows nothing of it.
 * SPDX-License-Identifier: Apache-2.0
 */
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";

/** The part of the browser's wake lock that is used here. */
export interface WakeLock {
  addEventListener(type: "release", listener: () => void): void;
  release(): Promise<void>;
}

/** How a browser is asked to keep the screen on; absent where it cannot. */
export type RequestWakeLock = () => Promise<WakeLock>;

/**
 * `unsupported`: this browser cannot, or only over https. `refused`: it does not want to now, as
 * with an empty battery.
 */
export type AwakeState = "off" | "on" | "refused" | "unsupported";

const storage_key = "cellwarden.awake";

/** The choice and what came of it. */
export class ScreenAwake {
  private readonly wanted_signal = signal(false);
  private readonly state_signal = signal<AwakeState>("off");
  private readonly request: RequestWakeLock | null;
  private readonly storage: Storage | null;
  private lock: WakeLock | null = null;
  private asking = false;

  /** @param request null where the browser has no wake lock */
  constructor(request: RequestWakeLock | null, storage: Storage | null) {
    this.request = request;
    this.storage = storage;
    try {
      this.wanted_signal.value = storage?.getItem(storage_key) === "on";
    } catch {
      // A browser that forbids storage forgets the choice; nothing else depends on it.
    }
    if (request === null) this.state_signal.value = "unsupported";
  }

  get wanted(): ReadonlySignal<boolean> {
    return this.wanted_signal;
  }

  get state(): ReadonlySignal<AwakeState> {
    return this.state_signal;
  }

  /** Changes the choice. */
  toggle(): Promise<void> {
    const wanted = !this.wanted_signal.peek();
    this.wanted_signal.value = wanted;
    try {
      if (wanted) this.storage?.setItem(storage_key, "on");
      else this.storage?.removeItem(storage_key);
    } catch {
      // As above.
    }
    return this.refresh();
  }

  /** Brings the screen in line with the choice; a hidden page loses its lock, so call it again. */
  async refresh(): Promise<void> {
    if (this.request === null || this.asking) return;
    if (!this.wanted_signal.peek()) {
      const lock = this.lock;
      this.lock = null;
      this.state_signal.value = "off";
      await lock?.release().catch(() => undefined);
      return;
    }
    if (this.lock !== null) return;
    this.asking = true;
    try {
      this.hold(await this.request());
    } catch {
      this.state_signal.value = "refused";
    } finally {
      this.asking = false;
    }
    if (!this.wanted_signal.peek()) await this.refresh();
  }

  private hold(lock: WakeLock): void {
    this.lock = lock;
    this.state_signal.value = "on";
    lock.addEventListener("release", () => {
      if (this.lock !== lock) return;
      this.lock = null;
      this.state_signal.value = "off";
    });
  }
}
