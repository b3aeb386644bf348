// Bundles the pages' modules and styles, with the libraries they use, into wwwroot/lib.
import { build } from "esbuild";
import { rm } from "node:fs/promises";

const out = new URL("../wwwroot/lib/", import.meta.url).pathname;
await rm(out, { recursive: true, force: true });
await build({
  entryPoints: {
    overview: "src/overview/page.js",
    fibre: "src/fibre/page.js",
    style: "styles/style.css",
  },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  // Licences of uPlot (MIT) and Leaflet (BSD-2-Clause) travel with their code.
  legalComments: "eof",
  // Leaflet's own pictures (layer switch, pin) are not used: markers are drawn by the page.
  loader: { ".png": "empty" },
  logLevel: "warning",
});
