// Builds the client into wwwroot: one HTML file for each page, from one shell, and the bundled modules and styles.
//   node build.mjs [--page NAME=FOLDER]... [--out FOLDER]
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { BuildError, readArguments, runCommand } from "./build/arguments.mjs";
import { CLIENT, OPTIONS, PAGES } from "./build/options.mjs";
import { findPages } from "./build/pages.mjs";
import { preloadsOf, renderShell } from "./build/shell.mjs";

/** Written last: what the server reads, and the sign of a complete build. */
const LIST = "pages.json";

const SHARED_STYLES = ["tokens", "base", "shell", "panel", "chart"];

await runCommand("SENSING0003", async () => {
  const { out, extra } = readArguments(CLIENT);
  const pages = await findPages(PAGES, extra, OPTIONS);
  await empty(out);
  await mkdir(out, { recursive: true });
  for (const file of await readdir(path.join(CLIENT, "static")))
    await copyFile(path.join(CLIENT, "static", file), path.join(out, file));
  const metafile = await bundle(pages, out);
  const template = await readFile(path.join(CLIENT, "shell.html"), "utf8");
  const named = (/** @type {string} */ file) => path.relative(CLIENT, file);
  for (const page of pages) {
    // The overview shows the other pages' cards, so it loads their modules as well.
    const others = page.path === "/" ? pages.filter((p) => p.hasCard && p !== page) : [];
    const html = renderShell(
      template,
      page,
      pages,
      preloadsOf(
        metafile,
        [page, ...others].map((p) => named(p.file)),
      ),
    );
    await writeFile(path.join(out, page.path === "/" ? "index.html" : `${page.name}.html`), html);
  }
  const list = pages.map(({ name, path, title, key, eventTypes }) => ({ name, path, title, key, eventTypes }));
  await writeFile(path.join(out, LIST), `${JSON.stringify({ pages: list }, null, 2)}\n`);
});

/**
 * Empties the output folder, if it holds an earlier build.
 * @param {string} out
 */
async function empty(out) {
  if (!existsSync(out)) return;
  const isOurs = existsSync(path.join(out, LIST)) || existsSync(path.join(out, "lib", "style.css"));
  if (!isOurs && (await readdir(out)).length > 0) {
    throw new BuildError(`--out ${out}: the folder holds something else than a built client; name a new or empty one`);
  }
  await rm(out, { recursive: true, force: true });
}

/**
 * @param {import("./build/pages.mjs").Page[]} pages
 * @param {string} out
 * @returns {Promise<import("esbuild").Metafile>}
 */
async function bundle(pages, out) {
  const loaders = pages.map(
    ({ file, css: _css, html: _html, ...about }) =>
      `{ ...${JSON.stringify(about)}, load: () => import(${JSON.stringify(file)}) }`,
  );
  const styles = [
    "uplot/dist/uPlot.min.css",
    ...SHARED_STYLES.map((name) => `./styles/${name}.css`),
    ...pages.flatMap((p) => p.css ?? []),
    "./styles/wall.css",
  ];
  /** @type {Record<string, {contents: string, loader: "js"|"css"}>} */
  const generated = {
    app: {
      contents: `import { start } from "@sensing/client/core/app.js";\nawait start([${loaders.join(",\n")}]);\n`,
      loader: "js",
    },
    style: { contents: styles.map((s) => `@import ${JSON.stringify(s)};`).join("\n"), loader: "css" },
  };
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: { app: "generated:app", style: "generated:style" },
    outdir: path.join(out, "lib"),
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    metafile: true,
    // Licences of uPlot (MIT) and Leaflet (BSD-2-Clause) travel with their code.
    legalComments: "eof",
    plugins: [
      {
        name: "generated",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^generated:/ }, ({ path: name }) => ({
            path: name.slice("generated:".length),
            namespace: "generated",
          }));
          onLoad({ filter: /./, namespace: "generated" }, ({ path: name }) => ({
            ...generated[name],
            resolveDir: CLIENT,
          }));
        },
      },
    ],
  });
  return metafile;
}
