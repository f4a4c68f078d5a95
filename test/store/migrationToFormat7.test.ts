import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { FORMAT } from '../../server/store/sql/schema.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { unsyncedFiles } from './FailingFiles.js';
import { putSite } from './fixtures/putSite.js';
import { contentOf, expectSafeMigration, open, WHOLE } from './olderSite.js';

describe('A site of format 6, which has no outbox', () => {
  const folder = temporaryFolder();

  it('opens with everything it held, after a copy, and keeps deliveries from then on', async () => {
    const place = putSite(6, folder());
    const lines: string[] = [];
    const report = (line: string): unknown => lines.push(line);
    const database = await openSiteDatabase({ place, files: unsyncedFiles, generation: 3, report });
    await database.commit({
      alertDeliveries: [{ alertId: 7, isRaised: true, receivers: ['1 mail a@b.c', '1 webhook'], json: '{"at":1}' }],
    });
    await database.close();
    expect(lines.map((line) => line.split(';')[0])).to.deep.equal([
      `The site database was migrated from format 6 to ${FORMAT}`,
    ]);
    expect(fs.readdirSync(path.join(place.database, 'backup-format6'))).to.include('snapshot.1.1');
    const again = await open(place, 4);
    expect((await again.waitingDeliveries()).map(({ receiver, count }) => [receiver, count])).to.deep.equal([
      ['1 mail a@b.c', 1],
      ['1 webhook', 1],
    ]);
    await again.close();
    expect(await contentOf(place, 5)).to.deep.equal(WHOLE);
  });

  it('opens again after any file call of the migration that failed, and lacks nothing', async () => {
    await expectSafeMigration(6, folder());
  });
});
