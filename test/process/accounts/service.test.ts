import { runningEngine } from '../../../server/relay/runningEngine.js';
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Category, SUPSyncStatus } from '../../../server/contract/generated/types.js';
import { runProgram } from '../../../server/platform/runProgram.js';
import { ServiceControl } from '../../../server/service/ServiceControl.js';
import { realServiceDeps } from '../../../server/service/ServiceDeps.js';
import { openSite } from '../../../server/site/openSite.js';
import { ended, RealSite } from '../RealSite.js';

const main = fileURLToPath(new URL('../../../server/main.js', import.meta.url));
const NOBODY = { uid: 65534, gid: 65534 };

/** Two accounts need root, and a checkout that the other one can read. */
const possible =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, [main, '--version'], NOBODY).status === 0;

const because = possible ? '' : ' (skipped: a second account needs Linux, root and a checkout that it can read)';

(possible ? describe : describe.skip)(`service: under an account of its own${because}`, () => {
  let site: RealSite;
  beforeEach(async () => {
    site = await RealSite.make();
    chmodSync(site.home, 0o755);
    await site.json('config', 'set', '--upstream', 'http://127.0.0.1:9');
    const systemctl = async (call: Parameters<typeof runProgram>[0]): ReturnType<typeof runProgram> => {
      if (call.command !== 'systemctl') return runProgram(call);
      return Promise.resolve({ code: 0, stdout: 'running\n', stderr: '' });
    };
    const deps = {
      ...realServiceDeps(() => undefined),
      run: systemctl,
      root: join(site.home, 'root'),
      tellInstalled: async () => Promise.resolve(),
    };
    spawnSync('mkdir', ['-p', join(deps.root, 'etc/systemd/system')]);
    await new ServiceControl(await openSite(site.path), deps, runningEngine).install({ account: 'nobody' });
  });
  afterEach(() => site.remove());

  it('answers an administrator, and what it writes is its own', async () => {
    const serve = await site.serve(['--site-path', site.path], NOBODY);
    expect((await site.json<SUPSyncStatus[]>('status'))[0]?.SiteCode).to.equal('ABC');
    expect((await site.cli(['sync'])).code).to.equal(5);
    expect(await site.json<Category[]>('categories')).to.deep.equal([]);
    expect(await ended(serve, 'SIGTERM')).to.equal(0);
    for (const name of ['heartbeat.json', 'engine.json', 'Logs/engine.log', 'Logs/wsyncmgr.log'])
      expect(statSync(join(site.path, name)).uid, name).to.equal(NOBODY.uid);
  });

  it('is not started by another account, who is told what to do, at once', async () => {
    const stopped = await site.cli(['status', '--json']);
    expect(stopped.code).to.equal(6);
    const { ErrorId, ErrorMessage, NextStep } = JSON.parse(stopped.out) as Record<string, string>;
    expect(ErrorId).to.equal('ServiceNotRunning');
    expect(ErrorMessage).to.match(
      /^The engine of site ABC runs only as the service configmgrsync-ABC.service under nobody, which does not answer \(last heartbeat \d+ seconds ago\)\.$/,
    );
    expect(NextStep).to.contain('configmgrsync service start');
    expect((await site.cli(['serve'])).err).to.contain('ServiceNotRunning');
    expect(site.heartbeat.state).to.equal('Ended');
  });
});
