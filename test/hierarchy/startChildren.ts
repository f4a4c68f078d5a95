import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ParentNote } from '../../server/hierarchy/join/ParentNote.js';

/** Starts a process that plays the child sites of the notes; its file lies in the folder. Gives what ends it. */
export function startChildren(
  file: string,
  notes: readonly ParentNote[],
): { readonly child: ChildProcess; readonly stop: () => Promise<void> } {
  writeFileSync(file, JSON.stringify(notes), { mode: 0o600 });
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
