import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { resolveSite } from '../../server/site/resolveSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';

describe('a site below one of this machine', () => {
  const folder = temporaryFolder();

  it('is named with its server, as far as the file of its parent says', async () => {
    const environment = { ...realSiteEnvironment(), env: { CONFIGMGRSYNC_HOME: folder() } };
    const { path } = await createSite({ requestId: 'r', siteCode: 'ABC' }, environment);
    const below = JSON.stringify({ SitesBelow: [{ SiteCode: 'S01', ServerName: 's01.contoso.com' }, null, 7] });
    writeFileSync(join(path, 'completion.json'), below);
    expect((await caughtFrom(resolveSite({ ...environment, siteCode: 'S01' }))).errorId).to.equal('SiteElsewhere');
    const asked = async (siteCode: string): Promise<string> =>
      (await caughtFrom(resolveSite({ ...environment, siteCode }))).message;
    expect(await asked('s01')).to.equal(
      'Site S01 is not on this machine. It is a site below ABC, on the server s01.contoso.com.',
    );
    expect(await asked('S02')).to.contain('There is no site S02.');
    writeFileSync(join(path, 'completion.json'), 'half a fi');
    expect(await asked('S01')).to.contain('There is no site S01.');
  });
});
