import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { GeneratorOptions } from '../../../server/sample/catalogueFromGenerator.js';
import { BenchFailure } from '../product/BenchFailure.js';

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** An upstream in a process of its own whose catalogue changes when it is told to. The bench does not measure it. */
export class RevisedUpstream {
  readonly #child: Child;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    readonly url: string,
    { child, lines }: { readonly child: Child; readonly lines: AsyncIterator<string> },
  ) {
    this.#child = child;
    this.#lines = lines;
  }

  /** Starts one and waits until it listens. @throws BenchFailure when it ends before */
  static async start(options: GeneratorOptions): Promise<RevisedUpstream> {
    const script = fileURLToPath(new URL('revisedUpstreamProcess.js', import.meta.url));
    const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit'];
    const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return new RevisedUpstream((await said<{ readonly url: string }>(lines)).url, { child, lines });
  }

  /** Publishes the next revision of so many of its updates. @throws BenchFailure when it has ended */
  async change(count: number): Promise<void> {
    this.#child.stdin.write(`${count}\n`);
    await said(this.#lines);
  }

  /** Ends it and waits until it has ended. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    const ended = exitCode === null && signalCode === null ? once(this.#child, 'exit') : Promise.resolve();
    this.#child.kill();
    await ended;
  }
}

async function said<Said>(lines: AsyncIterator<string>): Promise<Said> {
  const line = await lines.next();
  if (line.done === true) throw new BenchFailure('the upstream whose catalogue changes ended');
  return JSON.parse(line.value) as Said;
}
