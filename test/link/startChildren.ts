import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ParentRecord } from '../../server/link/ParentRecord.js';

/** Starts a process that plays the child sites of the records; its file lies in the folder. Gives what ends it. */
export function startChildren(
  file: string,
  records: readonly ParentRecord[],
): { readonly child: ChildProcess; readonly stop: () => Promise<void> } {
  writeFileSync(file, JSON.stringify(records), { mode: 0o600 });
  const child = spawn(process.execPath, [fileURLToPath(new URL('./simulatedChildren.js', import.meta.url)), file], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  return {
    child,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
