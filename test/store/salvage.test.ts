import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { loadSqlJs } from '../../server/store/embedded/SqlConnection.js';
import { mendDatabase } from '../../server/store/embedded/mendDatabase.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { salvageDatabase } from '../../server/store/embedded/salvageDatabase.js';
import { SERVED_BY } from '../../server/store/settingNames.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { unsyncedFiles } from './FailingFiles.js';
import { everyFault } from './everyFault.js';
import { putFormat1 } from './fixtures/putFormat1.js';
import { testPlace } from './testPlace.js';

const SETTINGS = ['a1', 'a2', 'a3', 'b1', 'c1'] as const;

describe('A damaged site database', () => {
  const folder = temporaryFolder();
  const open = async (generation: number, where = folder()): Promise<SiteDatabase> =>
    openSiteDatabase({ place: testPlace(where), files: unsyncedFiles, generation });
  const commit = async (database: SiteDatabase, name: string): Promise<number> => {
    await database.commit({ settings: { [name]: name } });
    return 0;
  };
  const file = (name: string, where = folder()): string => path.join(where, 'database', name);
  const flip = (name: string, at: number, where = folder()): void => {
    const bytes = fs.readFileSync(file(name, where));
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    fs.writeFileSync(file(name, where), bytes);
  };
  /**
   * Three engines that were killed, each with a journal; gives the bytes at which the transactions of the first end.
   */
  const threeJournals = async (where = folder()): Promise<number[]> => {
    const ends: number[] = [];
    for (const [generation, names] of [
      [1, ['a1', 'a2', 'a3']],
      [2, ['b1']],
      [3, ['c1']],
    ] as const) {
      const database = await open(generation, where);
      for (const name of names) {
        await commit(database, name);
        if (generation === 1) ends.push(fs.statSync(file('journal.1.0', where)).size);
      }
    }
    return ends;
  };
  const mend = async (
    generation: number,
    where = folder(),
    files: StoreFiles = unsyncedFiles,
  ): Promise<{ lost: string; backup: string }> => {
    const place = { sql: await loadSqlJs(), files, place: testPlace(where) };
    const salvaged = await salvageDatabase(place);
    try {
      return { lost: salvaged.lost, backup: await mendDatabase(place, salvaged, generation) };
    } finally {
      salvaged.connection.close();
    }
  };
  const settingsOf = async (generation: number, where = folder()): Promise<string[]> => {
    const database = await open(generation, where);
    const found = [];
    for (const name of SETTINGS) if ((await database.setting(name)) === name) found.push(name);
    await database.commit({ settings: { later: 1 } });
    await database.close();
    return found;
  };
  const bytesOf = (where: string): Record<string, string> =>
    Object.fromEntries(
      fs
        .readdirSync(where)
        .filter((name) => /^(journal|snapshot)/.test(name))
        .map((name) => [name, fs.readFileSync(path.join(where, name), 'latin1')]),
    );

  it('is mended up to the damaged transaction, says what is lost and keeps a copy', async () => {
    const [first = 0, , third = 0] = await threeJournals();
    flip('journal.1.0', first + 12);
    const before = bytesOf(file(''));
    expect(await rejectionOf(open(4))).to.equal('StoreCorrupt');
    const { lost, backup } = await mend(5);
    expect(lost).to.equal(
      `what follows byte ${first} of journal.1.0 (${third - first} bytes), all of journal.2.0, all of journal.3.0`,
    );
    expect(backup).to.equal(file('backup-repair5'));
    expect(bytesOf(backup)).to.deep.equal(before);
    expect(await settingsOf(6)).to.deep.equal(['a1']);
    expect(await settingsOf(7)).to.deep.equal(['a1']);
  });

  it('is another server to those below once something of it is lost', async () => {
    const database = await open(1);
    await database.commit({ settings: { [SERVED_BY]: guidOf(9) } });
    const kept = fs.statSync(file('journal.1.0')).size;
    await commit(database, 'a1');
    flip('journal.1.0', kept + 12);
    await mend(2);
    const mended = await open(3);
    expect([await mended.setting(SERVED_BY), await mended.setting('a1')]).to.deep.equal([null, undefined]);
    await mended.close();
  });

  for (const [name, spoil, lost, kept] of [
    ['of which a journal is missing', () => fs.rmSync(file('journal.2.0')), 'all of journal.3.0', ['a1', 'a2', 'a3']],
    [
      'of which a journal has no readable header',
      () => flip('journal.2.0', 3),
      'all of journal.2.0, all of journal.3.0',
      ['a1', 'a2', 'a3'],
    ],
    [
      'of which the newest journal has no readable header',
      () => flip('journal.3.0', 30),
      'all of journal.3.0',
      ['a1', 'a2', 'a3', 'b1'],
    ],
    [
      'of which a journal was cut',
      () => fs.truncateSync(file('journal.1.0'), fs.statSync(file('journal.1.0')).size - 2),
      'what follows byte',
      ['a1', 'a2'],
    ],
  ] as const) {
    it(`${name} is mended up to there`, async () => {
      await threeJournals();
      spoil();
      expect(await rejectionOf(open(4))).to.equal('StoreCorrupt');
      expect((await mend(5)).lost).to.contain(lost);
      expect(await settingsOf(6)).to.deep.equal(kept);
    });
  }

  it('whose snapshot is whole but whose journals are gone is mended from the snapshot', async () => {
    const database = await open(1);
    await commit(database, 'a1');
    await database.fold({ isDue: true });
    await commit(database, 'a2');
    await database.close();
    fs.rmSync(file('journal.1.1'));
    expect(await rejectionOf(open(2))).to.equal('StoreCorrupt');
    expect((await mend(3)).lost).to.equal('all of journal.1.1, of which 4122 bytes were confirmed');
    expect(await settingsOf(4)).to.deep.equal(['a1']);
  });

  it('whose snapshot is damaged cannot be mended, and says so by name', async () => {
    const database = await open(1);
    await commit(database, 'a1');
    await database.fold({ isDue: true });
    await database.close();
    flip('snapshot.1.1', 300);
    fs.rmSync(file('journal.1.0'));
    const before = bytesOf(file(''));
    const error = await mend(2).catch((caught: unknown) => caught);
    expect(error).to.include({ errorId: 'StoreCorrupt' });
    expect(String(error)).to.contain('snapshot.1.1');
    expect(bytesOf(file(''))).to.deep.equal(before);
  });

  it('of format 1 is mended and migrated', async () => {
    putFormat1(testPlace(folder()).database, 'snapshot');
    flip('journal.1.1', fs.statSync(file('journal.1.1')).size - 3);
    await mend(3);
    const database = await open(4);
    expect([await database.setting('a'), (await database.counts()).revisions]).to.deep.equal(['caf\u00e9', 3]);
    await database.close();
  });

  it('whose snapshot is lost after it was mended is not taken for an empty one', async () => {
    const [first = 0] = await threeJournals();
    flip('journal.1.0', first + 12);
    await mend(5);
    for (const name of ['snapshot.5.0', 'journal.1.0']) fs.rmSync(file(name));
    expect(await rejectionOf(open(6))).to.equal('StoreCorrupt');
  });

  it('is as before after any file call of mending that failed, and can be mended then', async () => {
    const damaged = fs.mkdtempSync(path.join(folder(), 'damaged-'));
    const [first = 0] = await threeJournals(damaged);
    flip('journal.1.0', first + 12, damaged);
    const { wrong, places } = await everyFault({
      folder: folder(),
      kinds: ['after', 'burst'],
      prepare: async (where) => {
        fs.cpSync(damaged, where, { recursive: true });
        return Promise.resolve(where);
      },
      work: async (where, files) => mend(5, where, files),
      verify: async (where) => {
        if ((await rejectionOf(open(7, where))) !== 'fulfilled') await mend(8, where);
        const kept = await settingsOf(9, where);
        return kept.join() === 'a1' ? '' : kept.join();
      },
    });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(100);
  });
});
