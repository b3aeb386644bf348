// Sums up the reports of one or more test runs (CTRF, one file a project): what was skipped and why, what failed, and the total.
// node build/test-summary.mjs FOLDER...
// Exits with 1 where a test failed or none passed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const total = { passed: 0, failed: 0, skipped: 0 };
const reasons = new Map();
const failures = [];
let reports = 0;

for (const folder of process.argv.slice(2).filter((name) => existsSync(name))) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ctrf")).sort()) {
    reports++;
    for (const test of JSON.parse(readFileSync(join(folder, file), "utf8")).results.tests) {
      if (test.status in total) total[test.status]++;
      if (test.status === "failed") failures.push(test);
      if (test.status === "skipped") {
        const reason = test.message?.trim() || "no reason given";
        reasons.set(reason, [...(reasons.get(reason) ?? []), test.name]);
      }
    }
  }
}

if (reports === 0) {
  console.log("No test has reported a result: see above for how far the run came.\n0 passed, 0 failed, 0 skipped");
  process.exit(1);
}

if (total.skipped > 0) {
  console.log("\nSkipped, and why:");
  for (const [reason, tests] of [...reasons].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`  ${tests.length} ${tests.length === 1 ? "test" : "tests"}: ${reason}`);
    for (const name of tests.slice(0, 3)) console.log(`      ${name}`);
    if (tests.length > 3) console.log(`      and ${tests.length - 3} more`);
  }
}

if (failures.length > 0) {
  console.log("\nFailed:");
  for (const test of failures) {
    console.log(`  ${test.name} (${(test.duration / 1000).toFixed(1)} s)`);
    for (const line of (test.message ?? "").trim().split("\n").slice(0, 8)) console.log(`      ${line}`);
  }
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
