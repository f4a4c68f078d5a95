import { expect } from 'chai';
import path from 'node:path';
import { endInterruptedRuns, resumeRun } from '../../server/sync/interruptedRuns.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { removeLeftPackages } from '../../server/transfer/removeLeftPackages.js';
import { CATEGORIES, update } from '../engine/catalogue.js';
import { TransferSite, twoSites } from './transferSite.js';

const DAY = 24 * 60 * 60 * 1000;

describe('An import that is interrupted', () => {
  const sites = twoSites();
  let file: string;
  beforeEach(async () => {
    const { a, b, folder } = sites();
    a.site.source.put(...CATEGORIES, ...Array.from({ length: 250 }, (_, index) => update(index + 1000)));
    for (const { site } of [a, b])
      await site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
    await a.site.sync();
    file = path.join(folder, 'a.cab');
    await a.export(file);
  });

  /** The next engine over the same folder; it ends what the one before has left. */
  const nextEngine = async (generation: number): Promise<TransferSite> => {
    await sites().b.site.database.close();
    const next = await TransferSite.open(sites().b.folder, { generation, before: sites().b.site });
    await endInterruptedRuns(next.site.context);
    return next;
  };

  it('by a kill is gone on with by a service, and nothing that was committed is read in again', async () => {
    const { b } = sites();
    let commits = 0;
    b.site.failCommit = () => (commits += 1) > 5;
    await b.import(file);
    expect(b.left()).to.have.length(2);
    const next = await nextEngine(2);
    const committed = (await next.site.database.counts()).revisions;
    expect(committed).to.be.within(1, CATEGORIES.length + 249);
    await removeLeftPackages({ ...next.site.context, now: () => new Date(Date.now() + 2 * DAY) });
    await resumeRun(next.site.context, next.site.runner);
    const run = await next.site.wait(2);
    expect(run).to.include({ State: 'Succeeded', Requester: 'Import', Reason: `the package ${file} is imported` });
    expect([run.Counts.DocumentsFetched, run.Counts.New]).to.deep.equal([CATEGORIES.length + 250 - committed, 250]);
    expect(await next.site.titles()).to.deep.equal(await sites().a.site.titles());
    expect(next.left()).to.deep.equal([]);
    await resumeRun(next.site.context, next.site.runner);
    expect(next.site.runner.current).to.equal(undefined);
    await next.site.database.close();
  });

  it(
    'by an administrator is over: its package goes, and no synchronization of the source is tried in its ' + 'place',
    async () => {
      const { b } = sites();
      const { run } = await b.begin(file);
      await b.site.runner.stop(new SyncError('Cancelled', { what: 'The import' }));
      expect(await b.site.wait(run.Id)).to.include({ State: 'Cancelled', ErrorId: 'Cancelled' });
      expect([b.left(), await b.site.database.setting('transfer.pending')]).to.deep.equal([[], null]);
      expect((await b.site.component()).NextSyncTime).to.equal(null);
      expect(await b.import(file)).to.include({ State: 'Succeeded' });
    },
  );

  it('while it is checked leaves no run', async () => {
    const { b } = sites();
    const stop = new AbortController();
    stop.abort();
    const begun = b.site.service['catalog/import'](
      { requestId: b.bring(file), path: file },
      b.site.request(stop.signal),
    ).then(
      () => 'begun',
      (error: unknown) => (error as SyncError).errorId,
    );
    expect(await begun).to.equal('Cancelled');
    expect((await b.site.service['run/list']({}, b.site.request())).runs).to.deep.equal([]);
  });

  it('leaves a package that nobody fetched for a day, no longer', async () => {
    const { b } = sites();
    b.bring(file);
    await removeLeftPackages({ ...b.site.context, now: () => new Date() });
    expect(b.left()).to.have.length(2);
    await removeLeftPackages({ ...b.site.context, now: () => new Date(Date.now() + 2 * DAY) });
    expect(b.left()).to.deep.equal([]);
  });
});
