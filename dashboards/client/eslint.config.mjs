// Rules beyond the types: what the recommended set says, and the boundaries between the client's parts.
import js from "@eslint/js";
import globals from "globals";

/** Text from events must never become markup: elements are made by core/dom.js. */
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "createContextualFragment"].map((property) => ({
  property,
  message: "Make elements with el() and fill() of core/dom.js, so that text cannot become markup.",
}));

/** @type {import("eslint").Linter.RulesRecord} */
const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: "error",
  "no-console": ["error", { allow: ["warn", "error"] }],
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-restricted-properties": ["error", ...MARKUP],
  "no-throw-literal": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
};

/**
 * A page knows the shared parts and itself, no other page.
 * @type {import("eslint").Linter.RulesRecord}
 */
export const pageRules = {
  ...rules,
  "no-restricted-imports": [
    "error",
    {
      patterns: [
        {
          regex: "^@sensing/client/(?!core/|chart/)",
          message: "A page imports core/ and chart/, never another page.",
        },
        { regex: "^\\.\\./\\.\\./", message: "A page imports the shared parts as @sensing/client/…" },
        { regex: "\\bpages/", message: "A page never imports another page." },
      ],
    },
  ],
};

/**
 * Shared parts know no page.
 * @type {import("eslint").Linter.RulesRecord}
 */
const sharedRules = {
  ...rules,
  "no-restricted-imports": ["error", { patterns: [{ regex: "\\bpages/", message: "Shared parts import no page." }] }],
};

const browser = { ecmaVersion: 2024, sourceType: "module", globals: globals.browser };
const node = { ecmaVersion: 2024, sourceType: "module", globals: globals.node };

/** @type {import("eslint").Linter.Config[]} */
export default [
  { ignores: ["node_modules/"] },
  { files: ["src/core/**/*.js", "src/chart/**/*.js"], languageOptions: browser, rules: sharedRules },
  { files: ["src/pages/**/*.js"], languageOptions: browser, rules: pageRules },
  { files: ["static/*.js"], languageOptions: { ...browser, sourceType: "script" }, rules },
  { files: ["build/*.mjs", "*.mjs"], languageOptions: node, rules },
  {
    files: ["**/test/*.test.js"],
    languageOptions: { ...node, globals: { ...globals.node, ...globals.browser } },
    rules,
  },
];

/**
 * The rules for a page that lies elsewhere.
 * @type {import("eslint").Linter.Config[]}
 */
export const outsidePage = [{ files: ["**/*.js"], languageOptions: browser, rules: pageRules }];
