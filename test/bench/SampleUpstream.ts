import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { packageFolder } from '../../server/platform/packageFolder.js';

/** A `sample-upstream` of the command line in a process of its own. */
export interface SampleUpstream {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it and waits until it listens. */
export async function startSampleUpstream(args: readonly string[]): Promise<SampleUpstream> {
  const main = path.join(packageFolder(), 'dist', 'server', 'main.js');
  const child = spawn(process.execPath, [main, 'sample-upstream', '--port', '0', '--json', ...args], {
    // With --exit-with-parent it ends with this process, however that ends.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await firstUrl(child);
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function firstUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new TypeError('The sample upstream has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[^\s"]+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new TypeError('The sample upstream ended before it listened.');
}
