import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import type { StorePlace } from '../../server/store/StorePlace.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { loadSqlJs, SqlConnection } from '../../server/store/embedded/SqlConnection.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { prerequisites } from '../../server/store/sql/maintenanceQueries.js';
import { FORMAT } from '../../server/store/sql/schema.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { FailingFiles, unsyncedFiles } from './FailingFiles.js';
import { putSite } from './fixtures/putSite.js';
import { answersOf, expectedOfFormat8, fillFormat8 } from './formatEight.js';
import { expectSafeMigration, open } from './olderSite.js';
import { relation, sampleRevision } from './sampleRows.js';

/** Descriptions and prerequisites of the site of format 8, by its answers. */
async function answersAt(place: StorePlace, generation: number): Promise<unknown> {
  const database = await open(place, generation);
  const answers = await answersOf(database);
  await database.close();
  return answers;
}

describe('A site of format 8, with descriptions in each row and prerequisites as rows', () => {
  const folder = temporaryFolder();

  it('answers as the version before did, after a copy, and when it is opened again', async () => {
    const place = putSite(8, folder());
    const lines: string[] = [];
    const report = (line: string): unknown => lines.push(line);
    const database = await openSiteDatabase({ place, files: unsyncedFiles, generation: 3, report });
    expect(await answersOf(database)).to.deep.equal(expectedOfFormat8());
    expect(await database.tableCounts()).to.include({ description: 3, relation: 15, revision: 6 });
    expect(await database.danglingReferences('revision', { from: 1, to: 99 })).to.deep.equal([]);
    expect((await database.inspect(false)).problems).to.deep.equal([]);
    await database.close();
    expect(lines.map((line) => line.split(';')[0])).to.deep.equal([
      `The site database was migrated from format 8 to ${FORMAT}`,
    ]);
    expect(fs.readdirSync(path.join(place.database, 'backup-format8'))).to.include('snapshot.1.1');
    expect(await answersAt(place, 4)).to.deep.equal(expectedOfFormat8());
  });

  it('becomes much smaller, and gives the room back', async () => {
    const connection = new SqlConnection(await loadSqlJs());
    connection.migrate(8);
    fillFormat8((name, values) => connection.run(name, values));
    const pages = (name: string): number => Number(atOnce(connection.row(`PRAGMA ${name}`))?.[0]);
    const before = pages('page_count');
    connection.migrate(FORMAT);
    expect([pages('freelist_count'), pages('page_count')]).to.satisfy(
      ([free, now]: [number, number]) => free === 0 && now < before / 3,
    );
    expect(atOnce(prerequisites(connection, { from: 2, to: 2 }))).to.have.length(20);
    connection.close();
  });

  it('goes on: what is stored from then on and removed', async () => {
    const place = putSite(8, folder());
    const database = await open(place, 3);
    const description = 'Install this update.';
    await database.commit({
      revisions: [
        sampleRevision(20, { description, relations: [relation('prerequisite', guidOf(1))] }),
        sampleRevision(21, { description }),
      ],
    });
    expect((await database.tableCounts()).description, 'one without a digest is not found').to.equal(4);
    const keys = await database.updateKeys([20, 21].map(guidOf));
    const removals = [...keys.values()].map((updateKey, index) => ({
      revisionId: 7 + index,
      updateKey,
      revisionNumber: 1,
      isKnown: false,
    }));
    await database.commit({ removedRevisions: removals.slice(0, 1) });
    expect((await database.tableCounts()).description).to.equal(4);
    await database.commit({ removedRevisions: removals.slice(1) });
    expect((await database.tableCounts()).description).to.equal(3);
    await database.close();
  });

  it('is migrated once, where the disk was full for its snapshot the first time', async () => {
    const place = putSite(8, folder());
    const full = new FailingFiles();
    full.refuse = { code: 'ENOSPC', path: /snapshot\.3\.\d+\.tmp$/ };
    const lines: string[] = [];
    const first = await openSiteDatabase({
      place,
      files: full.files,
      generation: 3,
      report: (line) => lines.push(line),
    });
    await first.commit({ settings: { said: 'after' } });
    await first.close();
    expect(lines.join()).to.contain('Writing a snapshot failed');
    const snapshots = (): string[] => fs.readdirSync(place.database).filter((name) => name.startsWith('snapshot'));
    expect(snapshots()).to.deep.equal(['snapshot.1.1']);
    expect(await answersAt(place, 4)).to.deep.equal(expectedOfFormat8());
    expect(snapshots()).to.include('snapshot.4.1');
    const last = await open(place, 5);
    expect(await last.setting('said')).to.equal('after');
    await last.close();
    expect(snapshots(), 'the third start has nothing to do').to.not.include('snapshot.5.1');
  });

  it('opens again after any file call of the migration that failed, and lacks nothing', async () => {
    await expectSafeMigration(8, folder(), { of: answersAt, whole: expectedOfFormat8() });
  });
});
