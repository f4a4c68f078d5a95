import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { Site } from '../../server/contract/generated/types.js';
import { packageVersion, programFile } from '../../server/platform/packageFolder.js';
import { removeHome } from '../fixtures/removeHome.js';
import type { VerbEnd } from '../cli/runVerb.js';

describe('cli: in a process of its own', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'cms-cli-'))));
  afterEach(() => removeHome(home));

  function start(...args: string[]): ChildProcess {
    const env = { ...process.env, CONFIGMGRSYNC_HOME: home, CONFIGMGRSYNC_SITE: '' };
    return spawn(process.execPath, [programFile(), ...args], { env, stdio: 'pipe' });
  }

  async function run(args: readonly string[], input = ''): Promise<VerbEnd> {
    const child = start(...args);
    child.stdin?.end(input);
    const [out, err, [code]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      once(child, 'close') as Promise<[number]>,
    ]);
    return { code, out, err };
  }

  it('shows its help and version on stdout, in whole', async () => {
    const [help, version] = [await run(['config', 'set', '--help']), await run(['--version'])];
    expect([help.code, help.err, version.out]).to.deep.equal([0, '', `${packageVersion()}\n`]);
    expect(help.out)
      .to.match(/^configmgrsync config set/)
      .and.contain('--proxy-password-stdin')
      .and.match(/\n$/);
  });

  it('takes the folder of sites from the environment and writes JSON alone to stdout', async () => {
    const { code, out, err } = await run(['site', 'new', '--site-code', 'ABC', '--json']);
    expect([code, err, (JSON.parse(out) as Site).InstallDir]).to.deep.equal([0, '', join(home, 'ABC')]);
  });

  it('ends with the exit code of an error, which it says on stderr', async () => {
    const { code, out, err } = await run(['status', '--nonsense']);
    expect([code, out]).to.deep.equal([2, '']);
    expect(err).to.contain('nonsense').and.contain('configmgrsync --help');
  });

  it('reads what is secret from stdin', async () => {
    const { code, err } = await run(['site', 'new', '--site-code', 'PS1', '--join', '-'], 'no token\n');
    expect([code, err.split(':')[0]]).to.deep.equal([2, 'JoinTokenInvalid']);
  });

  it('ends when it is asked to, with what it had to do done', async () => {
    if (process.platform === 'win32') return;
    const child = start('sample-upstream', '--port', '0', '--updates', '1', '--json');
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    expect((await fetch(url)).status).to.be.greaterThan(0);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).to.deep.equal([0, null]);
  });
});
