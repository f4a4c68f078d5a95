import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import { openWsusPackage } from '../../server/transfer/openPackage.js';
import { CATEGORIES, productBelow, update, WINDOWS } from '../engine/catalogue.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { caughtFrom } from '../rpc/caught.js';
import { twoSites } from './twoSites.js';
import type { TestSite } from '../engine/TestSite.js';

const SUBSCRIPTION = { addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] };

describe('Two sites and the files that are carried between them', () => {
  const sites = twoSites();
  const file = (name: string): string => path.join(sites().folder, name);
  beforeEach(async () => {
    const { a, b } = sites();
    a.source.put(
      ...CATEGORIES,
      update(1),
      update(3, { bundles: [{ id: guidOf(2), revision: 1 }] }),
      update(2, { deployable: false }),
    );
    for (const site of [a, b]) await site.set(SUBSCRIPTION);
    await b.set({ synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' });
    await a.sync();
  });

  it('hold the same software updates, and log, status and history tell of a synchronization', async () => {
    const { a, b } = sites();
    await a.export(file('a.cab'));
    const run = await b.import(file('a.cab'), { requester: 'jo' });
    expect(run).to.include({
      State: 'Succeeded',
      Requester: 'Import',
      RequestedBy: 'jo',
      Kind: 'Full',
      Reason: `the package ${file('a.cab')} is imported`,
      SyncCatalogVersion: 1,
    });
    expect(run.Counts).to.include({ New: 2, Categories: 9, DocumentsFetched: 12 });
    expect(await b.titles()).to.deep.equal(await a.titles());
    expect(await b.status()).to.include({ LastSyncState: 6702, WSUSSourceServer: 'cs1.test' });
    expect((await b.component()).Products.map((name) => name.trim())).to.deep.equal(['Windows 11']);
    expect(b.lines).to.include.members([
      'Performing sync from a package',
      `Importing the package ${file('a.cab')} of cs1.test`,
      'sync: SMS synchronizing updates',
    ]);
    expect(b.leftPackages()).to.deep.equal([]);
  });

  it('warns when it brings updates of which none is subscribed', async () => {
    const { a, b } = sites();
    await b.set({ setProduct: ['Office 2019'], allowPending: true });
    await a.export(file('a.cab'));
    const run = await b.import(file('a.cab'));
    expect([run.Counts.New, run.Warnings.length]).to.deep.equal([0, 1]);
    expect(run.Warnings[0]).to.match(/^The package brought 3 updates, but none of them belongs to a subscribed/);
  });

  it('warn when what they import is known, and of nothing that is subscribed any more', async () => {
    const { a, b } = sites();
    await a.export(file('a.cab'));
    expect((await b.import(file('a.cab'))).Warnings).to.deep.equal([]);
    await b.set({ setProduct: ['Windows 10'] });
    await a.export(file('b.cab'));
    const { Warnings } = await b.import(file('b.cab'), { force: true });
    expect(Warnings.join()).to.contain('The package brought 3 updates, but none of them belongs to a subscribed');
  });

  it('evaluate what they have when products are chosen later, without the package and without a source', async () => {
    const { a, b } = sites();
    await b.set({ setProduct: [], allowPending: true });
    await a.export(file('a.cab'));
    expect((await b.import(file('a.cab'))).Counts.New).to.equal(0);
    fs.rmSync(file('a.cab'));
    expect((await b.sync()).Warnings[0]).to.match(/^No product is subscribed, so no updates are selected/);
    await b.set({ addProduct: ['Windows 10'] });
    expect((await b.sync()).Warnings).to.deep.equal([
      'None of the 3 updates that the site has belongs to a subscribed product and update classification. Subscribe ' +
        'them with -AddProduct (--add-product) and -AddUpdateClassification (--add-classification).',
    ]);
    const set = await b.set({ setProduct: ['Windows 11'] });
    expect(set.warnings).to.have.length(1);
    expect(set.warnings[0]).to.match(
      /^The site has no synchronization source. Sync-CMSoftwareUpdate .* No new package/,
    );
    const fetched = b.source.fetched.length;
    const run = await b.sync();
    expect(run).to.include({
      State: 'Succeeded',
      Kind: 'Full',
      Reason: 'the site has no synchronization source and evaluates the updates it has',
    });
    expect(run.Counts).to.include({ New: 2, DocumentsFetched: 0, Failed: 0 });
    expect(await b.titles()).to.deep.equal(await a.titles());
    expect(b.source.fetched.length).to.equal(fetched);
    // What is chosen no more expires, and returns with the next choice.
    await b.set({ setProduct: [], allowPending: true });
    expect((await b.sync()).Counts).to.include({ New: 0, Expired: 2 });
    // Also where the site has known them: all of them are expired then.
    await b.set({ setProduct: ['Windows 10'] });
    expect((await b.sync()).Warnings.join()).to.match(/^None of the 3 updates that the site has/);
    await b.set({ addProduct: ['Windows 11'] });
    const again = await b.sync();
    expect(again.Counts).to.include({ New: 0, Expired: 0 });
    expect(again.Warnings).to.deep.equal([]);
    // With a source again it asks for everything: this run was none of its synchronizations.
    b.source.put(...CATEGORIES, update(1));
    await b.set({ synchronizeAction: 'SynchronizeFromMicrosoftUpdate' });
    expect(await b.sync()).to.include({ Kind: 'Full', Reason: 'this is the first synchronization' });
  });

  it('put classifications first, then the tree, then updates with the children of bundles before them', async () => {
    await sites().a.export(file('a.cab'));
    const opened = await openWsusPackage(file('a.cab'));
    const order = [...opened.updates.keys()];
    await opened.close();
    const [security, , , microsoft, windows] = order;
    expect([security, microsoft, windows].map((key) => key?.slice(0, 36))).to.deep.equal([
      CATEGORIES[6]?.id,
      CATEGORIES[0]?.id,
      CATEGORIES[1]?.id,
    ]);
    expect(order.slice(-3)).to.deep.equal(
      [1, 2, 3].map((number) => identityKey({ updateId: guidOf(number), revisionNumber: 1 })),
    );
    expect(opened.updates.get(`${guidOf(1)}.1`)).to.deep.include({
      categories: [CATEGORIES[4]?.id],
      classifications: [CATEGORIES[6]?.id],
    });
  });

  it('touch neither anchors nor source of a site that has one', async () => {
    const { a, b } = sites();
    await a.export(file('a.cab'));
    b.source.put(...CATEGORIES, update(1));
    await b.set({ synchronizeAction: 'SynchronizeFromMicrosoftUpdate' });
    await b.sync();
    const stateOf = async (): Promise<unknown[]> =>
      Promise.all(
        ['anchor.config', 'anchor.updates', 'source.key', 'sync.lastFull', 'siteDatabase.subscription'].map(
          async (name) => b.database.setting(name),
        ),
      );
    const before = await stateOf();
    await b.import(file('a.cab'));
    expect(await stateOf()).to.deep.equal(before);
    expect(before[0]).to.be.a('string').and.not.equal('');
    expect(await b.sync()).to.include({ Kind: 'Delta', State: 'Succeeded' });
  });

  it('send only what changed, in order', async () => {
    const { a, b } = sites();
    const whole = await a.export(file('1.cab'));
    expect(whole).to.include({ IsIncrement: false, Follows: 0, Reaches: 12, LastRun: 1 });
    a.clock += 60_000;
    a.source.put(update(4), update(1, { revision: 2, title: 'Update 1 again' }));
    await a.sync();
    const second = await a.export(file('2.xml.gz'), { since: String(whole.LastRun) });
    expect(second).to.include({
      IsIncrement: true,
      Follows: 12,
      Reaches: 14,
      Documents: 2,
      LastRun: 2,
      Format: 'Gzip',
    });
    a.source.put(update(5));
    await a.sync();
    await a.export(file('3.cab'), { since: (await runOf(a, 2)).EndTime ?? '' });

    await b.import(file('1.cab'));
    expect((await caughtFrom(b.beginImport(file('3.cab')))).message).to.match(
      /does not match this site: it is incremental and follows revision 14 .* only up to revision 12 of it/,
    );
    expect(await b.import(file('2.xml.gz'))).to.include({ State: 'Succeeded', Kind: 'Delta' });
    await b.import(file('3.cab'));
    expect(await b.titles()).to.deep.equal(await a.titles());
    expect(await b.titles()).to.include('Update 1 again');
    expect((await b.inspect(file('1.cab'))).Differences.join()).to.match(
      /^it was made at .* before the last one of its server that was imported/,
    );
    expect(await b.import(file('1.cab'), { force: true })).to.include({ State: 'Succeeded' });
    expect((await b.inspect(file('3.cab'))).Differences).to.deep.equal([]);
    expect(b.leftPackages()).to.deep.equal([]);
  });

  it('never take for gone what a package does not name', async () => {
    const { a, b } = sites();
    await a.export(file('1.cab'));
    await b.import(file('1.cab'));
    const other = sites().a;
    other.source.put(update(7));
    await other.sync();
    await other.export(file('2.cab'), { since: '1' });
    const run = await b.import(file('2.cab'));
    expect(run.Counts).to.include({ New: 1, Expired: 0, Removed: 0 });
    expect(await b.titles({ isExpired: false })).to.have.length(3);
  });

  it('name what does not fit', async () => {
    const { a, b } = sites();
    await a.export(file('a.cab'));
    await b.import(file('a.cab'));
    await b.set({
      addLanguageSummaryDetail: ['French'],
      addProduct: ['Windows 10'],
      addUpdateClassification: ['Critical Updates'],
    });
    const { Differences } = await b.inspect(file('a.cab'));
    expect(Differences).to.deep.equal([
      'languages of this site that its server does not synchronize: fr',
      'products of this site that it does not hold: Windows 10',
      'classifications of this site that it does not hold: Critical Updates',
    ]);
    const runs = (await b.service['run/list']({}, b.request())).runs.length;
    expect((await caughtFrom(b.beginImport(file('a.cab')))).errorId).to.equal('PackageDiffers');
    expect((await b.service['run/list']({}, b.request())).runs).to.have.length(runs);
  });

  it('know who signed, and trust whom the administrator trusts', async () => {
    const { a, b } = sites();
    const { SignerFingerprint } = await a.export(file('a.cab'));
    expect(await b.inspect(file('a.cab'))).to.include({
      Signature: 'Foreign',
      SignerFingerprint,
      ServerName: 'cs1.test',
    });
    expect((await a.inspect(file('a.cab'))).Signature).to.equal('Own');
    await b.set({ trustedPackageSigner: [SignerFingerprint.toUpperCase()] });
    expect(await b.inspect(file('a.cab'))).to.deep.include({ Signature: 'Trusted', Differences: [], Warnings: [] });
    const sideCar = `${file('a.cab')}.manifest.json`;
    const text = fs.readFileSync(sideCar, 'utf8');
    fs.writeFileSync(sideCar, text.replace('"documents": 12', '"documents": 13'));
    expect((await caughtFrom(b.inspect(file('a.cab')))).message).to.contain(
      'signature in its .manifest.json file does not match',
    );
    fs.rmSync(sideCar);
    expect((await b.inspect(file('a.cab'))).Differences).to.deep.equal([
      'it is not signed, and this site trusts signers',
    ]);
    fs.writeFileSync(sideCar, text);
    fs.appendFileSync(file('a.cab'), 'x');
    expect((await caughtFrom(b.inspect(file('a.cab')))).message).to.contain('damaged or changed on the way');
  });

  it('leave nothing half when an export is cancelled, or does not fit into a cabinet', async () => {
    const { a } = sites();
    const stop = new AbortController();
    stop.abort();
    expect((await caughtFrom(a.export(file('a.cab'), {}, stop.signal))).errorId).to.equal('Cancelled');
    expect((await caughtFrom(a.export(file('a.zip')))).message).to.contain('ends neither in .cab nor in .xml.gz');
    expect((await caughtFrom(sites().b.export(file('a.cab')))).errorId).to.equal('CatalogueEmpty');
    expect((await caughtFrom(a.export(file('a.cab'), { since: '99' }))).errorId).to.equal('RunNotFound');
    expect((await caughtFrom(a.export(file('a.cab'), { since: 'yesterday' }))).errorId).to.equal('InvalidRequest');
    expect([a.leftPackages(), fs.existsSync(file('a.cab'))]).to.deep.equal([[], false]);
  });

  it('take packages at the top only', async () => {
    const { a, b } = sites();
    await a.export(file('a.cab'));
    Object.assign(b.context, { parent: { siteCode: 'TOP' } });
    expect((await caughtFrom(b.beginImport(file('a.cab')))).message).to.equal(
      'Site CS1 follows its parent TOP, so it cannot import packages.',
    );
  });

  it('list the content files where it is asked for', async () => {
    const { a } = sites();
    const digest = Buffer.alloc(20, 0xab).toString('base64');
    a.source.put(
      update(8, { eulaId: guidOf(80), eulaFiles: [{ digest, language: 'en', fileName: '=te\u009brm\u202es.txt' }] }),
    );
    await a.sync();
    expect(await a.export(file('a.cab'), { includeContentList: true })).to.include({ Files: 1 });
    expect(fs.readFileSync(`${file('a.cab')}.content.csv`, 'utf8').split('\r\n')).to.deep.equal([
      'Path,FileName,Size,Sha1,Url',
      `AB/${'AB'.repeat(20)}.txt,'=te?rms.txt,10,${'AB'.repeat(20)},`,
      '',
    ]);
    const opened = await openWsusPackage(file('a.cab'));
    expect([[...opened.files.keys()], opened.updates.get(`${guidOf(8)}.1`)?.digests]).to.deep.equal([
      [digest],
      [digest],
    ]);
    await opened.close();
  });
});

async function runOf(site: TestSite, id: number): Promise<{ EndTime: string | null }> {
  const [run] = (await site.service['run/list']({ id }, site.request())).runs;
  return run ?? { EndTime: null };
}

describe('A package of categories alone', () => {
  const sites = twoSites();

  it('is told of, unless it only says what changed', async () => {
    const { a, b, folder } = sites();
    a.source.put(...CATEGORIES);
    for (const site of [a, b]) await site.set(SUBSCRIPTION);
    await b.set({ synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' });
    await a.sync();
    const whole = await a.export(path.join(folder, '1.cab'));
    expect((await b.import(path.join(folder, '1.cab'))).Warnings).to.deep.equal([
      'The package brought categories but no updates, so none are selected. Import a package that holds updates with ' +
        'Import-CMSyncCatalog (configmgrsync import).',
    ]);
    expect((await b.sync()).Warnings.join()).to.match(/^The site has categories but no updates, so none are selected/);
    a.clock += 60_000;
    a.source.put(productBelow(0xc0, 'Windows 12', WINDOWS));
    await a.sync();
    await a.export(path.join(folder, '2.cab'), { since: String(whole.LastRun) });
    expect((await b.import(path.join(folder, '2.cab'))).Warnings).to.deep.equal([]);
  });
});
