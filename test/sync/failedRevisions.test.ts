import { expect } from 'chai';
import { STATE } from '../../server/state/siteState.js';
import { testSite } from '../engine/TestSite.js';
import { MICROSOFT, productBelow, update, WINDOWS } from '../engine/catalogue.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const key = (number: number, revision = 1): string => `${guidOf(number)}.${revision}`;

describe('Revisions that failed', () => {
  const site = testSite();
  const spoil = (number: number, revision = 1): void =>
    site().source.spoil({ updateId: guidOf(number), revisionNumber: revision }, 'x');
  const remembered = async (): Promise<unknown> => site().database.setting(STATE.failedUpdates);
  const syncFetching = async (params: { fullSync?: boolean } = {}): Promise<string[]> => {
    site().source.forgetCalls();
    const run = await site().sync(params);
    expect(run, run.ErrorMessage ?? '').to.include({ Succeeded: true });
    return [...site().source.fetched];
  };

  it(
    'do not hold the anchor: it moves with the last batch, and the revisions are remembered in the same ' +
      'transaction',
    async () => {
      site().source.put(update(1), update(2), update(3), update(4));
      spoil(2);
      const last: Record<string, unknown>[] = [];
      site().failCommit = (changes) => {
        if (changes.settings?.[STATE.updatesAnchor] instanceof Object) last.push({ ...changes.settings });
        return false;
      };
      const run = await site().sync();
      expect(run.FailedUpdates).to.have.length(1);
      expect(run.Counts.Failed).to.equal(1);
      expect(last).to.have.length(1);
      expect(last[0]).to.deep.include({ [STATE.failedUpdates]: [{ updateId: guidOf(2), revisionNumber: 1 }] });
      site().source.put(update(5));
      expect(await syncFetching()).to.deep.equal([key(5), key(2)]);
      expect(site().source.listed.map((filter) => filter.anchor)).to.deep.equal(['c,13', 'u,13']);
    },
  );

  it('are a warning of the run, of the log and of health, although the run succeeds', async () => {
    site().source.put(update(1), update(2));
    await site().sync();
    site().source.put(update(2, { revision: 2 }), ...[3, 4, 5, 6].map((number) => update(number)));
    spoil(2, 2);
    for (const number of [3, 4, 5]) spoil(number);
    const run = await site().sync();
    expect(run).to.include({ State: 'Succeeded' });
    expect(run.Counts).to.include({ Failed: 4, New: 1 });
    expect(run.Warnings).to.have.length(1);
    const [told = ''] = run.Warnings;
    expect(told).to.match(/^4 updates could not be fetched: /);
    expect(told)
      .to.contain(`"Update 2" (${key(2, 2)})`)
      .and.to.contain(' and 1 more. The reason of the first: ');
    expect(told).to.contain(`Every synchronization tries them again. All reasons: (Get-CMSyncRun -Id ${run.Id})`);
    expect(site().lines).to.include(`WARNING: ${told}`);
    const health = await site().service['health/get']({}, site().request());
    expect(health.Status).to.equal('Degraded');
    expect(health.Actions).to.include(told);
  });

  it('are asked for in every run until they are stored', async () => {
    site().source.put(update(1), update(2));
    spoil(2);
    await site().sync();
    for (let round = 1; round <= 2; round += 1) {
      expect(await syncFetching()).to.deep.equal([key(2)]);
      expect((await site().service['run/list']({ newest: 1 }, site().request())).runs[0]?.Counts.Failed).to.equal(1);
    }
    const offered = site().source.offered.get(key(2));
    if (offered !== undefined) offered.xml = site().source.documentOf(update(2));
    expect(await syncFetching()).to.deep.equal([key(2)]);
    expect(await site().titles()).to.include('Update 2');
    expect(await remembered()).to.deep.equal([]);
    expect(await syncFetching()).to.deep.equal([]);
  });

  it('are given up when a newer revision is stored', async () => {
    site().source.put(update(1), update(2));
    spoil(2);
    await site().sync();
    site().source.put(update(2, { revision: 2 }));
    expect(await syncFetching()).to.deep.equal([key(2, 2), key(2)]);
    expect(await syncFetching()).to.deep.equal([]);
    expect(await remembered()).to.deep.equal([]);
  });

  it('are given up when a full list does not name them any more', async () => {
    site().source.put(update(1), update(2));
    spoil(2);
    await site().sync();
    site().source.offered.delete(key(2));
    expect(await syncFetching()).to.deep.equal([key(2)]);
    expect(await syncFetching({ fullSync: true })).to.deep.equal([]);
    expect(await syncFetching()).to.deep.equal([]);
  });

  it('of the configuration keep wildcards pending until they are stored', async () => {
    await site().set({ setProduct: ['Windows *'] });
    site().source.put(productBelow(0xc0, 'Windows 12', WINDOWS));
    spoil(0xc0);
    await site().sync();
    expect((await site().component()).PendingCategories).to.deep.equal(['Product:Windows *']);
    const offered = site().source.offered.get(key(0xc0));
    if (offered !== undefined) offered.xml = site().source.documentOf(productBelow(0xc0, 'Windows 12', WINDOWS));
    expect(await syncFetching()).to.deep.equal([key(0xc0)]);
    const component = await site().component();
    expect(component.PendingCategories).to.deep.equal([]);
    expect(component.Products.map((name) => name.trim())).to.deep.equal(['Windows 10', 'Windows 11', 'Windows 12']);
  });

  it('are recorded once in a run that asks twice, because the upstream turned out to be another one', async () => {
    site().source.put(update(1));
    site().source.put({
      id: MICROSOFT,
      revision: 2,
      type: 'Category',
      title: 'Microsoft',
      category: { type: 'Company' },
    });
    spoil(0xa0, 2);
    let lists = 0;
    site().source.reshape = (list) => ({ ...list, anchor: `1,2024-01-01 00:00:0${(lists += 1) === 4 ? 0 : 5}.000` });
    await site().sync();
    const run = await site().sync();
    expect(run).to.include({
      Kind: 'Full',
      Succeeded: true,
      Reason: 'the upstream server was restored to an earlier state',
    });
    expect(run.Counts.Failed).to.equal(1);
    expect(run.FailedUpdates).to.have.length(1);
  });

  it('that the upstream itself refuses do not end the next runs', async () => {
    const numbers = Array.from({ length: 60 }, (_unused, index) => index + 1);
    site().source.put(update(100), ...numbers.map((number) => update(number)), update(101));
    site().source.batchSize = 100;
    site().source.refusals = new Map(numbers.map((number) => [key(number), 'UpstreamFault']));
    const first = await site().sync();
    expect(first).to.include({ Succeeded: true });
    expect(first.Counts.Failed).to.equal(60);
    expect(await syncFetching()).to.have.members(numbers.map((number) => key(number)));
    expect(await syncFetching({ fullSync: true })).to.have.members(numbers.map((number) => key(number)));
  });

  it('one after the other end the run without moving the anchor', async () => {
    site().source.put(...Array.from({ length: 60 }, (_unused, index) => update(index + 1)));
    site().source.batchSize = 100;
    site().source.refusal = 'UpstreamFault';
    const run = await site().sync();
    expect(run).to.include({ State: 'Failed', ErrorId: 'TooManyFailures' });
    expect(run.ErrorMessage).to.match(/^Too many consecutive failures. Aborting sync./);
    expect(run.FailedUpdates).to.have.length(50);
    expect(await site().database.setting(STATE.updatesAnchor)).to.equal(null);
    site().source.refusal = '';
    expect(await syncFetching()).to.have.length(60);
  });
});
