// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

const gateway = "http://127.0.0.1:8321";

export default defineConfig({
  build: {
    target: "es2020",
    // Every file stays a file, which the gateway serves with its own type.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: gateway, ws: true } },
  },
  test: {
    environment: "node",
    // Machines that build C++ at the same time are slow.
    testTimeout: 20_000,
    include: ["src/**/*.test.{ts,tsx}"],
  },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
});
