import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { BenchFailure } from './BenchFailure.js';
import type { Product } from './Product.js';
import { lastLine } from './runVerb.js';

/** A site that serves on a port of this machine: the verb `serve` of a product. */
export class ServedSite {
  private constructor(
    readonly url: string,
    readonly process: ChildProcess,
  ) {}

  /** Starts it and waits until it says where it serves. @throws BenchFailure when it ends before */
  static async start(product: Product, sitePath: string, env: NodeJS.ProcessEnv): Promise<ServedSite> {
    const child = spawn(process.execPath, [product.main, 'serve', '--port', '0', '--site-path', sitePath], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    let said = '';
    for await (const line of createInterface({ input: child.stderr })) {
      const url = /https?:\/\/[^\s/]+:\d+/.exec(line)?.[0];
      if (url !== undefined) {
        child.stderr.resume();
        return new ServedSite(url, child);
      }
      said += `${line}\n`;
    }
    throw new BenchFailure(`serve ended before it served: ${lastLine(said) ?? 'it said nothing'}`);
  }

  /** Ends it and waits until it has ended. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill();
    await ended;
  }
}
