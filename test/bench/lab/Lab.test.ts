import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { packageFolder } from '../../../server/platform/packageFolder.js';

const moduleUrl = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
/** Works on something that never ends, with a process that would outlive it. */
const PROGRAM = `import { spawn } from 'node:child_process';
import { Lab } from ${moduleUrl('Lab.js')};
import { Upstreams } from ${moduleUrl('Upstreams.js')};
import { onceInterrupted } from ${moduleUrl('onceInterrupted.js')};
const lab = new Lab({ root: ${JSON.stringify(packageFolder())} }, new Upstreams());
onceInterrupted(async () => lab.abandon());
await lab.work(async ({ env }) => {
  const code = "process.send('runs'); setInterval(() => undefined, 1000)";
  const stdio = ['ignore', 'inherit', 'ignore', 'ipc'];
  const other = spawn(process.execPath, ['-e', code], { env, detached: true, stdio });
  await new Promise((resolve) => other.once('message', resolve));
  process.stdout.write(lab.folder());
  await new Promise(() => undefined);
});`;

// A signal cannot be sent there.
const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('a bench that is interrupted', () => {
  it('ends what it started, removes its folders and says so with its exit code', async () => {
    const bench = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = text(bench.stdout);
    await once(bench.stdout, 'data');
    bench.kill('SIGINT');
    expect(await once(bench, 'exit')).to.deep.equal([130, null]);
    // The output ends when the other process, which has it too, is gone.
    expect(existsSync(path.dirname(await output))).to.equal(false);
  });
});
