import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { withoutSecrets } from '../../server/platform/secretVariables.js';
import { Cleanup } from '../upstream/harness.js';
import { RealSite } from './RealSite.js';

const GIVEN = {
  CONFIGMGRSYNC_DATABASE_URL: 'postgresql://u:p4ssw0rd@h/d',
  CONFIGMGRSYNC_DATABASE_KEY: 'CMSYNC-p4ssw0rd',
};
/** Writes its environment into the file that it is given, which appears as a whole. */
const WRITE =
  "import fs from 'node:fs'; const [, , file] = process.argv; " +
  'fs.writeFileSync(`${file}.new`, JSON.stringify(process.env)); fs.renameSync(`${file}.new`, file);';

describe('Variables of the environment that hold a secret', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const made = async (): Promise<RealSite> => {
    const site = await RealSite.make();
    cleanup.add(async () => site.remove());
    return site;
  };

  it('are in no environment for another process, however they are written', () => {
    expect(withoutSecrets({ PATH: 'p', ...GIVEN, ConfigMgrSync_Database_Url: 'u' })).to.deep.equal({ PATH: 'p' });
  });

  it('are not inherited by the engine that a command starts', async function () {
    if (process.platform !== 'linux') return this.skip();
    const site = await made();
    const command = site.start(['status', '--site-path', site.path], { env: { ...GIVEN, CMSYNC_SEEN: 'yes' } });
    expect(await once(command, 'exit')).to.deep.equal([0, null]);
    const inherited = fs.readFileSync(`/proc/${site.engineId}/environ`, 'utf8');
    expect(inherited).to.contain('CMSYNC_SEEN=yes').and.not.to.contain('p4ssw0rd');
  });

  it('are not inherited by the after-sync command of a service', async () => {
    const site = await made();
    await site.serve(['--allow-after-sync-command'], { env: { ...GIVEN, CMSYNC_SEEN: 'yes' } });
    const [script, file] = [path.join(site.home, 'hook.mjs'), path.join(site.home, 'environment')];
    fs.writeFileSync(script, WRITE);
    const client = site.client();
    await client.request('component/set', {
      requestId: randomUUID(),
      synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      upstreamSourceLocation: 'http://127.0.0.1:9',
      afterSyncCommand: process.execPath,
      afterSyncArgument: [script, file],
    });
    const written = appears(file);
    await client.request('sync/start', { requestId: randomUUID() });
    await written;
    const environment = JSON.parse(fs.readFileSync(file, 'utf8')) as NodeJS.ProcessEnv;
    expect(environment)
      .to.include({ CMSYNC_SEEN: 'yes' })
      .and.not.to.have.any.keys(...Object.keys(GIVEN));
  });
});

async function appears(file: string): Promise<void> {
  const watcher = fs.watch(path.dirname(file));
  await new Promise<void>((resolve) => {
    watcher.on('change', () => {
      if (fs.existsSync(file)) resolve();
    });
  });
  watcher.close();
}
