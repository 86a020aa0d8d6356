/**
 * A stand-in for the gateway, for working on the App without one: the files of app/dist and made-up
 * packs over the live socket, with a made-up board. docs/api.md is the contract.
 * Usage: npm run build && npm run dev:fake -- [SCENARIO] [PORT]
 * SPDX-License-Identifier: Apache-2.0
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { example_board } from "../src/testing/example_board";
import { scenarios } from "./scenarios";
import type { ExampleBoard } from "../src/testing/example_board";
import type { Scenario } from "./scenarios";

const files = fileURLToPath(new URL("../dist", import.meta.url));
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

function send_file(path: string, response: ServerResponse): void {
  const name = extname(path) === "" ? "/index.html" : path;
  try {
    const bytes = readFileSync(join(files, name));
    response.writeHead(200, { "Content-Type": types[extname(name)] ?? "text/plain" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

async function text_of(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Settings and events, from one made-up board for every pack. */
async function serve_board(
  board: ExampleBoard,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await text_of(request);
  const options = { method: request.method ?? "GET", ...(body === "" ? {} : { body }) };
  const answer = await board.send(request.url ?? "/", options);
  const text = JSON.stringify(await answer.json());
  response.writeHead(answer.status, { "Content-Type": "application/json" }).end(text);
}

function serve_live(socket: WebSocket, scenario: Scenario): void {
  let step = 0;
  socket.send(JSON.stringify({ type: "snapshot", packs: scenario(step) }));
  const timer = setInterval(() => {
    step += 1;
    for (const pack of scenario(step)) socket.send(JSON.stringify({ type: "pack", pack }));
  }, 1000);
  socket.on("close", () => clearInterval(timer));
}

/** A running fake gateway. */
export interface FakeGateway {
  readonly url: string;
  close(): Promise<void>;
}

function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  return new Promise((done) => server.close(() => done()));
}

/** Starts a fake gateway on loopback. @param port 0 takes a free one */
export async function start_fake_gateway(scenario: Scenario, port = 0): Promise<FakeGateway> {
  const board = example_board();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://x");
    if (pathname.startsWith("/api/v1/packs/")) void serve_board(board, request, response);
    else send_file(pathname, response);
  });
  const sockets = new WebSocketServer({ server, path: "/api/v1/live" });
  sockets.on("connection", (socket) => serve_live(socket, scenario));
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const address = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}`, close: () => close(server, sockets) };
}

async function main(): Promise<void> {
  const [name = "good", port = "8322"] = process.argv.slice(2);
  const scenario = scenarios[name];
  if (scenario === undefined) {
    console.error(`no scenario "${name}"; known: ${Object.keys(scenarios).join(", ")}`);
    process.exit(2);
  }
  const gateway = await start_fake_gateway(scenario, Number(port));
  console.log(`fake gateway, scenario ${name}: ${gateway.url}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
