// Checks the client as every build does: types (tsc), rules (ESLint), format (Prettier).
//   node check.mjs [--page NAME=FOLDER]...    checks pages from elsewhere too, their types and rules
import { ESLint } from "eslint";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as prettier from "prettier";
import { BuildError, readArguments, runCommand } from "./build/arguments.mjs";
import { CLIENT } from "./build/options.mjs";
import { outsidePage } from "./eslint.config.mjs";

const FOLDERS = ["src", "test", "static", "build", "."];

/** Modules of the client; of its top folder only those directly in it. */
async function ownFiles() {
  const lists = await Promise.all(
    FOLDERS.map(async (folder) => {
      const names = await readdir(path.join(CLIENT, folder), { recursive: folder !== "." });
      return names.map((name) => path.join(CLIENT, folder, name));
    }),
  );
  return lists.flat().filter((file) => /\.m?js$/.test(file));
}

/**
 * Prints a mistake as MSBuild and editors read it.
 * @param {string} file
 * @param {number} line
 * @param {number} column
 * @param {string} code
 * @param {string} message
 */
function report(file, line, column, code, message) {
  console.error(`${path.relative(process.cwd(), file)}(${line},${column}): error ${code}: ${message}`);
}

/**
 * @param {string} project a tsconfig
 * @returns {Promise<number>} 1 where there are mistakes
 */
function checkTypes(project) {
  return new Promise((resolve, reject) => {
    const tsc = path.join(CLIENT, "node_modules", "typescript", "bin", "tsc");
    const child = spawn(process.execPath, [tsc, "-p", project, "--pretty", "false"], { stdio: ["ignore", 2, 2] });
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0 ? 0 : 1));
  });
}

/**
 * @param {string[]} files names or patterns
 * @param {import("eslint").ESLint.Options} options
 * @returns {Promise<number>} how many mistakes
 */
async function checkRules(files, options) {
  let mistakes = 0;
  for (const { filePath, messages } of await new ESLint(options).lintFiles(files)) {
    for (const { line, column, ruleId, message } of messages) {
      report(filePath, line ?? 1, column ?? 1, ruleId ?? "syntax", message);
      mistakes++;
    }
  }
  return mistakes;
}

/**
 * @param {string[]} files
 * @returns {Promise<number>} how many are formatted otherwise
 */
async function checkFormat(files) {
  let mistakes = 0;
  for (const file of files) {
    const options = { ...(await prettier.resolveConfig(file, { editorconfig: true })), filepath: file };
    if (await prettier.check(await readFile(file, "utf8"), options)) continue;
    report(file, 1, 1, "format", "run 'npm run format' in dashboards/client");
    mistakes++;
  }
  return mistakes;
}

/**
 * Types of pages from elsewhere: with this client's shared parts and libraries.
 * @param {string[]} folders
 */
async function checkOutsideTypes(folders) {
  if (folders.length === 0) return 0;
  const temporary = await mkdtemp(path.join(tmpdir(), "sensing-client-"));
  try {
    const libraries = path.join(CLIENT, "node_modules");
    const config = {
      extends: path.join(CLIENT, "tsconfig.json"),
      compilerOptions: {
        paths: {
          "@sensing/client/*": [path.join(CLIENT, "src", "*")],
          "*": [path.join(libraries, "*"), path.join(libraries, "@types", "*")],
        },
      },
      include: folders,
      exclude: folders.map((folder) => path.join(folder, "test")),
    };
    const project = path.join(temporary, "tsconfig.json");
    await writeFile(project, JSON.stringify(config));
    return await checkTypes(project);
  } finally {
    await rm(temporary, { recursive: true });
  }
}

await runCommand("SENSING0004", async () => {
  const { extra } = readArguments(CLIENT);
  const folders = [...extra.values()];
  const files = await ownFiles();
  const mistakes = await Promise.all([
    checkTypes(path.join(CLIENT, "tsconfig.json")),
    checkTypes(path.join(CLIENT, "tsconfig.build.json")),
    checkRules(files, { cwd: CLIENT }),
    checkFormat(files),
    checkOutsideTypes(folders),
    ...folders.map((cwd) => checkRules(["**/*.js"], { cwd, overrideConfigFile: true, overrideConfig: outsidePage })),
  ]);
  const all = mistakes.reduce((sum, count) => sum + count, 0);
  if (all > 0) throw new BuildError("the client has mistakes; see the messages above");
});
