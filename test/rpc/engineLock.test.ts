import { expect } from 'chai';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngine, fakeEngineSite } from './fakeEngineSite.js';
import { repetitions } from '../fixtures/repetitions.js';

const rounds = repetitions(2, 20);

describe('rpc: the lock of the engine', () => {
  let site: RealSite;
  const children: ChildProcess[] = [];
  beforeEach(async () => (site = await fakeEngineSite()));
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await site.remove();
  });

  async function start(): Promise<{ child: ChildProcess; line: string }> {
    const child = spawn(process.execPath, [fakeEngine, '--site-path', site.site.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return { child, line };
  }

  it('has exactly one owner when eight processes race, and a killed owner is superseded', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const started = await Promise.all(Array.from({ length: 8 }, start));
      const owners = started.filter(({ line }) => line.startsWith('owner'));
      expect(owners.map(({ line }) => line)).to.deep.equal([`owner ${round}`]);
      expect(started.filter(({ line }) => line === 'lost')).to.have.length(7);
      const owner = owners[0]!.child;
      owner.kill('SIGKILL');
      await once(owner, 'exit');
    }
    expect(site.journals).to.have.length(rounds);
  });

  it('starts above the generations on disk', async () => {
    site.write('journal.41', '');
    expect((await start()).line).to.equal('owner 42');
  });
});
