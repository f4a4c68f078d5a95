import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { at, root } from '../paths.mjs';

/** What `npm test` checks of all files beside the tests. */
const checks = [
  {
    title: 'the types are correct (tsc)',
    args: [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at()],
  },
  {
    title: 'the code follows the rules (oxlint)',
    args: [at('node_modules', 'oxlint', 'bin', 'oxlint'), '--type-aware'],
  },
  {
    title: 'the files are laid out (oxfmt)',
    args: [at('node_modules', 'oxfmt', 'bin', 'oxfmt'), '--check'],
  },
];

/** Runs the checks one after the other, in the time that the tests leave. Gives `{ title, passed, seconds }` of each. */
export async function runChecks(list = checks, write = (text) => void process.stdout.write(text)) {
  const results = [];
  for (const { title, args } of list) {
    const started = Date.now();
    const { code, text } = await quietly(args);
    const result = { title, passed: code === 0, seconds: (Date.now() - started) / 1000 };
    write(`${result.passed ? '✔' : '✖'} ${title}, ${result.seconds.toFixed(0)} s\n${result.passed ? '' : text}`);
    results.push(result);
  }
  return results;
}

function quietly(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}
