/**
 * `npm test`: type check, format and lint, then every test, browser tests included. All of them run, so that one look
 * shows everything; the last line counts. Options go to jest: `npm test -- test/store`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const typeCheck = ['node_modules/typescript/bin/tsc', '--noEmit'];

export async function run(options, rootDir) {
  const results = join(rootDir, 'test-results/jest.json');
  mkdirSync(join(rootDir, 'test-results'), { recursive: true });
  rmSync(results, { force: true });
  const checks = [
    { name: 'type check', ok: runs(typeCheck) },
    // Apps Script has neither the browser's names nor Node's, and a language level of its own.
    { name: 'type check of the Gmail add-on', ok: runs([...typeCheck, '-p', 'gmail-addon']) },
    { name: 'format and lint', ok: runs(['node_modules/@biomejs/biome/bin/biome', 'check', '.']) },
  ];
  const jestOk = runs(['node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`, ...options]);
  const counted = countOf(results);
  const wrong = checks.filter((check) => !check.ok);
  for (const { name } of wrong) console.log(`failed: ${name}`);
  const passed = counted.passed + checks.length - wrong.length;
  // jest may fail without a failed test: a worker that died, a file that does not compile.
  const failed = counted.failed + wrong.length || (jestOk ? 0 : 1);
  console.log(`${passed} passed, ${failed} failed${counted.skipped > 0 ? `, ${counted.skipped} skipped` : ''}`);
  return failed === 0 && jestOk ? 0 : 1;
}

function runs(command) {
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status === 0;
}

/** Test files that do not even load count as one failure each. */
function countOf(results) {
  try {
    const json = JSON.parse(readFileSync(results, 'utf8'));
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests + json.numRuntimeErrorTestSuites,
      skipped: json.numPendingTests + json.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
