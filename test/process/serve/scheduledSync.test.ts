import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Run } from '../../../server/contract/generated/types.js';
import { IMPORT_MODULE_JSON } from '../../cmdlets/fakeSession.js';
import { jsonInSession, powershellSuite, runInSession } from '../../powershell/powershellEngine.js';
import { GatedUpstream } from '../GatedUpstream.js';
import { laterClock } from './laterClock.js';
import { ended, RealSite } from '../RealSite.js';

const main = fileURLToPath(new URL('../../../server/main.js', import.meta.url));

powershellSuite('service: serve started, PowerShell closed', (engine) => {
  let site: RealSite;
  let upstream: GatedUpstream;
  before(async () => {
    // The minute that the test waits for does not end while PowerShell starts.
    await runInSession(engine(), IMPORT_MODULE_JSON);
    site = await RealSite.make();
    upstream = await GatedUpstream.start(40);
    await site.json('config', 'set', '--upstream', upstream.url, '--all-products', '--all-classifications');
  });
  after(async () => {
    await site.remove();
    await upstream.close();
  });

  /** Waits until the log of the site holds a text. */
  async function logged(words: string): Promise<void> {
    const folder = join(site.path, 'Logs');
    const holds = (): boolean =>
      existsSync(join(folder, 'wsyncmgr.log')) && readFileSync(join(folder, 'wsyncmgr.log'), 'utf8').includes(words);
    const watcher = watch(folder);
    try {
      while (!holds()) await once(watcher, 'change');
    } finally {
      watcher.close();
    }
  }

  it('the scheduled synchronization happens', async () => {
    const serve = await site.serve([], { env: { NODE_OPTIONS: laterClock(50) } });
    const script =
      `${IMPORT_MODULE_JSON}
Set-CMSoftwareUpdatePointComponent -Schedule (New-CMSchedule -RecurInterval Minutes -RecurCount 1) -PassThru | ` +
      `Select-Object -Property NextSyncReason | ConvertTo-Json -Compress`;
    const env = {
      CONFIGMGRSYNC_HOME: site.home,
      CONFIGMGRSYNC_SITE: site.path,
      CONFIGMGRSYNC_ENGINE_MAIN: main,
      CONFIGMGRSYNC_NODE: process.execPath,
    };
    expect(await jsonInSession(engine(), script, { env })).to.deep.equal({ NextSyncReason: 'schedule' });
    // PowerShell is gone now: its process has ended.
    await logged('Performing sync on regular schedule');
    await logged('STATMSG: ID=6702');
    // On a slow machine the next one has begun by now.
    const done = (await site.json<Run[]>('run', 'list')).filter(({ State }) => State !== 'Running');
    expect(new Set(done.map(({ Requester, State }) => `${Requester} ${State}`))).to.deep.equal(
      new Set(['Schedule Succeeded']),
    );
    expect(await ended(serve, 'SIGTERM')).to.equal(0);
  });
});
