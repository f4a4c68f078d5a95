import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const cut = (): SyncError =>
  new SyncError('UpstreamConnectionCut', { url: 'http://memory.test', operation: 'GetUpdateData', reason: 'reset' });

describe('A synchronization that meets failures', () => {
  const site = testSite();
  const putUpdates = (count: number): void =>
    site().source.put(...Array.from({ length: count }, (_unused, index) => update(index + 1)));

  it('records one bad document, stores the others and fetches only that one again', async () => {
    putUpdates(5);
    site().source.spoil({ updateId: guidOf(2), revisionNumber: 1 }, '<not xml');
    const first = await site().sync();
    expect(first).to.include({ Succeeded: true });
    expect(first.FailedUpdates.map((failed) => [failed.UpdateID, failed.ErrorId])).to.deep.equal([
      [guidOf(2), 'DocumentInvalid'],
    ]);
    expect(await site().titles()).to.deep.equal([1, 3, 4, 5].map((number) => `Update ${number}`));
    site().source.forgetCalls();
    await site().sync();
    expect(site().source.fetched).to.deep.equal([`${guidOf(2)}.1`]);
    site().source.put(update(2));
    expect(await site().sync()).to.include({ Succeeded: true });
    expect(await site().titles()).to.include('Update 2');
  });

  it('does not store a document that says it is another one', async () => {
    putUpdates(1);
    site().source.spoil(
      { updateId: guidOf(1), revisionNumber: 1 },
      Buffer.from(site().source.offered.get(`${guidOf(1)}.1`)?.xml ?? [])
        .toString()
        .replace(guidOf(1), guidOf(2)),
    );
    const run = await site().sync();
    expect(run.FailedUpdates.map((failed) => failed.ErrorId)).to.deep.equal(['DocumentInvalid']);
    expect(await site().titles()).to.deep.equal([]);
  });

  it('takes a revision that the upstream lists twice once', async () => {
    putUpdates(4);
    site().source.reshape = (list) => ({ ...list, revisions: [...list.revisions, ...list.revisions] });
    const run = await site().sync();
    expect(run, run.ErrorMessage ?? '').to.include({ Succeeded: true });
    expect(await site().titles()).to.have.length(4);
  });

  it('fails with 6703 when the upstream fails midway, and the next one fetches only what is missing', async () => {
    putUpdates(12);
    site().source.onFetch = async (identities) => {
      if (identities.some((identity) => identity.updateId === guidOf(8))) throw cut();
      return Promise.resolve();
    };
    const run = await site().sync();
    expect(run).to.include({ State: 'Failed', Succeeded: false, ErrorId: 'UpstreamConnectionCut', Phase: 'Failed' });
    expect(await site().status()).to.include({
      LastSyncState: 6703,
      LastSyncErrorCode: 0x80072efe,
      LastSyncErrorId: 'UpstreamConnectionCut',
      LastSuccessfulSyncTime: null,
    });
    const stored = (await site().database.counts()).revisions;
    expect(stored).to.be.within(9 + 6, 9 + 11);
    expect(run.Size).to.include({ Documents: stored });
    site().source.onFetch = async () => Promise.resolve();
    site().source.forgetCalls();
    expect(await site().sync()).to.include({ Succeeded: true });
    expect(site().source.fetched).to.have.length(9 + 12 - stored);
    expect(await site().titles()).to.have.length(12);
  });

  it('does not believe an upstream that suddenly has no categories', async () => {
    putUpdates(2);
    await site().sync();
    site().source.reshape = (list) => ({ ...list, revisions: [] });
    expect(await site().sync({ fullSync: true })).to.include({ State: 'Failed', ErrorId: 'UpstreamEmpty' });
    expect((await site().updates()).map((found) => found.IsExpired)).to.deep.equal([false, false]);
  });

  for (const when of ['it is opened', 'revisions are listed'] as const) {
    it(`lists everything again when the upstream says that its server changed as ${when}`, async () => {
      putUpdates(2);
      await site().sync();
      site().source.forgetCalls();
      const { source } = site();
      let isFirst = true;
      const change = async (): Promise<void> => {
        if (isFirst) {
          isFirst = false;
          throw new SyncError('UpstreamServerChanged', { url: 'memory.test' });
        }
        return Promise.resolve();
      };
      if (when === 'it is opened') source.onOpen = change;
      else source.onList = change;
      const run = await site().sync();
      expect(run, run.ErrorMessage ?? '').to.include({ Succeeded: true });
      expect(source.listed.at(-1)?.categories.every((entry) => !entry.delta)).to.equal(true);
      expect(source.listed.filter((filter) => filter.config).at(-1)?.anchor).to.equal('');
      expect(await site().titles()).to.have.length(2);
    });
  }

  it('goes on past any number of documents that are bad by themselves', async () => {
    putUpdates(60);
    for (let number = 1; number <= 60; number += 1)
      site().source.spoil({ updateId: guidOf(number), revisionNumber: 1 }, 'x');
    for (let round = 1; round <= 2; round += 1) {
      const run = await site().sync();
      expect(run).to.include({ State: 'Succeeded' });
      expect(run.Counts.Failed).to.equal(60);
    }
  });

  it('ends after too many consecutive refusals of the upstream itself', async () => {
    putUpdates(60);
    site().source.refusal = 'UpstreamFault';
    expect(await site().sync()).to.include({ State: 'Failed', ErrorId: 'TooManyFailures' });
  });

  it('keeps what is not ours as an internal error with its reason', async () => {
    site().source.onList = async () => Promise.reject(new TypeError('boom'));
    const run = await site().sync();
    expect(run).to.include({ ErrorId: 'InternalError' });
    expect(run.ErrorMessage).to.include('boom');
  });

  it('is reported as failed when its last transaction cannot be written, and another one can be started', async () => {
    putUpdates(1);
    let isFirst = true;
    site().failCommit = (changes) => {
      const fails = isFirst && changes.settings?.['contentVersion'] !== undefined;
      isFirst &&= !fails;
      return fails;
    };
    const { run } = await site().start();
    expect(await rejectionOf(site().wait(run.Id))).to.equal('fulfilled');
    expect((await site().service['run/list']({ id: run.Id }, site().request())).runs[0]).to.include({
      State: 'Failed',
      Succeeded: false,
    });
    expect(await site().sync()).to.include({ Succeeded: true });
  });

  it('does not hold the site when nothing can be written any more', async () => {
    putUpdates(1);
    site().source.onFetch = async () => {
      site().failCommit = () => true;
      return Promise.resolve();
    };
    const { run } = await site().start();
    await rejectionOf(site().wait(run.Id));
    site().failCommit = () => false;
    site().source.onFetch = async () => Promise.resolve();
    expect(await rejectionOf(site().sync())).to.equal('fulfilled');
  });

  it('raises the content version and supersedes what a run that broke off had already written', async () => {
    putUpdates(1);
    await site().sync();
    site().source.put(update(2, { supersedes: [guidOf(1)] }));
    site().failCommit = (changes) => changes.settings?.['contentVersion'] !== undefined;
    expect(await site().sync()).to.include({ State: 'Failed' });
    site().failCommit = () => false;
    expect(await site().sync()).to.include({ Succeeded: true, SyncCatalogVersion: 2 });
    expect(await site().titles({ isSuperseded: true })).to.deep.equal(['Update 1']);
  });
});
