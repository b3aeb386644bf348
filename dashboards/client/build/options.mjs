// How modules are found, wherever a page lies.
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder dashboards/client. */
export const CLIENT = fileURLToPath(new URL("..", import.meta.url));

export const PAGES = path.join(CLIENT, "src", "pages");

/** @type {Partial<import("esbuild").BuildOptions>} */
export const OPTIONS = {
  absWorkingDir: CLIENT,
  // A page outside of this folder finds the shared parts and the libraries too.
  alias: { "@sensing/client": path.join(CLIENT, "src") },
  nodePaths: [path.join(CLIENT, "node_modules")],
  target: ["es2022"],
  // Leaflet's own pictures (layer switch, pin) are not used: markers are drawn by the page.
  loader: { ".png": "empty" },
  logLevel: "warning",
};
