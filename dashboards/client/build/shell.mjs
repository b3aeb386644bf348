// The one HTML shell, filled in for each page.

/** @typedef {import("./pages.mjs").Page} Page */

/**
 * @param {string} template shell.html
 * @param {Page} page
 * @param {Page[]} pages all, in the order of the navigation
 * @param {string[]} preloads addresses of the modules that the page needs at once
 */
export function renderShell(template, page, pages, preloads) {
  const parts = {
    name: page.name,
    title: escape(page.title),
    navigation: pages
      .map((p) => `<a href="${p.path}"${p === page ? ' aria-current="page"' : ""}>${escape(p.title)}</a>`)
      .join("\n      "),
    preloads: preloads.map((address) => `<link rel="modulepreload" href="${address}">`).join("\n  "),
    content: page.html.trim(),
  };
  return template.replaceAll(/\{\{(\w+)\}\}/g, (whole, name) => {
    if (!(name in parts)) throw new Error(`shell.html: unknown part ${whole}`);
    return parts[/** @type {keyof typeof parts} */ (name)];
  });
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/**
 * The modules that a page loads before it can draw: its page.js, what that imports, and what it imports when it is
 * mounted.
 * @param {import("esbuild").Metafile} metafile
 * @param {string[]} inputs files as the metafile names them
 * @returns {string[]} addresses
 */
export function preloadsOf(metafile, inputs) {
  /** @type {Set<string>} */
  const wanted = new Set();
  /** @param {string} output @param {boolean} withDynamic */
  const add = (output, withDynamic) => {
    if (wanted.has(output)) return;
    wanted.add(output);
    for (const { path, kind } of metafile.outputs[output].imports) {
      if (path in metafile.outputs && (kind === "import-statement" || (withDynamic && kind === "dynamic-import")))
        add(path, false);
    }
  };
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint !== undefined && inputs[0] === entryPoint) add(output, true);
    else if (entryPoint !== undefined && inputs.includes(entryPoint)) add(output, false);
  }
  return [...wanted].map((output) => `/lib/${output.split("/lib/").at(-1)}`).sort();
}
