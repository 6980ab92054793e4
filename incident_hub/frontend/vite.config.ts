/** Builds the entry points into ../static with hashed names and a manifest the server reads. */
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/",
  build: {
    outDir: "../static",
    emptyOutDir: true,
    manifest: true,
    // The polyfill would be inlined into every page; browsers that know modules know preloading well enough.
    modulePreload: { polyfill: false },
    // Small images would become data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        theme: "theme.ts",
        account: "account.ts",
        hub: "hub.ts",
        board: "board.ts",
        incident: "incident.ts",
        "new-incident": "new-incident.ts",
        reports: "reports.ts",
        roster: "roster.ts",
        returns: "returns.ts",
        notices: "notices.ts",
        hazards: "hazards.ts",
        inspections: "inspections.ts",
        custody: "custody.ts",
        personal: "personal.ts",
        bulletins: "bulletins.ts",
        readiness: "readiness.ts",
        "push-worker": "push-worker.ts",
        styles: "hub.css",
      },
    },
  },
});
