import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { BenchFailure } from '../product/BenchFailure.js';
import { lastLine } from '../product/runVerb.js';
import type { ChildrenEvent } from './childrenProcess.js';

const LONGEST_WAIT_MS = 600_000;

/** Child sites that are played by another process. */
export class Children {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #events: AsyncIterator<string>;
  #said = '';

  /** Lets as many join as there are tokens. */
  constructor({ tokens, version, folder }: { tokens: readonly string[]; version: string; folder: string }) {
    const file = path.join(folder, 'tokens.json');
    writeFileSync(file, JSON.stringify(tokens), { mode: 0o600 });
    const script = fileURLToPath(new URL('childrenProcess.js', import.meta.url));
    this.#child = spawn(process.execPath, [script, file, version], { stdio: 'pipe' });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    this.#events = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** When all have come so far, in milliseconds since 1970. @throws BenchFailure where that takes too long */
  async all(what: ChildrenEvent['what']): Promise<number> {
    const late = setTimeout(() => this.#child.kill('SIGKILL'), LONGEST_WAIT_MS);
    try {
      return await this.#next(what);
    } finally {
      clearTimeout(late);
    }
  }

  async #next(what: ChildrenEvent['what']): Promise<number> {
    for (let next = await this.#events.next(); next.done !== true; next = await this.#events.next()) {
      const event = JSON.parse(next.value) as ChildrenEvent;
      if (event.what === what) return event.at;
    }
    const reason = lastLine(this.#said) ?? `they said nothing, or not all had ${what} in time`;
    throw new BenchFailure(`the child sites ended: ${reason}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
