import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { nextTurn } from '../../server/platform/inTurns.js';
import { Random } from '../../server/sample/Random.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { isCheapToKeep } from '../../server/store/embedded/KeptSnapshots.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { FailingFiles, unsyncedFiles } from './FailingFiles.js';
import { digestOf } from './dumpDatabase.js';
import { sampleRevision } from './sampleRows.js';
import { testPlace } from './testPlace.js';

/** So many characters that cannot be packed well. */
function noise(length: number): string {
  const random = new Random(length);
  return Array.from({ length }, () => String.fromCodePoint(32 + random.below(94))).join('');
}

/** Enough for a fold to be due, which these tests let begin at three journals. */
const MUCH = noise(30_000);
const FOLD_FROM = 25_000;

describe('Folding the journal into a snapshot', () => {
  const home = temporaryFolder();
  const folder = (): string => path.join(home(), 'database');
  const opened: SiteDatabase[] = [];
  const open = async (generation: number, files: StoreFiles = unsyncedFiles): Promise<SiteDatabase> => {
    const database = await openSiteDatabase({ place: testPlace(home()), files, generation, foldFrom: FOLD_FROM });
    opened.push(database);
    return database;
  };
  const closeAll = async (): Promise<void> => {
    for (const database of opened.splice(0)) await database.close().catch(() => undefined);
  };
  afterEach(closeAll);
  const fill = async (database: SiteDatabase, from = 1): Promise<void> =>
    database.commit({ settings: { much: MUCH, a: from }, revisions: [sampleRevision(from), sampleRevision(from + 1)] });

  it('leaves the same database, live and after opening it again', async () => {
    const database = await open(1);
    await fill(database);
    const before = await digestOf(database, ['much', 'a']);
    await database.fold();
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.0', 'journal.1.1', 'snapshot.1.1']);
    expect(await digestOf(database, ['much', 'a'])).to.equal(before);
    await database.commit({ settings: { b: 2 } });
    const next = await open(2);
    expect(await digestOf(next, ['much', 'a'])).to.equal(before);
    expect(await next.setting('b')).to.equal(2);
  });

  it('keeps what is committed while the database is copied, once', async () => {
    const database = await open(1);
    for (let from = 1; from <= 60; from += 2) await fill(database, from);
    await database.commit({ settings: { large: 'l'.repeat(8_000_000) } });
    const fold = { isOver: false };
    const folded = database.fold().finally(() => (fold.isOver = true));
    let last = 60;
    do {
      last += 1;
      await database.commit({ revisions: [sampleRevision(last)] });
      await nextTurn();
    } while (!fold.isOver);
    await folded;
    const before = await digestOf(database, ['large', 'a']);
    const next = await open(2);
    expect(await digestOf(next, ['large', 'a'])).to.equal(before);
    expect(await next.highestRevision()).to.equal(last);
  });

  it('does nothing while the journal is small', async () => {
    const database = await open(1);
    await database.commit({ settings: { a: 1 } });
    await database.fold();
    expect(fs.readdirSync(folder())).to.deep.equal(['journal.1.0']);
  });

  it('is due at 256 KB of journal', async () => {
    const database = await openSiteDatabase({ place: testPlace(home()), files: unsyncedFiles, generation: 1 });
    await database.commit({ settings: { much: noise(290_000) } });
    await database.fold();
    expect(fs.readdirSync(folder())).to.deep.equal(['journal.1.0']);
    await database.commit({ settings: { much: noise(60_000) } });
    await database.fold();
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.0', 'journal.1.1', 'snapshot.1.1']);
    await database.close();
  });

  it('is due after 30 starts of an engine, however little was written', async () => {
    const begin = async (generation: number): Promise<SiteDatabase> => {
      const database = await openSiteDatabase({ place: testPlace(home()), files: unsyncedFiles, generation });
      opened.push(database);
      return database;
    };
    const snapshots = (): string[] => fs.readdirSync(folder()).filter((name) => name.startsWith('snapshot'));
    for (let generation = 1; generation <= 31; generation += 1) {
      const database = await begin(generation);
      expect(snapshots(), `before start ${generation}`).to.deep.equal([]);
      await database.commit({ settings: { starts: generation } });
      await database.fold();
      await database.close();
    }
    expect(snapshots()).to.deep.equal(['snapshot.31.1']);
    const next = await begin(32);
    expect(await next.setting('starts')).to.equal(31);
    await next.fold();
    expect(snapshots()).to.deep.equal(['snapshot.31.1']);
  });

  it('counts the journals of earlier engines', async () => {
    for (let generation = 1; generation <= 4; generation += 1) {
      const database = await open(generation);
      await database.commit({ settings: { some: noise(6000) } });
      await database.fold();
      await database.close();
    }
    expect(fs.readdirSync(folder()).sort()).to.deep.equal([
      'journal.1.0',
      'journal.2.0',
      'journal.3.0',
      'journal.3.1',
      'journal.4.0',
      'snapshot.3.1',
    ]);
  });

  it('that failed is due again at once', async () => {
    const failing = new FailingFiles();
    const database = await open(1, failing.files);
    await fill(database);
    failing.refuse = { code: 'ENOSPC', path: /snapshot/ };
    expect(await rejectionOf(database.fold())).to.equal('StoreWriteFailed');
    await database.commit({ settings: { b: 2 } });
    failing.refuse = undefined;
    await database.fold();
    expect(fs.readdirSync(folder()).sort()).to.deep.equal([
      'journal.1.0',
      'journal.1.1',
      'journal.1.2',
      'snapshot.1.2',
    ]);
    expect([await (await open(2)).setting('a'), await (await open(3)).setting('b')]).to.deep.equal([1, 2]);
  });

  it('lets commits and queries through while it writes', async () => {
    const database = await open(1);
    await fill(database);
    let folded = false;
    const folding = database.fold().then(() => {
      folded = true;
    });
    await database.commit({ settings: { meanwhile: 1 } });
    expect([await database.setting('meanwhile'), folded]).to.deep.equal([1, false]);
    await folding;
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.0', 'journal.1.1', 'snapshot.1.1']);
    expect(await (await open(2)).setting('meanwhile')).to.equal(1);
  });

  it('is finished before the database is closed', async () => {
    const database = await open(1);
    await fill(database);
    const folding = database.fold();
    await database.close();
    await folding;
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.0', 'journal.1.1', 'snapshot.1.1']);
  });

  it('by an engine that was superseded changes nothing', async () => {
    const stale = await open(1);
    await fill(stale);
    await (await open(2)).commit({ settings: { a: 'current' } });
    expect(await rejectionOf(stale.fold())).to.equal('StoreSuperseded');
    expect(await rejectionOf(stale.commit({ settings: { a: 'stale' } }))).to.equal('StoreSuperseded');
    expect(await (await open(3)).setting('a')).to.equal('current');
  });

  it('keeps the snapshot before the last with the journals between, and nothing older', async () => {
    await fill(await open(1));
    const second = await open(2);
    await second.fold();
    await fill(second, 3);
    await second.fold();
    expect(fs.readdirSync(folder()).sort()).to.deep.equal([
      'journal.2.1',
      'journal.2.2',
      'snapshot.2.1',
      'snapshot.2.2',
    ]);
    expect(await (await open(3)).setting('a')).to.equal(3);
  });

  it('keeps it only while it is cheap: up to 64 MB or twice the size of the last', () => {
    const MB = 1024 * 1024;
    expect([isCheapToKeep(64 * MB, MB), isCheapToKeep(65 * MB, MB)]).to.deep.equal([true, false]);
    expect([isCheapToKeep(400 * MB, 200 * MB), isCheapToKeep(401 * MB, 200 * MB)]).to.deep.equal([true, false]);
  });

  describe('into one that is damaged', () => {
    const lines: string[] = [];
    beforeEach(() => {
      lines.length = 0;
    });
    const openTelling = async (generation: number): Promise<SiteDatabase> => {
      const database = await openSiteDatabase({
        place: testPlace(home()),
        files: realFiles,
        generation,
        report: (line) => lines.push(line),
      });
      opened.push(database);
      return database;
    };
    const file = (): string => path.join(folder(), 'snapshot.1.2');
    const damages: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
      ['in its database', (bytes) => flipped(bytes, 5000)],
      ['in its format', (bytes) => flipped(bytes, 8)],
      ['in its length', (bytes) => flipped(bytes, 20)],
      ['in the digest of its journal', (bytes) => flipped(bytes, 30)],
      ['and only begun', (bytes) => bytes.subarray(0, 20)],
      ['and empty', () => Buffer.alloc(0)],
    ];
    /** Two snapshots with a journal between, and one that goes on. */
    const foldTwice = async (): Promise<string> => {
      const database = await open(1);
      await fill(database);
      await database.fold();
      await fill(database, 3);
      await database.fold();
      await database.commit({ settings: { b: 2 } });
      const digest = await digestOf(database, ['much', 'a', 'b']);
      await closeAll();
      return digest;
    };

    for (const [name, damage] of damages)
      it(`${name} loses nothing: the one before and the journals stand in, and it is written anew`, async () => {
        const digest = await foldTwice();
        fs.writeFileSync(file(), damage(fs.readFileSync(file())));
        expect(await digestOf(await openTelling(2), ['much', 'a', 'b'])).to.equal(digest);
        expect(lines).to.have.length(1);
        expect(lines[0]).to.contain(file()).and.contain('nothing is lost');
        expect(fs.readdirSync(folder()).sort()).to.deep.equal([
          'journal.1.1',
          'journal.1.2',
          'journal.2.0',
          'journal.2.1',
          'snapshot.1.1',
          'snapshot.2.1',
        ]);
        await closeAll();
        lines.length = 0;
        expect(await digestOf(await openTelling(3), ['much', 'a', 'b'])).to.equal(digest);
        expect(lines).to.deep.equal([]);
      });

    it('is refused by name where nothing stands in, with what is damaged of that', async () => {
      await foldTwice();
      fs.writeFileSync(file(), flipped(fs.readFileSync(file()), 5000));
      const journal = path.join(folder(), 'journal.1.1');
      fs.writeFileSync(journal, flipped(fs.readFileSync(journal), 4110));
      const error: unknown = await openTelling(2).catch((caught: unknown) => caught);
      expect(error).to.include({ errorId: 'StoreCorrupt' });
      expect(String(error)).to.contain(file()).and.contain('its checksum is wrong').and.contain('journal.1.1');
      fs.rmSync(journal);
      expect(await rejectionOf(openTelling(2))).to.equal('StoreCorrupt');
    });

    it('is no snapshot of another site or another time', async () => {
      await foldTwice();
      for (const name of ['snapshot.1.1', 'journal.1.1']) fs.rmSync(path.join(folder(), name));
      const other = await openSiteDatabase({
        place: testPlace(path.join(home(), 'other'), guidOf(2)),
        files: realFiles,
        generation: 1,
      });
      await other.fold({ isDue: true });
      await other.fold({ isDue: true });
      await other.close();
      const own = fs.readFileSync(file());
      fs.copyFileSync(path.join(home(), 'other', 'database', 'snapshot.1.2'), file());
      const error: unknown = await open(2).catch((caught: unknown) => caught);
      expect(String(error)).to.contain(`it belongs to another site (${guidOf(2)})`);
      fs.writeFileSync(file(), own);
      expect(await (await open(3)).setting('b')).to.equal(2);
    });
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}
