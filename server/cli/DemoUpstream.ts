import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { SyncError } from '../errors/SyncError.js';
import { programFile } from '../platform/packageFolder.js';

/** `sample-upstream` in a process of its own, which ends with this one. */
export class DemoUpstream {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /** Starts it and waits until it listens. */
  static async start(): Promise<DemoUpstream> {
    const args = [
      programFile(),
      'sample-upstream',
      '--port',
      '0',
      '--updates',
      '2000',
      '--seed',
      '1',
      '--json',
      '--exit-with-parent',
    ];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });
    for await (const line of createInterface({ input: child.stdout })) {
      return new DemoUpstream((JSON.parse(line) as { url: string }).url, child);
    }
    throw new SyncError('InternalError', { where: 'the sample upstream', reason: 'it ended before it listened' });
  }

  /** Ends it. */
  async stop(): Promise<void> {
    const ended = this.#child.exitCode === null ? once(this.#child, 'exit') : undefined;
    this.#child.stdin?.end();
    await ended;
  }
}
