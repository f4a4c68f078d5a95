import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** Runs a script with this Node.js in the package folder; resolves with its exit code. No shell is involved. */
export function runNode(args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', windowsHide: true, ...options });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** Runs a script that must succeed; ends this process with its exit code otherwise. */
export async function mustRunNode(what, args, options = {}) {
  const code = await runNode(args, options);
  if (code === 0) return;
  process.stderr.write(`${what} failed (exit code ${code}).\n`);
  process.exit(code);
}
