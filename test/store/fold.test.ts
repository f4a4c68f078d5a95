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

/** Enough for a fold to be due. */
const MUCH = 'm'.repeat(4_300_000);

describe('Folding the journal into a snapshot', () => {
  const folder = temporaryFolder();
  const opened: SiteDatabase[] = [];
  const open = async (generation: number, files: StoreFiles = realFiles, where = folder()): Promise<SiteDatabase> => {
    const database = await openSiteDatabase({ folder: where, files, generation });
    opened.push(database);
    return database;
  };
  const closeAll = async (): Promise<void> => { for (const database of opened.splice(0)) await database.close().catch(() => undefined); };
  afterEach(closeAll);
  const fill = async (database: SiteDatabase): Promise<void> => database.commit({ settings: { much: MUCH, a: 1 }, revisions: [sampleRevision(1), sampleRevision(2)] });
  const filled = async (files: StoreFiles): Promise<{ database: SiteDatabase; where: string }> => {
    const where = fs.mkdtempSync(path.join(folder(), 'd-'));
    const database = await open(1, files, where);
    await fill(database);
    return { database, where };
  };

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

  it('loses nothing when the engine is killed at any file call', async () => {
    for (let n = 1; ; n += 1) {
      const failing = new FailingFiles();
      const { database, where } = await filled(failing.files);
      failing.failAt(n, 'kill');
      await rejectionOf(database.fold());
      if (!failing.hasFailed) break;
      const next = await open(2, realFiles, where);
      expect([await next.setting('a'), (await next.counts()).revisions, await next.setting('much') === MUCH], `call ${n}`).to.deep.equal([1, 2, true]);
      await closeAll();
      fs.rmSync(where, { recursive: true });
    }
  }).timeout(60_000);

  it('loses nothing acknowledged after any file call of it failed once and the engine went on', async () => {
    const lost: string[] = [];
    for (let n = 1; ; n += 1) {
      const failing = new FailingFiles();
      const { database, where } = await filled(failing.files);
      failing.failAt(n, 'once');
      await rejectionOf(database.fold());
      if (!failing.hasFailed) break;
      const answer = await rejectionOf(database.commit({ settings: { later: n } }));
      const next = await open(2, realFiles, where);
      if (answer === 'fulfilled' && (await next.setting('later')) !== n) lost.push(`call ${n}`);
      if ((await next.setting('a')) !== 1) lost.push(`call ${n}: earlier data`);
      await closeAll();
      fs.rmSync(where, { recursive: true });
    }
    expect(lost).to.deep.equal([]);
  }).timeout(60_000);

  it('can be tried again after it failed at any file call', async () => {
    const stuck: string[] = [];
    for (let n = 1; ; n += 1) {
      const failing = new FailingFiles();
      const { database, where } = await filled(failing.files);
      failing.failAt(n, 'once');
      await rejectionOf(database.fold());
      if (!failing.hasFailed) break;
      if (await rejectionOf(database.commit({ settings: { much: `${MUCH}2` } })) === 'fulfilled' && await rejectionOf(database.fold()) !== 'fulfilled') stuck.push(`call ${n}`);
      await closeAll();
      fs.rmSync(where, { recursive: true });
    }
    expect(stuck).to.deep.equal([]);
  }).timeout(60_000);

  it('by an engine that was superseded changes nothing', async () => {
    const stale = await open(1);
    await fill(stale);
    await (await open(2)).commit({ settings: { a: 'current' } });
    await rejectionOf(stale.fold());
    await rejectionOf(stale.commit({ settings: { a: 'stale' } }));
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
