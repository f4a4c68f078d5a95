import { expect } from 'chai';
import path from 'node:path';
import type { FolderFiles } from '../../server/platform/files/folderFiles.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { siteSize } from '../../server/state/siteSize.js';
import { readRuns } from '../../server/state/storedRuns.js';
import { testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';

describe('what a site holds', () => {
  const site = testSite();
  const withFiles = (files: Partial<FolderFiles>): void =>
    void Object.assign(site().context.site, { files: { ...plainFiles, ...files } });

  it('does not count a file that goes while it is looked at', async () => {
    const before = await siteSize(site().context);
    withFiles({ readdirSync: (folder) => [...plainFiles.readdirSync(folder), 'snapshot.gone'] });
    expect(await siteSize(site().context)).to.deep.equal(before);
  });

  it('is not known where its folder cannot be read, and the synchronization ends as it would', async () => {
    withFiles({ readdirSync: (folder) => plainFiles.readdirSync(path.join(folder, 'not there')) });
    site().source.put(update(1));
    const run = await site().sync();
    expect(run).to.include({ Succeeded: true, Size: null });
    expect((await readRuns(site().database, { newest: 1 }))[0]).to.include({ State: 'Succeeded', Size: null });
  });
});
