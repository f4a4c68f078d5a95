import { expect } from 'chai';
import { nextTurn } from '../../server/platform/inTurns.js';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { sampleCategory, sampleRevision } from './sampleRows.js';
import { testPlace } from './testPlace.js';

/** A disk whose syncs of bytes take until they are let go. */
class SlowDisk {
  readonly #waiting: (() => void)[] = [];
  readonly files: StoreFiles = {
    ...realFiles,
    fdatasync: (descriptor, done) => {
      if (this.isSlow) this.#waiting.push(() => realFiles.fdatasync(descriptor, done));
      else realFiles.fdatasync(descriptor, done);
    },
  };
  isSlow = false;

  get waiting(): number {
    return this.#waiting.length;
  }

  letGo(): void {
    this.isSlow = false;
    for (const sync of this.#waiting.splice(0)) sync();
  }
}

describe('A commit that waits for the disk', () => {
  const folder = temporaryFolder();

  it('lets others work, is seen by nobody, and counts once it is on the disk', async () => {
    const disk = new SlowDisk();
    const database = await openSiteDatabase({ place: testPlace(folder()), files: disk.files, generation: 1 });
    try {
      disk.isSlow = true;
      const done: string[] = [];
      const committed = database.commit({ settings: { a: 1 } }).then(() => done.push('committed'));
      const read = database.setting('a').then((value) => done.push(`read ${String(value)}`));
      for (let turns = 0; turns < 5; turns += 1) await nextTurn();
      expect([disk.waiting, done]).to.deep.equal([1, []]);
      disk.letGo();
      await Promise.all([committed, read]);
      expect(done).to.have.members(['committed', 'read 1']);
    } finally {
      await database.close();
    }
  });

  it('and has others behind it is no reason to keep categories that were read before those are changed', async () => {
    const disk = new SlowDisk();
    const database = await openSiteDatabase({ place: testPlace(folder()), files: disk.files, generation: 1 });
    try {
      await database.commit({ revisions: [sampleRevision(1)] });
      disk.isSlow = true;
      const product = sampleCategory(1, { updateKey: 1, updateId: guidOf(1), revisionId: 1, title: '' });
      const before = database.commit({ settings: { a: 1 } });
      const changed = database.commit({ categories: [product] });
      const read = database.categories();
      await nextTurn();
      disk.letGo();
      await Promise.all([before, changed, read]);
      expect((await database.categories()).map(({ title }) => title)).to.deep.equal(['Update 1']);
    } finally {
      await database.close();
    }
  });

  it('is waited for when the database is closed, and so is one behind it', async () => {
    const disk = new SlowDisk();
    const database = await openSiteDatabase({ place: testPlace(folder()), files: disk.files, generation: 1 });
    disk.isSlow = true;
    const committed = database.commit({ settings: { a: 1 } });
    const next = database.commit({ settings: { b: 2 } });
    const closed = database.close();
    await nextTurn();
    disk.letGo();
    await Promise.all([committed, next, closed]);
    const opened = await openSiteDatabase({ place: testPlace(folder()), files: realFiles, generation: 2 });
    expect([await opened.setting('a'), await opened.setting('b')]).to.deep.equal([1, 2]);
    await opened.close();
  });
});
