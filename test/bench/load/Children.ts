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

  /** When all have come so far, in milliseconds since 1970. */
  async all(what: ChildrenEvent['what']): Promise<number> {
    for (let next = await this.#events.next(); next.done !== true; next = await this.#events.next()) {
      const event = JSON.parse(next.value) as ChildrenEvent;
      if (event.what === what) return event.at;
    }
    throw new BenchFailure(`the child sites ended: ${lastLine(this.#said) ?? 'they said nothing'}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
