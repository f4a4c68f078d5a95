import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineClient } from '../../server/relay/EngineClient.js';
import { realEngineDeps } from '../../server/rpc/EngineDeps.js';
import { forwardPackage } from '../../server/relay/forwardPackage.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { STRANGER, WindowsAccounts } from '../fixtures/windowsAccounts.js';
import { caughtFrom } from '../rpc/caught.js';

describe('transfer: a site that somebody else put there on Windows', () => {
  const folder = temporaryFolder();

  it('is given no package', async () => {
    const site = await createSite(
      { requestId: 'r', siteCode: 'ABC', path: join(folder(), 'ABC') },
      realSiteEnvironment(),
    );
    const machine = new WindowsAccounts();
    machine.found.set(site.path, { owner: STRANGER });
    const client = new EngineClient(site, {
      ...realEngineDeps(),
      platform: 'win32',
      run: async (call) => Promise.resolve(machine.answer(call) ?? { code: 1, stdout: '', stderr: 'what?' }),
    });
    const path = join(folder(), 'wanted.xml.gz');
    writeFileSync(path, 'x');
    // What is put there would be taken away again after the error: the folder is not even touched.
    let isTouched = false;
    site.files.mkdirSync = () => (isTouched = true);
    const request = { method: 'catalog/import', params: { requestId: randomUUID(), path } };
    expect((await caughtFrom(forwardPackage(client, request, {}))).errorId).to.equal('SiteFolderNotTrusted');
    expect([isTouched, readdirSync(join(site.path, 'Transfer'))]).to.deep.equal([false, []]);
  });
});
