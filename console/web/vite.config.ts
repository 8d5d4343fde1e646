import { defineConfig } from "vite";

// what the console serves is on the class path, beside the class that serves it
export default defineConfig({
  build: {
    outDir: "../target/classes/io/tidemark/console/web/files",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
