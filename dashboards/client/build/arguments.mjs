// Command line of build.mjs and check.mjs.
import path from "node:path";
import { parseArgs } from "node:util";

/** A mistake of whoever builds: shown without a stack trace. */
export class BuildError extends Error {}

const NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** First parts of addresses that the server answers itself. */
const TAKEN = ["api", "dashboard", "health", "lib", "metrics", "sensing"];

/**
 * @param {string} clientFolder where the default output lies beside
 * @param {NodeJS.ProcessEnv} environment SENSING_PAGES: "name=folder", several separated by ';'
 * @returns {{out: string, extra: Map<string, string>}} the output folder, and the folders of more pages by name
 */
export function readArguments(clientFolder, args = process.argv.slice(2), environment = process.env) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: { out: { type: "string" }, page: { type: "string", multiple: true } },
    }));
  } catch (error) {
    throw new BuildError(
      `${error instanceof Error ? error.message : error} Usage: [--page NAME=FOLDER]... [--out FOLDER]`,
    );
  }
  const pages = [...(environment.SENSING_PAGES ?? "").split(";").filter((text) => text !== ""), ...(values.page ?? [])];
  const extra = new Map();
  for (const text of pages) {
    const at = text.indexOf("=");
    if (at < 1) throw new BuildError(`--page ${text}: expected NAME=FOLDER, for example --page radar=../radar/page`);
    extra.set(checkName(text.slice(0, at)), path.resolve(text.slice(at + 1)));
  }
  return { out: path.resolve(values.out ?? path.join(clientFolder, "..", "wwwroot")), extra };
}

/** @param {string} name name of a page's folder: also its address */
export function checkName(name) {
  if (!NAME.test(name))
    throw new BuildError(`page '${name}': the name must be 1 to 32 of a-z, 0-9 and '-', a letter first`);
  if (TAKEN.includes(name))
    throw new BuildError(`page '${name}': the server uses the address /${name} itself; choose another name`);
  return name;
}

/**
 * Runs the work of a command; a mistake of whoever builds ends it with a line that MSBuild reads as an error.
 * @param {string} code
 * @param {() => Promise<void>} work
 */
export async function runCommand(code, work) {
  try {
    await work();
  } catch (error) {
    // What esbuild reports it has printed itself.
    const isReported = error instanceof Error && "errors" in error;
    if (!(error instanceof BuildError) && !isReported) throw error;
    const message = isReported ? "the client cannot be bundled; see the messages above" : error.message;
    console.error(`dashboards/client : error ${code}: ${message}`);
    process.exitCode = 1;
  }
}
