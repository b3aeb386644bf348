// Which pages there are, and what each says about itself.
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { BuildError, checkName } from "./arguments.mjs";

/** The page at "/". */
const HOME = "overview";

const KEY = /^[1-9]$/;
const TYPE = /^sensing\.[a-z]{1,32}\.[a-z][a-z-]{0,31}\.v[1-9][0-9]{0,3}$/;

/**
 * @typedef {object} Page
 * @property {string} name name of its folder
 * @property {string} path its address
 * @property {string} title
 * @property {string} key digit that opens it from the keyboard; pages are listed in its order
 * @property {string[]} eventTypes
 * @property {boolean} hasCard whether it brings a card to the overview
 * @property {string} file its page.js
 * @property {string|null} css its page.css
 * @property {string} html what its page.html puts into the shell; empty where it has none
 */

/**
 * Finds the pages below `folder` and those of `extra`.
 * @param {string} folder one subfolder for each page
 * @param {Map<string, string>} extra folders of more pages, by name
 * @param {Partial<import("esbuild").BuildOptions>} options how modules are found
 * @returns {Promise<Page[]>} in the order of their keys
 */
export async function findPages(folder, extra, options) {
  const folders = new Map(
    (await readdir(folder, { withFileTypes: true }))
      .filter((e) => e.isDirectory())
      .map((e) => [checkName(e.name), path.join(folder, e.name)]),
  );
  for (const [name, place] of extra) {
    if (folders.has(name))
      throw new BuildError(`page '${name}' is in ${place} and in ${folders.get(name)}: rename one of them`);
    folders.set(name, place);
  }
  const pages = await Promise.all([...folders].map(([name, place]) => readPage(name, place, options)));
  pages.sort((a, b) => a.key.localeCompare(b.key));
  for (let i = 1; i < pages.length; i++) {
    const [a, b] = [pages[i - 1], pages[i]];
    if (a.key === b.key)
      throw new BuildError(`pages '${a.name}' and '${b.name}' both have the key ${a.key}: give one of them another`);
  }
  return pages;
}

/**
 * @param {string} name
 * @param {string} place
 * @param {Partial<import("esbuild").BuildOptions>} options
 * @returns {Promise<Page>}
 */
async function readPage(name, place, options) {
  const file = path.join(place, "page.js");
  if (!existsSync(file)) throw new BuildError(`page '${name}': ${file} does not exist`);
  const exported = await exportsOf(file);
  for (const needed of ["title", "key", "eventTypes", "mount"]) {
    if (!exported.includes(needed)) throw new BuildError(`${file}: export '${needed}'`);
  }
  const { title, key, eventTypes } = await constantsOf(file, options);
  if (typeof title !== "string" || title.trim() === "")
    throw new BuildError(`${file}: title must be a text, not ${JSON.stringify(title)}`);
  if (typeof key !== "string" || !KEY.test(key))
    throw new BuildError(`${file}: key must be a digit from "1" to "9", not ${JSON.stringify(key)}`);
  if (
    !Array.isArray(eventTypes) ||
    eventTypes.length === 0 ||
    !eventTypes.every((t) => typeof t === "string" && TYPE.test(t))
  ) {
    const example = "sensing.radar.reading.v1";
    throw new BuildError(
      `${file}: eventTypes must be one or more names like "${example}", not ${JSON.stringify(eventTypes)}`,
    );
  }
  const css = path.join(place, "page.css");
  const html = path.join(place, "page.html");
  return {
    name,
    path: name === HOME ? "/" : `/${name}`,
    title,
    key,
    eventTypes,
    hasCard: exported.includes("overviewCard"),
    file,
    css: existsSync(css) ? css : null,
    html: existsSync(html) ? await readFile(html, "utf8") : "",
  };
}

/** @param {string} file */
async function exportsOf(file) {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: false,
    format: "esm",
    write: false,
    metafile: true,
    outdir: "out",
    logLevel: "warning",
  });
  return Object.values(metafile.outputs)[0].exports;
}

/**
 * Runs what a module says about itself, and nothing else of it: imports count as free of side effects, so that charts
 * and
 * maps, which need a browser, stay out.
 * @param {string} file
 * @param {Partial<import("esbuild").BuildOptions>} options
 * @returns {Promise<{title: unknown, key: unknown, eventTypes: unknown}>}
 */
async function constantsOf(file, options) {
  /** @type {import("esbuild").Plugin} */
  const free = {
    name: "free-of-side-effects",
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path: wanted, pluginData, ...from }) => {
        if (pluginData === "resolved" || from.kind === "entry-point") return undefined;
        const found = await build.resolve(wanted, { ...from, pluginData: "resolved" });
        return found.errors.length > 0 ? found : { ...found, sideEffects: false };
      });
    },
  };
  const { outputFiles } = await build({
    ...options,
    stdin: {
      contents: `export { title, key, eventTypes } from ${JSON.stringify(file)};`,
      resolveDir: path.dirname(file),
    },
    bundle: true,
    format: "esm",
    treeShaking: true,
    write: false,
    plugins: [free],
  });
  try {
    return await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  } catch (error) {
    throw new BuildError(
      `${file}: title, key and eventTypes must be constants that need no browser; loading the module failed: ${error}`,
    );
  }
}
