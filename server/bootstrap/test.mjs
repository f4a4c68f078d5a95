import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { at } from './paths.mjs';
import { runNode } from './run.mjs';
import { exitCodeOf, summaryLines } from './testSummary.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

const folder = mkdtempSync(join(tmpdir(), 'configmgrsync-test-'));
const counts = join(folder, 'counts.json');
const soak = process.argv.includes('--soak');
const given = process.argv.slice(2).filter((arg) => arg !== '--soak');
const specs = given.some((arg) => /\.test\.js$/.test(arg)) ? [] : ['dist/test/**/*.test.js'];
try {
  const mocha = [
    at('node_modules', 'mocha', 'bin', 'mocha.js'),
    '--reporter',
    at('server', 'bootstrap', 'countingReporter.cjs'),
    '--timeout',
    soak ? '3600000' : '60000',
    '--exit',
  ];
  const code = await runNode([...mocha, ...specs, ...given], {
    env: { ...process.env, CONFIGMGRSYNC_TEST_COUNTS: counts, ...(soak && { CONFIGMGRSYNC_TEST_SOAK: '1' }) },
  });
  const result = readCounts();
  for (const line of summaryLines(result)) process.stdout.write(`${line}\n`);
  process.exitCode = exitCodeOf(code, result, process.env.CI === 'true');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A run that ended before it could count has failed. */
function readCounts() {
  try {
    return JSON.parse(readFileSync(counts, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
}
