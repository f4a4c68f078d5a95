import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { realFiles, type StoreFiles } from '../../server/store/StoreFiles.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { digestOf } from './dumpDatabase.js';
import { FailingFiles } from './FailingFiles.js';
import { sampleRevision } from './sampleRows.js';

/** Enough for a fold to be due, which these tests let begin at one page of journal. */
const MUCH = 'm'.repeat(20_000);
const FOLD_FROM = 16_384;

describe('Folding the journal into a snapshot', () => {
  const folder = temporaryFolder();
  const opened: SiteDatabase[] = [];
  const open = async (generation: number, files: StoreFiles = realFiles): Promise<SiteDatabase> => {
    const database = await openSiteDatabase({ folder: folder(), files, generation, foldFrom: FOLD_FROM });
    opened.push(database);
    return database;
  };
  const closeAll = async (): Promise<void> => {
    for (const database of opened.splice(0)) await database.close().catch(() => undefined);
  };
  afterEach(closeAll);
  const fill = async (database: SiteDatabase): Promise<void> =>
    database.commit({ settings: { much: MUCH, a: 1 }, revisions: [sampleRevision(1), sampleRevision(2)] });

  it('leaves the same database, live and after opening it again', async () => {
    const database = await open(1);
    await fill(database);
    const before = await digestOf(database, ['much', 'a']);
    await database.fold();
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.1', 'snapshot.1.1']);
    expect(await digestOf(database, ['much', 'a'])).to.equal(before);
    await database.commit({ settings: { b: 2 } });
    const next = await open(2);
    expect(await digestOf(next, ['much', 'a'])).to.equal(before);
    expect(await next.setting('b')).to.equal(2);
  });

  it('does nothing while the journal is small', async () => {
    const database = await open(1);
    await database.commit({ settings: { a: 1 } });
    await database.fold();
    expect(fs.readdirSync(folder())).to.deep.equal(['journal.1.0']);
  });

  it('is due at 4 MB of journal', async () => {
    const database = await openSiteDatabase({ folder: folder(), files: realFiles, generation: 1 });
    await database.commit({ settings: { much: 'm'.repeat(4_100_000) } });
    await database.fold();
    expect(fs.readdirSync(folder())).to.deep.equal(['journal.1.0']);
    await database.commit({ settings: { much: 'm'.repeat(200_000) } });
    await database.fold();
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.1', 'snapshot.1.1']);
    await database.close();
  });

  it('counts the journals of earlier engines', async () => {
    for (let generation = 1; generation <= 4; generation += 1) {
      const database = await open(generation);
      await database.commit({ settings: { some: 's'.repeat(6000) } });
      await database.fold();
      await database.close();
    }
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.3.1', 'journal.4.0', 'snapshot.3.1']);
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
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.2', 'snapshot.1.2']);
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
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.1', 'snapshot.1.1']);
    expect(await (await open(2)).setting('meanwhile')).to.equal(1);
  });

  it('is finished before the database is closed', async () => {
    const database = await open(1);
    await fill(database);
    const folding = database.fold();
    await database.close();
    await folding;
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.1.1', 'snapshot.1.1']);
  });

  it('by an engine that was superseded changes nothing', async () => {
    const stale = await open(1);
    await fill(stale);
    await (await open(2)).commit({ settings: { a: 'current' } });
    expect(await rejectionOf(stale.fold())).to.equal('StoreSuperseded');
    expect(await rejectionOf(stale.commit({ settings: { a: 'stale' } }))).to.equal('StoreSuperseded');
    expect(await (await open(3)).setting('a')).to.equal('current');
  });

  it('of a later engine removes what it made superfluous and nothing else', async () => {
    await fill(await open(1));
    const second = await open(2);
    await second.commit({ settings: { a: 2 } });
    await second.fold();
    expect(fs.readdirSync(folder()).sort()).to.deep.equal(['journal.2.1', 'snapshot.2.1']);
    expect(await (await open(3)).setting('a')).to.equal(2);
  });

  it('leaves a snapshot whose damage is noticed', async () => {
    const database = await open(1);
    await fill(database);
    await database.fold();
    const file = path.join(folder(), 'snapshot.1.1');
    const bytes = fs.readFileSync(file);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    fs.writeFileSync(file, bytes);
    expect(await rejectionOf(open(2))).to.equal('StoreCorrupt');
    bytes.writeUInt32LE(99, 8);
    fs.writeFileSync(file, bytes);
    expect(await rejectionOf(open(2))).to.equal('StoreNewerFormat');
    fs.writeFileSync(file, bytes.subarray(0, 20));
    expect(await rejectionOf(open(2))).to.equal('StoreCorrupt');
  });
});
