import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { at } from './paths.mjs';
import { runNode } from './run.mjs';
import { runChecks } from './suite/checks.mjs';
import { groupTimes } from './suite/groups.mjs';
import { orderFiles, secondsOf } from './suite/orderFiles.mjs';
import { preparePowerShell } from './suite/preparePowerShell.mjs';
import { processorSeconds } from './suite/processorTime.mjs';
import { readArguments } from './suite/readArguments.mjs';
import { exitCodeOf, summaryLines, together } from './suite/summary.mjs';
import { temporaryFolder } from './suite/temporaryFolder.mjs';

const MOST_WORKERS = 4;
/** Many times what the longest needs on an idle machine: only what hangs is to end by it. */
const LONGEST_TEST_MS = '300000';

checkNode();
await ensureInstalled();
await ensureBuilt();

const temporary = temporaryFolder();
const [counts, times] = [join(temporary.folder, 'counts.json'), at('dist', '.test-times.json')];
const fileTimes = join(temporary.folder, 'times.jsonl');
const given = readArguments(process.argv.slice(2));
const before = readJson(times, {});
if (given.isWhole) await preparePowerShell();
const prepared = processorSeconds();
try {
  const [code, checks] = await Promise.all([runTests(), given.isWhole ? runChecks() : []]);
  // A run that ended before it could count has failed.
  const counted = readJson(counts, { passed: 0, failed: 1, skipped: [], tests: [] });
  if (given.isWhole) writeFileSync(times, JSON.stringify(secondsOf(counted.tests, before)));
  const result = { ...together(counted, checks), processor: spent(prepared, processorSeconds()), groups: groups() };
  for (const line of summaryLines(result)) process.stdout.write(`${line}\n`);
  process.exitCode = exitCodeOf(code, result, process.env.CI === 'true');
} finally {
  temporary.remove();
}

/** Several workers take the files one after the other; a file that is named runs in one process, as a debugger wants. */
async function runTests() {
  const workers = given.files.length > 0 ? 1 : Math.min(MOST_WORKERS, availableParallelism());
  const mocha = [
    at('node_modules', 'mocha', 'bin', 'mocha.js'),
    '--reporter',
    at('server', 'bootstrap', 'countingReporter.cjs'),
    '--timeout',
    LONGEST_TEST_MS,
    '--exit',
    ...(given.isSoak ? ['--require', suite('soakTime.cjs')] : []),
    // Only a worker has one file after the other.
    ...(workers > 1 ? ['--parallel', '--jobs', String(workers), '--require', suite('fileTimes.mjs')] : []),
  ];
  const files = given.files.length > 0 ? given.files : orderFiles(testFiles(), before).map((file) => at('dist', file));
  return runNode([...mocha, ...given.options, ...files], {
    env: {
      ...process.env,
      ...temporary.env,
      CONFIGMGRSYNC_TEST_COUNTS: counts,
      CONFIGMGRSYNC_TEST_TIMES: fileTimes,
      ...(given.isSoak && { CONFIGMGRSYNC_TEST_SOAK: '1' }),
    },
  });
}

function suite(name) {
  return at('server', 'bootstrap', 'suite', name);
}

function groups() {
  if (!existsSync(fileTimes)) return [];
  const lines = readFileSync(fileTimes, 'utf8').trim().split('\n');
  return groupTimes(
    lines.map((line) => JSON.parse(line)),
    (file) => readFileSync(file, 'utf8'),
  );
}

/** Without what it took to install and to build. */
function spent(from, to) {
  return from === undefined || to === undefined ? undefined : to - from;
}

function testFiles() {
  const names = readdirSync(at('dist', 'test'), { recursive: true }).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => name.endsWith('.test.js')).map((name) => `test/${name}`);
}

function readJson(path, otherwise) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Not written, or not whole.
    return otherwise;
  }
}
