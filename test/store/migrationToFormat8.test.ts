import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { FORMAT } from '../../server/store/sql/schema.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { unsyncedFiles } from './FailingFiles.js';
import { putSite } from './fixtures/putSite.js';
import { contentOf, expectSafeMigration, open, WHOLE } from './olderSite.js';

describe('A site of format 7, whose runs and messages stay for ever', () => {
  const folder = temporaryFolder();

  it('opens with everything it held, after a copy, and forgets from then on what it is told to', async () => {
    const place = putSite(7, folder());
    const lines: string[] = [];
    const report = (line: string): unknown => lines.push(line);
    const database = await openSiteDatabase({ place, files: unsyncedFiles, generation: 3, report });
    expect(await database.waitingDeliveries()).to.have.length(1);
    await database.commit({
      removedRuns: [1],
      forgetMessages: { before: 9000, below: 2 },
      deliverySteps: [
        { kind: 'putOff', receiver: '1 mail a@b.c', batch: 0, attempts: 1, due: 5, error: 'no', isRefused: true },
      ],
    });
    await database.close();
    expect(lines.map((line) => line.split(';')[0])).to.deep.equal([
      `The site database was migrated from format 7 to ${FORMAT}`,
    ]);
    expect(fs.readdirSync(path.join(place.database, 'backup-format7'))).to.include('snapshot.1.1');
    const again = await open(place, 4);
    expect((await again.messages({ after: 0, from: 0, limit: 9 })).map(({ id }) => id)).to.deep.equal([2]);
    expect(await again.runs({})).to.deep.equal([]);
    expect((await again.waitingDeliveries())[0]).to.include({ attempts: 1, isRefused: true });
    await again.close();
    expect(await contentOf(place, 5)).to.deep.equal(WHOLE);
  });

  it('opens again after any file call of the migration that failed, and lacks nothing', async () => {
    await expectSafeMigration(7, folder());
  });
});
