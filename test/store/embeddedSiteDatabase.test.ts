import { expect } from 'chai';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { RELATION, type RevisionRow } from '../../server/store/rows.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { unsyncedFiles } from './FailingFiles.js';
import { dumpOf } from './dumpDatabase.js';
import { deliveryAcceptance } from './deliveryAcceptance.js';
import { maintenanceAcceptance } from './maintenanceAcceptance.js';
import { randomHistories } from './randomHistories.js';
import { sampleRevision, sampleUpdate } from './sampleRows.js';
import { servingAcceptance } from './servingAcceptance.js';
import { siteDatabaseAcceptance } from './siteDatabaseAcceptance.js';
import { softwareUpdateAcceptance } from './softwareUpdateAcceptance.js';
import { testPlace } from './testPlace.js';

describe('The embedded database', () => {
  const folder = temporaryFolder();
  const open = async (generation: number): Promise<SiteDatabase> =>
    openSiteDatabase({ place: testPlace(folder()), files: unsyncedFiles, generation });
  siteDatabaseAcceptance('sql.js with a journal', async () => open(1));
  softwareUpdateAcceptance('sql.js with a journal', async () => open(1));
  maintenanceAcceptance('sql.js with a journal', async () => open(1));
  servingAcceptance('sql.js with a journal', async () => open(1));
  deliveryAcceptance('sql.js with a journal', async () => open(1));
  randomHistories('sql.js with a journal', open, [1, 2, 3]);

  it('is the same after overrides and rows put over them were replayed', async () => {
    const database = await open(1);
    await database.commit({ revisions: [sampleRevision(1), sampleRevision(1, { revisionNumber: 2 })] });
    const row = sampleUpdate(16_777_217, {
      updateKey: (await database.updateKeys([guidOf(1)])).get(guidOf(1)) ?? 0,
      revisionId: 1,
    });
    await database.commit({ softwareUpdates: [row] });
    await database.commit({
      overrides: [{ ciId: row.ciId, customSeverity: 8, maxExecutionSeconds: undefined, modified: 5000 }],
    });
    await database.commit({ softwareUpdates: [{ ...row, revisionId: 2, ciVersion: 2 }] });
    const before = await dumpOf(database);
    await database.close();
    const again = await open(2);
    expect(await dumpOf(again)).to.deep.equal(before);
    expect((await again.allSoftwareUpdates())[0]).to.include({ ciVersion: 3, customSeverity: 8 });
    await again.close();
  });

  it('writes a long transaction in pieces, which nobody reads before all of it is committed', async () => {
    const database = await open(1);
    const bundle = longBundle(1);
    const turns = countTurns();
    const written = database.commit({ revisions: [bundle], settings: { said: 'all' } });
    const seen = [database.setting('said'), database.counts(), database.missingBundled(1)] as const;
    await database.commit({ settings: { later: true } });
    await written;
    expect(turns()).to.be.above(1);
    const [said, counts, missing] = await Promise.all(seen);
    expect([said, counts.revisions, missing.length]).to.deep.equal(['all', 1, MEMBERS]);
    const before = await dumpOf(database);
    await database.close();
    const again = await open(2);
    expect(await dumpOf(again)).to.deep.equal(before);
    await again.close();
  });

  it('gives a setting as it was committed last, whoever has read it before or changed what was read', async () => {
    const database = await open(1);
    expect(await database.setting('one')).to.equal(undefined);
    await database.commit({ settings: { one: { list: [1] } } });
    const read = (await database.setting('one')) as { list: number[] };
    read.list.push(2);
    expect(await database.setting('one')).to.deep.equal({ list: [1] });
    const broken = { id: 1, messageId: 1, time: Number.NaN, json: undefined as unknown as string };
    const failed = database.commit({ settings: { one: 'never', two: 'never' }, messages: [broken] });
    expect(await rejectionOf(failed)).to.equal('InternalError');
    expect([await database.setting('one'), await database.setting('two')]).to.deep.equal([{ list: [1] }, undefined]);
    await database.commit({ settings: { one: 'now' } });
    expect(await database.setting('one')).to.equal('now');
    await database.close();
  });

  it('takes back all of a long transaction that fails at its end', async () => {
    const database = await open(1);
    const before = await dumpOf(database);
    const broken = { id: 1, messageId: 1, time: Number.NaN, json: undefined as unknown as string };
    const failed = database.commit({ revisions: [longBundle(1)], messages: [broken] });
    const meanwhile = database.counts();
    expect(await rejectionOf(failed)).to.equal('InternalError');
    expect((await meanwhile).revisions).to.equal(0);
    expect(await dumpOf(database)).to.deep.equal(before);
    await database.commit({ settings: { works: true } });
    expect(await database.setting('works')).to.equal(true);
    await database.close();
  });

  it('ends a long transaction before it closes', async () => {
    const database = await open(1);
    const written = database.commit({ revisions: [longBundle(1)] });
    await database.close();
    await written;
    const again = await open(2);
    expect((await again.counts()).revisions).to.equal(1);
    await again.close();
  });

  it('finds updates by more categories than a statement takes values', async () => {
    const database = await open(1);
    const category = { kind: RELATION.category, clause: 0, updateId: guidOf(50), revisionNumber: 0 };
    await database.commit({ revisions: [sampleRevision(1, { relations: [category] }), sampleRevision(2)] });
    const keyOf = async (id: number): Promise<number> => (await database.updateKeys([guidOf(id)])).get(guidOf(id)) ?? 0;
    for (const [ciId, number] of [
      [16_777_217, 1],
      [16_777_218, 2],
    ] as const)
      await database.commit({
        softwareUpdates: [sampleUpdate(ciId, { updateKey: await keyOf(number), revisionId: number })],
      });
    const many = Array.from({ length: 40_000 }, (_unused, index) => 1_000_000 + index);
    const found = async (keys: readonly number[], newestFirst: boolean): Promise<number[]> =>
      (
        await database.updates({
          wildcard: false,
          categoryKeys: [keys],
          ...(newestFirst ? { order: { by: 'firstCreated', descending: true } as const } : {}),
          limit: 10,
        })
      ).map((row) => row.ciId);
    for (const newestFirst of [false, true]) {
      expect(await found([...many, await keyOf(50)], newestFirst)).to.deep.equal([16_777_217]);
      expect(await found(many, newestFirst)).to.deep.equal([]);
    }
    await database.close();
  });
});

const MEMBERS = 60_000;

/** A bundle with so many children that its transaction takes longer than a turn. */
function longBundle(number: number): RevisionRow {
  const relations = Array.from({ length: MEMBERS }, (_unused, clause) => ({
    kind: RELATION.bundled,
    clause,
    updateId: guidOf(0x100000 + clause),
    revisionNumber: 1,
  }));
  return sampleRevision(number, { relations });
}

/** Counts how often other work has its turn from now on. */
function countTurns(): () => number {
  let count = 0;
  const next = (): void => {
    count += 1;
    timer = setImmediate(next);
  };
  let timer = setImmediate(next);
  return () => {
    clearImmediate(timer);
    return count;
  };
}
