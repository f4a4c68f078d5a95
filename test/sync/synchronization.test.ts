import { expect } from 'chai';
import type { Run } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { readRuns } from '../../server/state/storedRuns.js';
import { testSite } from '../engine/TestSite.js';
import { productBelow, SECURITY, update, WINDOWS, WINDOWS_10 } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf } from '../fixtures/updateDocuments.js';

describe('A synchronization', () => {
  const site = testSite();

  it('fills the categories, subscribes what was pending and brings the updates', async () => {
    site().source.put(update(1), update(2), update(3, { categories: [WINDOWS_10, SECURITY] }));
    expect((await site().component()).PendingCategories).to.deep.equal([
      'Product:Windows 11',
      'UpdateClassification:Security Updates',
    ]);
    const run = await site().sync();
    expect(run).to.include({
      State: 'Succeeded',
      Succeeded: true,
      Kind: 'Full',
      PercentComplete: 100,
      SyncCatalogVersion: 1,
      Phase: 'Done',
    });
    expect(run.Counts).to.include({ New: 2, Categories: 9, DocumentsFetched: 11, Failed: 0 });
    expect(await site().titles()).to.deep.equal(['Update 1', 'Update 2']);
    expect(await site().status()).to.include({ LastSyncState: 6702, SyncCatalogVersion: 1, LastSyncErrorCode: 0 });
    expect(site().source.closed).to.equal(1);
  });

  it('keeps what was pending as selected once it is known', async () => {
    await site().sync();
    const component = await site().component();
    expect(component.PendingCategories).to.deep.equal([]);
    expect(component.Products.map((name) => name.trim())).to.deep.equal(['Windows 11']);
  });

  it('with nothing new fetches no document, stays a delta and keeps the content version', async () => {
    site().source.put(update(1));
    await site().sync();
    site().source.forgetCalls();
    const run = await site().sync();
    expect(run, run.Reason).to.include({ Kind: 'Delta', Succeeded: true, SyncCatalogVersion: 1 });
    expect(site().source.fetched).to.deep.equal([]);
    expect(site().source.listed.map((filter) => filter.anchor)).to.deep.equal(['c,10', 'u,10']);
    expect(site().source.listed[1]?.categories.every((entry) => entry.delta)).to.equal(true);
  });

  it('raises the content version by one when something changed', async () => {
    site().source.put(update(1));
    await site().sync();
    site().source.put(update(2), update(3));
    expect((await site().sync()).SyncCatalogVersion).to.equal(2);
  });

  it('writes the documented lines in order', async () => {
    site().source.put(update(1));
    await site().sync();
    const wanted = [
      'Wakeup by inbox drop',
      'Starting Sync',
      'Performing sync on local request',
      'sync: Starting WSUS synchronization',
      'sync: WSUS synchronizing categories',
      'sync: WSUS synchronizing updates',
      'sync: WSUS synchronizing updates, processed 1 out of 1 items (100%)',
      'Done synchronizing WSUS Server cs1.test',
      'sync: Starting SMS database synchronization',
      'sync: SMS synchronizing categories',
      `Synchronizing update ${guidOf(1)} - Update 1`,
      'Done synchronizing SMS with WSUS Server cs1.test',
      'Sync succeeded. Setting sync alert to canceled state on site CS1',
      'Updated 1 items in SMS database, new update source content version is 1',
    ];
    expect(site().lines.filter((line) => wanted.includes(line))).to.include.ordered.members(wanted);
    const states = site().lines.flatMap((line) => /^STATMSG: ID=(\d+)/.exec(line)?.[1] ?? []);
    expect(states).to.deep.equal(['6701', '6704', '6705', '6702']);
  });

  it('brings products that appear later below a selected family', async () => {
    await site().set({ setProduct: [], addProductFamily: ['Windows'] });
    await site().sync();
    site().source.put(productBelow(0xc0, 'Windows 12', WINDOWS), update(7, { categories: [guidOf(0xc0), SECURITY] }));
    await site().sync();
    expect(await site().titles()).to.deep.equal(['Update 7']);
  });

  it('ends with what the site holds then, and how much disk that takes', async () => {
    const sizeAfter = async (count: number): Promise<Run['Size']> => {
      site().source.put(...Array.from({ length: count }, (_unused, index) => update(index + 1)));
      return (await site().sync()).Size;
    };
    const [first, second] = [await sizeAfter(1), await sizeAfter(60)];
    expect([first?.Updates, second?.Updates]).to.deep.equal([1, 60]);
    expect((second?.Documents ?? 0) - (first?.Documents ?? 0)).to.equal(59);
    expect(second?.DocumentBytes).to.be.greaterThan(first?.DocumentBytes ?? Infinity);
    expect(second?.DatabaseBytes).to.be.greaterThan(first?.DatabaseBytes ?? Infinity);
    const [stored] = await readRuns(site().database, { newest: 1 });
    expect(stored?.Size).to.deep.equal(second);
  });

  it('asks for no updates with the warning of the product when nothing is selected', async () => {
    await site().set({ setProduct: [] });
    site().source.put(update(1));
    const run = await site().sync();
    expect(run.Succeeded).to.equal(true);
    expect(run.Warnings).to.deep.equal([
      'No product is subscribed, so no updates were asked for. Subscribe some with -AddProduct (--add-product).',
    ]);
    expect(site().source.listed.map((filter) => filter.config)).to.deep.equal([true]);
    expect(site().lines).to.include(
      'WARNING: Request filter does not contain any known categories. Sync will do nothing.',
    );
  });

  it('says when a whole list names no update for what is subscribed', async () => {
    const { Kind, State, Warnings } = await site().sync();
    expect([Kind, State, Warnings.length]).to.deep.equal(['Full', 'Succeeded', 1]);
    expect(Warnings[0]).to.match(/^The source offers no update of the subscribed products and update classifications/);
    expect(site().lines).to.include(`WARNING: ${Warnings.join()}`);
    expect(await site().sync()).to.deep.include({ Kind: 'Delta', Warnings: [] });
  });

  it('says in every run which names the source does not offer, with what is like them', async () => {
    await site().set({ addProduct: ['Windows 12'], allowPending: true });
    site().source.put(update(1));
    const warning = 'The source offers no product named "Windows 12", so it stays pending. Closest: Windows 1';
    for (const kind of ['Full', 'Delta']) {
      const run = await site().sync();
      expect([run.Kind, run.Warnings.length]).to.deep.equal([kind, 1]);
      expect(run.Warnings[0]).to.satisfy((text: string) => text.startsWith(warning));
    }
    site().source.put(productBelow(0xc0, 'Windows 12', WINDOWS));
    expect((await site().sync()).Warnings).to.deep.equal([]);
  });

  it('refuses what can never be subscribed, before and after the categories are known', async () => {
    const drivers = { addUpdateClassification: ['drivers'], allowPending: true };
    expect(await rejectionOf(site().set(drivers))).to.equal('CategoryNotSupported');
    site().source.put({
      id: 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0',
      title: 'Drivers',
      type: 'Category',
      category: { type: 'UpdateClassification' },
    });
    await site().sync();
    const refused: unknown = await site()
      .set(drivers)
      .catch((error: unknown) => error);
    expect((refused as Error).message).to.equal(
      'The UpdateClassification drivers cannot be subscribed. You can subscribe: ' +
        'Critical Updates, Security Updates, Upgrades.',
    );
  });

  it('refuses to run without a source', async () => {
    await site().set({ synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' });
    expect(await rejectionOf(site().start())).to.equal('NoSynchronizationSource');
    expect((await site().status()).LastSyncState).to.equal(0);
  });

  it('is full when it is asked for, after seven days, and when the source changed', async () => {
    await site().sync();
    expect(await site().sync({ fullSync: true })).to.include({ Kind: 'Full', Reason: 'it was requested' });
    site().clock += 8 * 24 * 3600 * 1000;
    expect((await site().sync()).Reason).to.match(/7 days old/);
    await site().set({ upstreamSourceLocation: 'http://other.test:8530' });
    expect(await site().sync()).to.include({ Kind: 'Full', Reason: 'the synchronization source changed' });
  });

  it('is still full because of a changed source after the first try failed', async () => {
    await site().sync();
    await site().set({ upstreamSourceLocation: 'http://other.test:8530' });
    site().source.onOpen = async () => Promise.reject(new SyncError('UpstreamUnreachable', { url: 'x', reason: 'y' }));
    expect((await site().sync()).Kind).to.equal('Full');
    site().source.onOpen = async () => Promise.resolve();
    expect(await site().sync()).to.include({ Kind: 'Full', Succeeded: true });
  });

  it('asks a newly selected category for everything and the others for changes', async () => {
    await site().sync();
    await site().set({ addProduct: ['Windows 10'] });
    site().source.put(update(4, { categories: [WINDOWS_10, SECURITY] }));
    expect(await site().sync()).to.include({ Kind: 'Full', Reason: 'the subscription changed' });
    expect(await site().titles()).to.deep.equal(['Update 4']);
  });
});
