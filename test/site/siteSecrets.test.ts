import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const SECRETS = new URL('../../server/site/siteSecrets.js', import.meta.url).href;
const TURN = new URL('../../server/platform/files/fileTurn.js', import.meta.url).href;
const FILES = new URL('../../server/platform/files/folderFiles.js', import.meta.url).href;

describe('The secrets of a site', () => {
  const folder = temporaryFolder();
  const stored = (): Record<string, unknown> =>
    JSON.parse(fs.readFileSync(path.join(folder(), 'secrets.json'), 'utf8')) as Record<string, unknown>;
  const run = async (program: string): Promise<readonly unknown[]> => {
    const words = ['--input-type=module', '--eval', program];
    return once(spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit');
  };
  const writer = (name: string, count: number): string => `
    const { writeSecrets } = await import('${SECRETS}');
    const sealer = { seal: async (secret) => secret, open: async (stored) => stored };
    for (let i = 0; i < ${count}; i += 1)
      await writeSecrets({ path: ${JSON.stringify(folder())}, secret: 's' }, { ['${name}' + i]: 'x' }, sealer);`;

  it('that several processes change at once are all kept', async () => {
    const ends = await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => run(writer(name, 20))));
    expect(ends.map(([code]) => code)).to.deep.equal([0, 0, 0, 0]);
    expect(Object.keys(stored())).to.have.lengthOf(80);
    expect(fs.readdirSync(folder())).to.deep.equal(['secrets.json']);
  });

  it('are changed also where a process was killed in the middle of a change', async () => {
    const file = JSON.stringify(path.join(folder(), 'secrets.json'));
    const [, signal] = await run(`
      const [{ inFileTurn }, { plainFiles }] = await Promise.all([import('${TURN}'), import('${FILES}')]);
      await inFileTurn(${file}, async () => process.kill(process.pid, 'SIGKILL'), { files: plainFiles });`);
    expect(signal).to.equal('SIGKILL');
    expect(fs.readdirSync(folder()).join()).to.match(/^secrets\.json\..*\.turn$/);
    expect((await run(writer('a', 1)))[0]).to.equal(0);
    expect(fs.readdirSync(folder())).to.deep.equal(['secrets.json']);
    expect(stored()).to.deep.equal({ a0: 'x' });
  });
});
