// Starts the page that the shell names.
import { PageFrame } from "./pageframe.js";

/** @typedef {import("./pagemodule.js").PageEntry} PageEntry */

/**
 * @param {PageEntry[]} pages all pages, in the order of the navigation; the build makes the list
 */
export async function start(pages) {
  const name = document.documentElement.dataset.page;
  const page = pages.find((p) => p.name === name);
  if (page === undefined) throw new Error(`The client was built without a page '${name}'.`);
  const frame = new PageFrame(page, pages);
  try {
    await (await page.load()).mount(frame);
  } catch (error) {
    frame.trouble(`The page could not be started: ${error instanceof Error ? error.message : error}`);
    throw error;
  }
  frame.feed.start();
}
