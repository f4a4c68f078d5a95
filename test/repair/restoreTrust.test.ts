import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramCall } from '../../server/platform/runProgram.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { BACKUP_FORMAT, encodeManifest, MANIFEST } from '../../server/repair/BackupManifest.js';
import { restoreSite } from '../../server/repair/restoreSite.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { STRANGER, WindowsAccounts } from '../fixtures/windowsAccounts.js';
import { caughtFrom } from '../rpc/caught.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('repair: a restore into a folder on Windows', () => {
  const folder = temporaryFolder();

  function backUp(site: SiteFolder): string {
    const backup = join(folder(), 'backup');
    mkdirSync(backup);
    const { siteCode, siteName, siteGuid, serverName, type, created, requestId, operators } = site;
    const manifest = {
      ...{ format: BACKUP_FORMAT, version: '0', created, documents: 0, updates: 0, secrets: [], hasSecrets: false },
      site: { siteCode, siteName, siteGuid, serverName, type, created, requestId, operators },
      database: { format: 1, position: { generation: 1, sequence: 0, length: 0, digest: '' }, highestDocument: 0 },
      files: [],
    } as unknown as Parameters<typeof encodeManifest>[0];
    writeFileSync(join(backup, MANIFEST), encodeManifest(manifest));
    return backup;
  }

  it('that somebody else put there asks no engine of it', async () => {
    const site = await createSite(
      { requestId: 'r', siteCode: 'ABC', path: join(folder(), 'ABC') },
      realSiteEnvironment(),
    );
    const machine = new WindowsAccounts();
    machine.found.set(site.path, { owner: STRANGER });
    const run = async (call: ProgramCall): Promise<ReturnType<WindowsAccounts['answer']> & object> =>
      Promise.resolve(machine.answer(call) ?? { code: 1, stdout: '', stderr: 'what?' });
    let asked = 0;
    const restore = restoreSite({
      backup: backUp(site),
      sitePath: site.path,
      password: undefined,
      isWhatIf: false,
      mayReplace: true,
      environment: { ...realSiteEnvironment(), platform: 'win32', run },
      sealer: realSealer(),
      endEngine: async () => {
        asked += 1;
        return Promise.resolve();
      },
      asAccount: async () => Promise.reject(new TypeError('no account is meant')),
      report: () => undefined,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const error = await caughtFrom(restore);
    expect([error.errorId, asked]).to.deep.equal(['SiteFolderNotTrusted', 0]);
  });
});
