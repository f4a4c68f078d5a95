import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { SyncError } from '../../../server/errors/SyncError.js';
import type { SiteDatabase } from '../../../server/store/SiteDatabase.js';
import { realFiles } from '../../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../../server/store/embedded/openSiteDatabase.js';
import { highestGeneration } from '../../../server/store/highestGeneration.js';
import { SealKeeper } from '../../../server/store/seal/SealKeeper.js';
import { FORMAT } from '../../../server/store/sql/schema.js';
import { SqliteConnection } from '../../../server/store/sqlite/SqliteConnection.js';
import { loadNodeSqlite } from '../../../server/store/sqlite/nodeSqlite.js';
import { openSqliteDatabase } from '../../../server/store/sqlite/openSqliteDatabase.js';
import { sqlitePlaceCheck } from '../../../server/store/sqlite/sqlitePlaceCheck.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { guidOf } from '../../fixtures/updateDocuments.js';
import { unsyncedFiles } from '../FailingFiles.js';
import { deliveryAcceptance } from '../deliveryAcceptance.js';
import { dumpOf } from '../dumpDatabase.js';
import { answersOf, expectedOfFormat8, fillFormat8, insertsOf, tablesOfFormat8 } from '../formatEight.js';
import { maintenanceAcceptance } from '../maintenanceAcceptance.js';
import { randomHistories } from '../randomHistories.js';
import { sampleRevision } from '../sampleRows.js';
import { servingAcceptance } from '../servingAcceptance.js';
import { siteDatabaseAcceptance } from '../siteDatabaseAcceptance.js';
import { softwareUpdateAcceptance } from '../softwareUpdateAcceptance.js';
import { testPlace } from '../testPlace.js';

const NAME = 'a file of SQLite';

