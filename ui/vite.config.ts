import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { coreForBrowser } from "./src/host/pipe/devServer";

/** The core that tests talk to, unless the caller names another one; relative to this file. */
process.env["BACKSTOCK_BIN"] ??= fileURLToPath(
  new URL(
    `../target/debug/backstock${process.platform === "win32" ? ".exe" : ""}`,
    import.meta.url,
  ),
);

/** Where a core keeps its data that is talked to from a browser. */
const BROWSER_DATA =
  process.env["BACKSTOCK_DATA_DIR"] ?? fileURLToPath(new URL("../target/browser", import.meta.url));

/**
 * The content security policy of the window forbids inline scripts and styles from anywhere else,
 * so nothing is inlined and no polyfill is injected.
 */
export default defineConfig({
  plugins: [react(), coreForBrowser(BROWSER_DATA)],
  base: "./",
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 450,
  },
  test: {
    environment: "jsdom",
    globalSetup: ["src/host/pipe/template.ts"],
    setupFiles: ["src/test/setup.ts"],

    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
    testTimeout: 300_000,
    // One for each processor of the smallest machine: the core that a test talks to waits as much as it works.
    maxWorkers: 2,
  },
});
