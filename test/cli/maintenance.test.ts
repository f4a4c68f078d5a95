import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Maintenance } from '../../server/contract/generated/types.js';
import { STATE } from '../../server/state/siteState.js';
import { agedFolder } from '../engine/agedFolder.js';
import { endEngine } from '../fixtures/endEngine.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { runVerb, type VerbEnd } from './runVerb.js';

describe('cli: maintenance of a site with a past, in an engine of its own', () => {
  const folder = temporaryFolder();
  const run = async (...args: string[]): Promise<VerbEnd> =>
    runVerb(args, { CONFIGMGRSYNC_HOME: folder(), CONFIGMGRSYNC_SITE: 'ABC' });

  it('says what would go, as a table and as JSON, and then does it', async () => {
    expect((await run('site', 'new', '--site-code', 'ABC')).code).to.equal(0);
    await agedFolder(join(folder(), 'ABC'));
    try {
      const table = await run('maintenance', '--what-if');
      expect([table.code, table.err]).to.deep.equal([0, '']);
      expect(table.out)
        .to.match(/^DeleteUpdate +00000000-0000-4000-8000-000000000014 +1 +Update 20 +It has been declined/m)
        .and.to.contain('Would clean up: ');
      const preview = JSON.parse((await run('maintenance', '--what-if', '--json')).out) as Maintenance;
      const done = JSON.parse((await run('maintenance', '--json')).out) as Maintenance;
      expect([
        preview.WhatIf,
        preview.DeletedRevisions,
        done.WhatIf,
        done.DeletedRevisions,
        done.CompactedSegments,
      ]).to.deep.equal([true, 8, false, 8, 1]);
      expect((await run('maintenance')).out).to.contain('Nothing to clean up.');
      expect(readFileSync(join(folder(), 'ABC', 'Logs', 'wsyncmgr.log'), 'utf8'))
        .to.contain('Calling WSUS Cleanup.')
        .and.to.contain('3 update(s) were deleted from the catalogue');
    } finally {
      endEngine(join(folder(), 'ABC'));
    }
  });

  it('is taken up when the engine starts after one that was killed in it', async () => {
    expect((await run('site', 'new', '--site-code', 'ABC')).code).to.equal(0);
    await agedFolder(join(folder(), 'ABC'), { [STATE.maintenancePending]: true });
    try {
      expect((await run('status')).code).to.equal(0);
      // This one waits for the one that was taken up, which has left nothing to do.
      expect((JSON.parse((await run('maintenance', '--json')).out) as Maintenance).DeletedRevisions).to.equal(0);
    } finally {
      endEngine(join(folder(), 'ABC'));
    }
  });
});
