/**
 * Starts and stops the real program for browser tests and screenshots. Ends only what it started.
 * SPDX-License-Identifier: Apache-2.0
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const program =
  process.env["CELLWARDEN"] ??
  fileURLToPath(new URL("../../build/host/bin/cellwarden", import.meta.url));
const app_files = fileURLToPath(new URL("../dist", import.meta.url));

/** A started program. */
export interface Running {
  /** What it has printed so far, for messages of failed tests. */
  readonly output: () => string;
  /** Ends it and waits until it is gone; does nothing the second time. */
  stop(): Promise<void>;
}

/** A started gateway. */
export interface Gateway extends Running {
  readonly url: string;
  readonly port: number;
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function start(args: readonly string[]): Running & { readonly child: ChildProcess } {
  if (!existsSync(program))
    throw new Error(`${program} is not there: build it with ./run or ./test`);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    if (ended(child)) return;
    child.kill("SIGTERM");
    await gone;
  };
  return { child, output: () => output, stop };
}

/** A loopback port that nobody listens on at this moment. */
export function free_port(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/v1/version`)).ok;
  } catch {
    return false;
  }
}

/** Starts `cellwarden run` with the built App and waits until it answers. */
export async function start_gateway(options: readonly string[], port?: number): Promise<Gateway> {
  if (!existsSync(app_files)) throw new Error("app/dist is not there: npm run build");
  const own_port = port ?? (await free_port());
  const url = `http://127.0.0.1:${own_port}`;
  const listen = ["--listen", `127.0.0.1:${own_port}`, "--app", app_files];
  // Without a folder of its own a twin would use, and lock, the owner's.
  const memory = options.includes("--flash") ? [] : ["--no-flash"];
  const running = start(["run", ...memory, ...listen, ...options]);
  const deadline = Date.now() + 20_000;
  while (!(await answers(url))) {
    if (ended(running.child) || Date.now() > deadline) {
      await running.stop();
      throw new Error(`the gateway does not answer; it said: ${running.output()}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return { ...running, url, port: own_port };
}

/** Starts `cellwarden emulate`: a BMS on the pseudo-terminal `link`. */
export function start_emulator(link: string, options: readonly string[] = []): Running {
  return start(["emulate", "--pty", link, ...options]);
}
