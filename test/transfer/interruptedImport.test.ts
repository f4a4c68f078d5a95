import { expect } from 'chai';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endInterruptedRuns, resumeRun } from '../../server/sync/interruptedRuns.js';
import { filesOf } from '../../server/site/SiteFolder.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { removeLeftFiles } from '../../server/transfer/removeLeftFiles.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { CATEGORIES, update } from '../engine/catalogue.js';
import type { TestSite } from '../engine/TestSite.js';
import { openTransferSite, twoSites } from './twoSites.js';

const DAY = 24 * 60 * 60 * 1000;

describe('An import that is interrupted', () => {
  const sites = twoSites();
  let file: string;
  beforeEach(async () => {
    const { a, b, folder } = sites();
    a.source.put(...CATEGORIES, ...Array.from({ length: 250 }, (_, index) => update(index + 1000)));
    for (const site of [a, b])
      await site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
    await a.sync();
    file = path.join(folder, 'a.cab');
    await a.export(file);
  });

  /** The next engine over the same folder; it ends what the one before has left. */
  const nextEngine = async (generation: number): Promise<TestSite> => {
    await sites().b.database.close();
    const next = await openTransferSite(sites().b.context.site.path, { generation, before: sites().b });
    await endInterruptedRuns(next.context);
    return next;
  };

  it('by a kill is gone on with by a service, and nothing that was committed is read in again', async () => {
    const { b } = sites();
    let commits = 0;
    b.failCommit = () => (commits += 1) > 5;
    await b.import(file);
    expect(b.leftPackages()).to.have.length(2);
    const next = await nextEngine(2);
    const committed = (await next.database.counts()).revisions;
    expect(committed).to.be.within(1, CATEGORIES.length + 249);
    await removeLeftFiles({ ...next.context, now: () => new Date(Date.now() + 2 * DAY) });
    await resumeRun(next.context, next.runner);
    const run = await next.wait(2);
    expect(run).to.include({ State: 'Succeeded', Requester: 'Import', Reason: `the package ${file} is imported` });
    expect([run.Counts.DocumentsFetched, run.Counts.New]).to.deep.equal([CATEGORIES.length + 250 - committed, 250]);
    expect(await next.titles()).to.deep.equal(await sites().a.titles());
    expect(next.leftPackages()).to.deep.equal([]);
    await resumeRun(next.context, next.runner);
    expect(next.runner.current).to.equal(undefined);
    await next.database.close();
  });

  it('by the end of a server is not gone on with by one that has no package, which says what to do', async () => {
    const { b } = sites();
    let commits = 0;
    b.failCommit = () => (commits += 1) > 5;
    await b.import(file);
    const next = await nextEngine(2);
    for (const name of next.leftPackages()) rmSync(path.join(next.context.site.path, 'Transfer', name));
    await resumeRun(next.context, next.runner);
    expect(next.lines.join('\n')).to.contain(
      `The interrupted import could not continue: The package ${file} cannot be used: it is not in the ` +
        'Transfer folder of this server; import it again.',
    );
    expect([next.runner.current, await next.database.setting('transfer.pending')]).to.deep.equal([undefined, null]);
    await next.database.close();
  });

  it(
    'by an administrator is over: its package goes, and no synchronization of the source is tried in its ' + 'place',
    async () => {
      const { b } = sites();
      const { run } = await b.beginImport(file);
      await b.runner.stop(new SyncError('Cancelled', { what: 'The import' }));
      expect(await b.wait(run.Id)).to.include({ State: 'Cancelled', ErrorId: 'Cancelled' });
      expect([b.leftPackages(), await b.database.setting('transfer.pending')]).to.deep.equal([[], null]);
      expect((await b.component()).NextSyncTime).to.equal(null);
      expect(await b.import(file)).to.include({ State: 'Succeeded' });
    },
  );

  it('while it is checked leaves no run', async () => {
    const { b } = sites();
    const stop = new AbortController();
    stop.abort();
    const begun = b.service['catalog/import'](
      { requestId: b.bringPackage(file), path: file },
      b.request(stop.signal),
    ).then(
      () => 'begun',
      (error: unknown) => (error as SyncError).errorId,
    );
    expect(await begun).to.equal('Cancelled');
    expect((await b.service['run/list']({}, b.request())).runs).to.deep.equal([]);
  });

  it('leaves a package that nobody fetched for a day, no longer', async () => {
    const { b } = sites();
    b.bringPackage(file);
    await removeLeftFiles({ ...b.context, now: () => new Date() });
    expect(b.leftPackages()).to.have.length(2);
    await removeLeftFiles({ ...b.context, now: () => new Date(Date.now() + 2 * DAY) });
    expect(b.leftPackages()).to.deep.equal([]);
  });

  it('leaves no half-written file of secrets beside the others for more than a day', async () => {
    const { b } = sites();
    const { site } = b.context;
    writeFileSync(path.join(site.path, 'secrets.json.4711.tmp'), '{}');
    const tmp = (): string[] =>
      filesOf(site)
        .readdirSync(site.path)
        .filter((name) => name.endsWith('.tmp'));
    await removeLeftFiles({ ...b.context, now: () => new Date() });
    expect(tmp()).to.deep.equal(['secrets.json.4711.tmp']);
    await removeLeftFiles({ ...b.context, now: () => new Date(Date.now() + 2 * DAY) });
    expect(tmp()).to.deep.equal([]);
  });

  it('leaves one that somebody holds, and takes the others', async () => {
    const { b } = sites();
    b.bringPackage(file);
    const [first] = b.leftPackages();
    const held = Object.assign(new TypeError('EBUSY: held'), { code: 'EBUSY' });
    const files = filesOf(b.context.site);
    const rmSync = (name: string): void => {
      if (name.endsWith(first ?? '')) throw held;
      files.rmSync(name);
    };
    const site = { ...b.context.site, files: { ...files, rmSync } };
    const removing = removeLeftFiles({ ...b.context, site, now: () => new Date(Date.now() + 2 * DAY) });
    expect(await rejectionOf(removing)).to.contain('EBUSY: held');
    expect(b.leftPackages()).to.deep.equal([first]);
  });
});