/** What the database in a file of SQLite does; in a Node.js that has `node:sqlite`. */
export function sqliteSuite(): void {
  describe('The database in a file of SQLite', () => {
    const folder = temporaryFolder();
    const place = (): ReturnType<typeof testPlace> => testPlace(folder());
    const open = async (generation: number, site = place()): Promise<SiteDatabase> =>
      openSqliteDatabase({ place: site, files: unsyncedFiles, generation });
    const file = (): string => path.join(place().database, 'site.sqlite');
    siteDatabaseAcceptance(NAME, async () => open(1));
    softwareUpdateAcceptance(NAME, async () => open(1));
    maintenanceAcceptance(NAME, async () => open(1));
    servingAcceptance(NAME, async () => open(1));
    deliveryAcceptance(NAME, async () => open(1));
    randomHistories(NAME, async (generation) => open(generation), [1, 2, 3]);

    it('holds what the journal of sql.js holds after the same changes', async () => {
      const journal = await openSiteDatabase({
        place: testPlace(path.join(folder(), 'journal')),
        files: unsyncedFiles,
        generation: 1,
      });
      const sqlite = await open(1);
      for (const database of [journal, sqlite]) {
        await database.commit({
          revisions: [sampleRevision(1), sampleRevision(2), sampleRevision(1, { revisionNumber: 2 })],
        });
        await database.commit({ revisions: [sampleRevision(3)], settings: { said: 'all' } });
      }
      expect(await dumpOf(sqlite, ['said'])).to.deep.equal(await dumpOf(journal, ['said']));
      await Promise.all([journal.close(), sqlite.close()]);
    });

    it('refuses every transaction of an engine after another one has opened the file', async () => {
      const old = await open(1);
      await old.commit({ settings: { by: 'old' } });
      const newer = await open(2);
      expect(await rejectionOf(old.commit({ settings: { by: 'paused' } }))).to.equal('StoreSuperseded');
      expect(await newer.setting('by')).to.equal('old');
      await newer.commit({ settings: { by: 'newer' } });
      expect(await old.setting('by')).to.equal('newer');
      expect(await rejectionOf(open(2))).to.equal('StoreWriteFailed');
      expect(highestGeneration(realFiles, place())).to.equal(2);
      await newer.close();
      await old.close().catch(() => undefined);
    });

    it('names the engine before it that still has the file, and what to do', async () => {
      const old = await open(1);
      const holder = new (loadNodeSqlite('PR1').DatabaseSync)(file(), { returnArrays: true });
      holder.exec('BEGIN IMMEDIATE');
      const busy = await openSqliteDatabase({ place: place(), files: unsyncedFiles, generation: 2, patience: 1 }).catch(
        (error: unknown) => error,
      );
      expect(busy).to.be.instanceOf(SyncError).with.property('errorId', 'DatabaseBusy');
      expect((busy as SyncError).message).to.contain(`process ${process.pid}, an earlier engine`);
      holder.close();
      await old.close();
    });

    it('is neither opened nor made where another account could exchange a folder above', async () => {
      const site = testPlace(path.join(folder(), 'site'));
      fs.chmodSync(folder(), 0o777);
      expect(await rejectionOf(open(1, site))).to.equal('DatabaseFolderShared');
      expect(() => sqlitePlaceCheck({ siteCode: 'ABC' })(folder(), realFiles))
        .to.throw(SyncError)
        .with.property('errorId', 'DatabaseFolderShared');
      expect(fs.readdirSync(site.database)).to.deep.equal([]);
      fs.chmodSync(folder(), 0o700);
      sqlitePlaceCheck({ siteCode: 'ABC' })(folder(), realFiles);
      await (await open(1, site)).close();
    });

    it('takes back all of a transaction that fails, and goes on', async () => {
      const database = await open(1);
      const broken = { id: 1, messageId: 1, time: 1, json: undefined as unknown as string };
      const failed = database.commit({ revisions: [sampleRevision(1)], settings: { said: 'no' }, messages: [broken] });
      const meanwhile = database.counts();
      expect(await rejectionOf(failed)).to.equal('InternalError');
      expect((await meanwhile).revisions).to.equal(0);
      await database.commit({ revisions: [sampleRevision(1)] });
      expect([await database.setting('said'), (await database.counts()).revisions]).to.deep.equal([undefined, 1]);
      await database.close();
    });

    it('is refused where the file is missing, empty, of another time or of another site', async () => {
      const database = await open(1);
      await database.commit({ revisions: [sampleRevision(1)] });
      await database.close();
      const early = fs.readFileSync(file());
      const again = await open(2);
      await again.commit({ revisions: [sampleRevision(2)] });
      await again.close();
      const late = fs.readFileSync(file());
      fs.writeFileSync(file(), early);
      expect(await rejectionOf(open(3))).to.equal('StoreCorrupt');
      fs.writeFileSync(file(), '');
      expect(await rejectionOf(open(3))).to.equal('StoreCorrupt');
      fs.rmSync(file());
      expect(await rejectionOf(open(3))).to.equal('StoreCorrupt');
      fs.writeFileSync(file(), 'no database at all, whatever its name says. '.repeat(100));
      expect(await rejectionOf(open(3))).to.equal('StoreCorrupt');
      fs.writeFileSync(file(), late);
      expect(await rejectionOf(open(3, { ...place(), siteGuid: guidOf(99) }))).to.equal('StoreCorrupt');
      const last = await open(4);
      expect((await last.counts()).revisions).to.equal(2);
      await last.close();
    });

    it('of format 8 becomes much shorter', async () => {
      const library = loadNodeSqlite('PR1');
      const connection = new SqliteConnection(new library.DatabaseSync(file(), { returnArrays: true }), file());
      connection.exec('BEGIN');
      connection.migrate(8);
      connection.exec(`INSERT INTO site_engine VALUES(1, '${place().siteGuid}', 1, 0, '')`);
      fillFormat8((name, values) => connection.run(name, values));
      connection.exec('COMMIT');
      connection.close();
      const before = fs.statSync(file()).size;
      await (await open(2)).close();
      expect(fs.statSync(file()).size).to.be.lessThan(before / 3);
    });

    it('gives a copy of one moment for a backup, which opens as the site', async () => {
      const database = await open(1);
      await database.commit({ revisions: [sampleRevision(1)] });
      const held = await database.hold();
      await database.commit({ revisions: [sampleRevision(2)] });
      const copy = testPlace(path.join(folder(), 'copy'));
      const name = held.files[0]?.name ?? '';
      fs.copyFileSync(path.join(place().database, name), path.join(copy.database, name));
      const { position, highestDocument } = held;
      const sealed = { files: realFiles, place: copy, generation: 1, report: () => undefined };
      SealKeeper.create(sealed, { position, highestDocument }).close();
      expect([highestDocument, position.length]).to.deep.equal([1, 1]);
      held.release();
      expect(fs.readdirSync(place().database).filter((name) => name.startsWith('held'))).to.deep.equal([]);
      const restored = await open(2, copy);
      expect((await restored.counts()).revisions).to.equal(1);
      await Promise.all([restored.close(), database.close()]);
      expect(fs.readdirSync(copy.database)).to.deep.equal(['engine.2', 'site.sqlite']);
    });

    /** The page of an index, counted from 0. */
    const pageOf = (index: string): number => {
      const reader = new (loadNodeSqlite('PR1').DatabaseSync)(file(), { returnArrays: true, readOnly: true });
      const row = reader.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(index);
      reader.close();
      return Number(row?.[0]) - 1;
    };

    it('names damage, and mends an index from its table', async () => {
      const database = await open(1);
      await database.commit({ revisions: Array.from({ length: 20 }, (_none, index) => sampleRevision(index + 1)) });
      expect((await database.inspect(false)).problems).to.deep.equal([]);
      await database.close();
      const bytes = fs.readFileSync(file());
      const page = pageOf('revision_article') * bytes.readUInt16BE(16);
      bytes.write('5000011', bytes.indexOf('5000010', page));
      fs.writeFileSync(file(), bytes);
      const again = await open(2);
      const { problems } = await again.inspect(false);
      expect(problems[0]?.reason).to.match(/^table revision: /);
      await again.rewrite();
      expect((await again.inspect(false)).problems).to.deep.equal([]);
      await again.close();
    });

    it('is copied, then migrated from an earlier format, and refused in a later one', async () => {
      const library = loadNodeSqlite('PR1');
      const edit = (work: (connection: SqliteConnection) => void): void => {
        const connection = new SqliteConnection(new library.DatabaseSync(file(), { returnArrays: true }), file());
        work(connection);
        connection.close();
      };
      edit((connection) => {
        connection.migrate(7);
        connection.exec(`INSERT INTO site_engine VALUES(1, '${place().siteGuid}', 1, 0, '')`);
      });
      const copy = path.join(place().database, 'backup-format7.sqlite');
      for (const left of [copy, `${copy}.tmp`, `${copy}.tmp-journal`])
        fs.writeFileSync(left, 'half a copy, whose engine was killed');
      const said: string[] = [];
      const database = await openSqliteDatabase({
        place: place(),
        files: unsyncedFiles,
        generation: 2,
        report: (line) => said.push(line),
      });
      await database.commit({ settings: { works: true } });
      await database.close();
      expect(said.join()).to.contain('backup-format7.sqlite');
      const kept = new SqliteConnection(new library.DatabaseSync(copy, { returnArrays: true, readOnly: true }), copy);
      expect([kept.format, kept.one('SELECT site FROM site_engine')]).to.deep.equal([7, [place().siteGuid]]);
      kept.close();
      expect(fs.readdirSync(place().database).filter((name) => name.includes('.tmp'))).to.deep.equal([]);
      edit((connection) => connection.exec(`PRAGMA user_version = ${FORMAT}`));
      expect(await rejectionOf(open(3))).to.equal('StoreNewerFormat');
    });

    it('of format 8 answers as before once it is migrated', async () => {
      const library = loadNodeSqlite('PR1');
      const connection = new SqliteConnection(new library.DatabaseSync(file(), { returnArrays: true }), file());
      connection.migrate(8);
      connection.exec(`INSERT INTO site_engine VALUES(1, '${place().siteGuid}', 1, 0, '')`);
      connection.exec(insertsOf(await tablesOfFormat8(path.join(folder(), 'old')), (hex) => `x'${hex}'`));
      connection.close();
      for (const generation of [2, 3]) {
        const database = await open(generation);
        expect(await answersOf(database)).to.deep.equal(expectedOfFormat8());
        expect(await database.danglingReferences('revision', { from: 1, to: 99 })).to.deep.equal([]);
        expect((await database.inspect(false)).problems).to.deep.equal([]);
        await database.close();
      }
    });
  });
}
