// The end-to-end tests of tests/browser: real gateway, real Chromium.
// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here(".."),
  resolve: {
    // The tests lie outside app/, their packages inside.
    alias: {
      "playwright-core": here("node_modules/playwright-core"),
      "axe-core": here("node_modules/axe-core"),
    },
  },
  server: { fs: { allow: [here("..")] } },
  test: {
    include: ["tests/browser/**/*.e2e.ts"],
    environment: "node",
    // Two browsers, each with gateways of its own: they mostly wait for frames, once a second.
    poolOptions: { forks: { minForks: 1, maxForks: 2 } },
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
