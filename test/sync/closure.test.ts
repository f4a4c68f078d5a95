import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { STATE } from '../../server/state/siteState.js';
import { testSite } from '../engine/TestSite.js';
import { CATEGORIES, update } from '../engine/catalogue.js';
import { type DocumentParts, guidOf } from '../fixtures/updateDocuments.js';

const key = (number: number, revision = 1): string => `${guidOf(number)}.${revision}`;
/** A document that no list names, because it has no category. */
const unlisted = (number: number, over: Partial<DocumentParts> = {}): DocumentParts => ({
  id: guidOf(number),
  title: `Part ${number}`,
  deployable: false,
  ...over,
});
const holds = (...members: readonly [number, number][]): Pick<DocumentParts, 'bundles'> => ({
  bundles: members.map(([id, revision]) => ({ id: guidOf(id), revision })),
});

describe('What an update brings with it', () => {
  const site = testSite();
  const sync = async (params: { fullSync?: boolean } = {}): Promise<string[]> => {
    site().source.forgetCalls();
    const run = await site().sync(params);
    expect(run, run.ErrorMessage ?? '').to.include({ Succeeded: true });
    return [...site().source.fetched];
  };
  const fetchedUpdates = (keys: readonly string[]): string[] =>
    keys.filter((one) => !CATEGORIES.some((category) => one.startsWith(category.id)));

  it('are its bundled children of all levels, in their exact revisions, although no list names them', async () => {
    site().source.put(
      unlisted(2, { revision: 7 }),
      unlisted(2, { revision: 3, ...holds([0x101, 1]) }),
      unlisted(0x101, holds([0x102, 4])),
      unlisted(0x102, { revision: 4 }),
      update(1, holds([2, 3])),
    );
    expect(fetchedUpdates(await sync())).to.deep.equal([key(1), key(2, 3), key(0x101), key(0x102, 4)]);
    expect((await site().updates())[0]?.BundledUpdates).to.deep.equal([guidOf(2)]);
    expect(await sync()).to.deep.equal([]);
  });

  it('keeps an exact revision beside a newer one', async () => {
    site().source.put(update(2, { revision: 2 }), update(2, { revision: 1, categories: [] }), update(1, holds([2, 1])));
    await sync();
    const both = [1, 2].map((revisionNumber) => ({ updateId: guidOf(2), revisionNumber }));
    expect(await site().database.missingRevisions(both)).to.deep.equal([]);
    expect((await site().updates()).find((found) => found.CI_UniqueID === guidOf(2))?.RevisionNumber).to.equal(2);
  });

  it('are the prerequisites that are not known at all, in the revision that the upstream names', async () => {
    site().source.put(
      unlisted(5, { revision: 9, prerequisites: [guidOf(6)] }),
      unlisted(6),
      update(1, { prerequisites: [guidOf(5), guidOf(7)] }),
      update(3),
    );
    expect(fetchedUpdates(await sync())).to.deep.equal([key(1), key(3), key(5, 9), key(6)]);
    expect(site().source.related).to.deep.equal([guidOf(5), guidOf(7), guidOf(6)]);
    expect(await sync()).to.deep.equal([]);
    expect(site().source.related).to.deep.equal([]);
  });

  it('stays live in a full synchronization too, as long as the upstream lists the bundle that holds it', async () => {
    const [child, bundle] = [update(2), update(1, holds([2, 1]))];
    site().source.put(child, bundle);
    // The upstream has the child and does not list it.
    site().source.reshape = (list) => ({
      ...list,
      revisions: list.revisions.filter(({ updateId }) => updateId !== guidOf(2)),
    });
    for (const fullSync of [false, true, false]) {
      await sync({ fullSync });
      expect((await site().titles()).sort()).to.deep.equal(['Update 1', 'Update 2']);
    }
    site().source.reshape = (list) => ({
      ...list,
      revisions: list.revisions.filter(({ updateId }) => ![guidOf(1), guidOf(2)].includes(updateId)),
    });
    site().source.put(update(3), update(4));
    await site().sync({ fullSync: true, allowMassExpiry: true });
    expect(
      (await site().updates({ onlyExpired: true })).map((found) => found.LocalizedDisplayName).sort(),
    ).to.deep.equal(['Update 1', 'Update 2']);
  });

  it('are followed a thousand levels deep, with a warning in the run that leaves more to the next', async () => {
    const levels = 1005;
    for (let level = 1; level <= levels; level += 1)
      site().source.put(unlisted(0x1000 + level, level < levels ? holds([0x1000 + level + 1, 1]) : {}));
    site().source.put(update(1, holds([0x1001, 1])));
    const first = await site().sync();
    expect(first).to.include({ Succeeded: true });
    expect(first.Warnings.join()).to.include('more than 1000 levels deep');
    const second = await site().sync();
    expect(second.Warnings).to.deep.equal([]);
    const last = { updateId: guidOf(0x1000 + levels), revisionNumber: 1 };
    expect(await site().database.missingRevisions([last])).to.deep.equal([]);
  });

  it('is looked for again in a full synchronization', async () => {
    site().source.put(update(1, { prerequisites: [guidOf(7)] }));
    await sync();
    site().source.put(unlisted(7));
    expect(await sync()).to.deep.equal([]);
    expect(await sync({ fullSync: true })).to.deep.equal([key(7)]);
  });

  it('is looked for only where something is new', async () => {
    site().source.put(unlisted(2), update(1, holds([2, 1])));
    const { database } = site();
    const asked: number[] = [];
    const real = database.missingBundled.bind(database);
    database.missingBundled = async (from) => {
      asked.push(from);
      return real(from);
    };
    await sync();
    expect(asked.length).to.equal(2);
    const next = (await database.nextIds()).revision;
    await sync();
    expect(asked.length, 'nothing is new').to.equal(2);
    site().source.put(update(3));
    await sync();
    expect(asked.slice(2)).to.deep.equal([next]);
  });

  it('stays unknown where the upstream does not name it, which is logged once', async () => {
    site().source.batchSize = 1;
    site().source.onRelated = async () =>
      Promise.reject(
        new SyncError('UpstreamFault', {
          url: 'memory.test',
          operation: 'GetRelatedRevisionsForUpdates',
          errorCode: 'NoErrorCode',
          faultMessage: '',
        }),
      );
    site().source.put(update(1, { prerequisites: [guidOf(5), guidOf(6)] }));
    await sync();
    expect(site().source.related).to.deep.equal([guidOf(5)]);
    expect(
      site().lines.filter((line) => line.startsWith('The upstream does not name the revisions of 2 ')),
    ).to.have.length(1);
    expect(await site().titles()).to.deep.equal(['Update 1']);
  });

  it('does not stop the others where the upstream answers only other calls, and is asked for again', async () => {
    site().source.put(unlisted(2), update(1, { ...holds([2, 1]), prerequisites: [guidOf(3)] }), unlisted(3));
    site().source.onRelated = async () =>
      Promise.reject(new SyncError('UpstreamBusy', { url: 'u', reason: 'HTTP 503' }));
    for (let time = 0; time < 2; time += 1) {
      const run = await site().sync();
      expect(run).to.include({ State: 'Succeeded' });
      expect(run.Warnings).to.have.length(1);
      expect(run.Warnings[0]).to.match(
        /^The upstream did not say which revisions there are of 1 prerequisite .*HTTP 503/,
      );
    }
    expect(await site().titles()).to.deep.equal(['Update 1']);
    site().source.onRelated = async () => Promise.resolve();
    expect(await sync()).to.deep.equal([key(3)]);
  });

  it('is counted with all that nobody has asked for yet where the upstream does not answer', async () => {
    site().source.batchSize = 1;
    site().source.put(update(1, { prerequisites: [guidOf(5), guidOf(6), guidOf(7)] }));
    site().source.onRelated = async () =>
      site().source.related.length > 1
        ? Promise.reject(new SyncError('UpstreamTimeout', { url: 'u', operation: 'x', seconds: 1 }))
        : Promise.resolve();
    const [warning, ...more] = (await site().sync()).Warnings;
    expect([warning?.includes('there are of 2 prerequisites'), more]).to.deep.equal([true, []]);
    expect(site().source.related).to.deep.equal([guidOf(5), guidOf(6)]);
  });

  it('comes for all but the one that the upstream does not answer for', async () => {
    const numbers = [2, 3, 4, 5, 6, 7, 8];
    site().source.put(
      ...numbers.map((one) => unlisted(one)),
      update(1, { prerequisites: numbers.map((one) => guidOf(one)) }),
    );
    site().source.onRelated = async (updateIds) => {
      if (updateIds.includes(guidOf(4))) throw new SyncError('UpstreamBusy', { url: 'u', reason: 'HTTP 503' });
      return Promise.resolve();
    };
    const run = await site().sync();
    expect(run).to.include({ State: 'Succeeded' });
    expect(run.Warnings[0]).to.match(
      /^The upstream did not say which revisions there are of 1 prerequisite .*HTTP 503/,
    );
    expect(site().source.fetched)
      .to.include.members([2, 3, 5, 6, 7, 8].map((one) => key(one)))
      .and.to.not.include(key(4));
    site().source.onRelated = async () => Promise.resolve();
    expect(await sync()).to.deep.equal([key(4)]);
  });

  it('comes also where the upstream answers for one of them with a page of an error', async () => {
    site().source.batchSize = 1;
    const numbers = [2, 3, 4];
    site().source.put(
      ...numbers.map((one) => unlisted(one)),
      update(1, { prerequisites: numbers.map((one) => guidOf(one)) }),
    );
    site().source.onRelated = async (updateIds) => {
      if (updateIds.includes(guidOf(3)))
        throw new SyncError('UpstreamNotSoap', { url: 'u', operation: 'x', status: 500, what: 'an HTML page' });
      return Promise.resolve();
    };
    expect((await site().sync()).Warnings).to.have.length(1);
    expect(site().source.fetched).to.include.members([key(2), key(4)]);
    site().source.onRelated = async () => Promise.resolve();
    expect(await sync()).to.deep.equal([key(3)]);
  });

  it('is caught up after a run that broke off between the anchor and it', async () => {
    site().source.put(unlisted(2), update(1, { ...holds([2, 1]), prerequisites: [guidOf(3)] }), unlisted(3));
    site().source.onRelated = async () =>
      Promise.reject(new SyncError('UpstreamConnectionCut', { url: 'memory.test', operation: 'x', reason: 'reset' }));
    const { opened } = site().source;
    site().source.onOpen = async () =>
      site().source.opened > opened + 1 ? Promise.reject(new SyncError('UpstreamUnreachable')) : Promise.resolve();
    expect(await site().sync()).to.include({ State: 'Failed' });
    site().source.onOpen = async () => Promise.resolve();
    expect(await site().database.setting(STATE.updatesAnchor)).to.not.equal(undefined);
    site().source.onRelated = async () => Promise.resolve();
    expect(await sync()).to.deep.equal([key(2), key(3)]);
  });

  it('is caught up level by level after a run that broke off within it', async () => {
    site().source.put(unlisted(2, holds([3, 1])), unlisted(3, holds([4, 1])), unlisted(4), update(1, holds([2, 1])));
    site().failCommit = (changes) => changes.revisions?.some((row) => row.updateId === guidOf(3)) === true;
    expect(await site().sync()).to.include({ State: 'Failed' });
    expect(await site().database.setting(STATE.closureFrom), 'the first level is behind it').to.equal(
      (await site().database.nextIds()).revision - 1,
    );
    site().failCommit = () => false;
    expect(await sync()).to.deep.equal([key(3), key(4)]);
  });

  it('is asked for in every run as long as it fails, without ending one, also beside a newer revision', async () => {
    const numbers = Array.from({ length: 55 }, (_unused, index) => index + 0x100);
    site().source.put(
      update(1, holds(...numbers.map((number): [number, number] => [number, 1]))),
      ...numbers.map((number) => unlisted(number)),
      update(0x100, { revision: 2 }),
      unlisted(0x100),
    );
    site().source.refusals = new Map(numbers.map((number) => [key(number), 'UpstreamFault']));
    await sync();
    expect(await sync()).to.have.members(numbers.map((number) => key(number)));
    site().source.refusals = new Map();
    expect(await sync()).to.have.members(numbers.map((number) => key(number)));
    expect(await sync()).to.deep.equal([]);
  });

  it('ends when bundles hold each other', async () => {
    site().source.put(unlisted(2, holds([3, 1])), unlisted(3, holds([2, 1])), update(1, holds([2, 1])));
    expect(fetchedUpdates(await sync())).to.deep.equal([key(1), key(2), key(3)]);
  });
});
