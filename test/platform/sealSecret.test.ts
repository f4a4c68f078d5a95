import { expect } from 'chai';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramCall, ProgramEnd } from '../../server/platform/runProgram.js';
import { createSealer, type Sealer } from '../../server/platform/sealSecret.js';
import { readSecret, writeSecrets } from '../../server/site/siteSecrets.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';

interface Given {
  readonly action: string;
  readonly value: string;
  readonly binding: string;
}

const said = (answer: object): ProgramEnd => ({ code: 0, stdout: JSON.stringify(answer), stderr: '' });

/** What the script of the sealer does on Windows, over a machine key that only it has. */
function machine(calls: ProgramCall[] = []): (call: ProgramCall) => Promise<ProgramEnd> {
  return async (call) => {
    calls.push(call);
    const given = JSON.parse(call.input ?? '') as Given;
    const mark = Buffer.from(`sealed for ${given.binding}:`).toString('base64');
    const value = Buffer.from(given.value, 'base64').toString('base64');
    if (given.action === 'seal')
      return Promise.resolve(said({ value: Buffer.from(`${mark} ${value}`).toString('base64') }));
    const [found, inside] = Buffer.from(given.value, 'base64').toString().split(' ');
    return Promise.resolve(
      found === mark ? said({ value: inside ?? '' }) : { ...said({ error: 'The parameter is incorrect.' }), code: 1 },
    );
  };
}

const windows = (calls: ProgramCall[] = []): Sealer =>
  createSealer({ platform: 'win32', env: {}, run: machine(calls) });
const linux = createSealer({
  platform: 'linux',
  env: {},
  run: async () => Promise.reject(new Error('nothing is run here')),
});

describe('platform: secrets', () => {
  const folder = temporaryFolder();
  const site = (secret = 'aa'): { path: string; secret: string } => ({ path: folder(), secret });
  const onDisk = (): string => readFileSync(join(folder(), 'secrets.json'), 'utf8');

  it(
    'on Windows: lies sealed on the disk, never in an argument, and opens with the secret of the site ' + 'only',
    async () => {
      const calls: ProgramCall[] = [];
      await writeSecrets(site(), { proxyPassword: 'pässword' }, windows(calls));
      const stored = JSON.parse(onDisk()) as { proxyPassword: { sealed: string; value: string } };
      expect(stored.proxyPassword.sealed).to.equal('dpapi-machine');
      expect(onDisk()).not.to.contain('pässword');
      expect(calls.flatMap((call) => call.args).join(' ')).not.to.match(/p.ssword/);
      expect(await readSecret(site(), 'proxyPassword', windows())).to.equal('pässword');
      const error = await caughtFrom(readSecret(site('bb'), 'proxyPassword', windows()));
      expect([error.errorId, error.data['reason']]).to.deep.equal(['SecretSealFailed', 'The parameter is incorrect']);
    },
  );

  it('on Windows: takes a password of an older version, and seals the next one', async () => {
    await writeSecrets(site(), { proxyPassword: 'old' }, linux);
    expect(await readSecret(site(), 'proxyPassword', windows())).to.equal('old');
    await writeSecrets(site(), { proxyPassword: 'new' }, windows());
    expect(onDisk()).not.to.contain('new');
  });

  it('elsewhere: a file for its account alone, in which a sealed one of a Windows machine is refused', async () => {
    const before = process.umask(0o077);
    await writeSecrets(site(), { proxyPassword: 'pw' }, linux).finally(() => process.umask(before));
    if (process.platform !== 'win32') expect(statSync(join(folder(), 'secrets.json')).mode & 0o777).to.equal(0o600);
    expect(await readSecret(site(), 'proxyPassword', linux)).to.equal('pw');
    await writeSecrets(site(), { proxyPassword: 'pw' }, windows());
    expect((await caughtFrom(readSecret(site(), 'proxyPassword', linux))).errorId).to.equal('SecretSealFailed');
  });

  it('forgets, and shows nothing of a secret when PowerShell fails', async () => {
    await writeSecrets(site(), { proxyPassword: '' }, windows());
    expect(await readSecret(site(), 'proxyPassword', windows())).to.equal('');
    const talkative = createSealer({
      platform: 'win32',
      env: {},
      run: async () => Promise.resolve(said({ value: 'pw!' })),
    });
    expect((await caughtFrom(talkative.seal('pw!', 'aa'))).message).to.equal(
      'A secret of the site could not be sealed: PowerShell gave no result.',
    );
    expect(await readSecret({ path: join(folder(), 'no'), secret: '' }, 'proxyPassword', linux)).to.equal(undefined);
  });
});
