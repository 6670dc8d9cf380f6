/** Builds what STATIC_ROOT serves: hashed files, the manifest that `asset()` reads, and a copy of each for gzip and brotli. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { defineConfig } from "vitest/config";

const COMPRESSED = /\.(js|css|svg|json)$/;

/** WhiteNoise sends `x.js.br` or `x.js.gz` in the place of `x.js` when the browser can read it. */
const compress = {
  name: "compress",
  apply: "build" as const,
  writeBundle(output: { dir?: string }) {
    const root = output.dir ?? "dist";
    for (const path of readdirSync(root, { recursive: true, encoding: "utf8" }).filter((p) => COMPRESSED.test(p))) {
      const bytes = readFileSync(join(root, path));
      writeFileSync(join(root, `${path}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(join(root, `${path}.br`), brotliCompressSync(bytes));
    }
  },
};

export default defineConfig({
  base: "/static/",
  // Pictures that templates name themselves keep their names: art/favicon.svg is /static/favicon.svg.
  publicDir: "art",
  plugins: [compress],
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    target: "es2022",
    // The browsers of the last two years know light-dark() and nesting; older ones would get every colour twice.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5", "ios17.5"],
    // The editor is one piece, fetched only where one writes.
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    // A font or a picture inside the style sheet would be sent again with every change of the sheet.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { main: "src/main.ts" },
      // htmx holds an eval that `allowEval: false` never lets it reach.
      checks: { eval: false },
    },
  },
  test: { environment: "happy-dom", pool: "vmThreads", include: ["src/**/*.test.ts"], setupFiles: ["src/testing.ts"] },
});
