import { expect } from 'chai';
import { testSite } from '../engine/TestSite.js';
import { OFFICE_2019, SECURITY, update, WINDOWS_10, WINDOWS_11 } from '../engine/catalogue.js';
import { guidOf } from '../fixtures/updateDocuments.js';

describe('Changes of the catalogue', () => {
  const site = testSite();
  const flags = async (): Promise<Record<string, boolean>> =>
    Object.fromEntries((await site().updates()).map((found) => [found.LocalizedDisplayName, found.IsSuperseded]));

  it('supersede what a newer update names, whichever comes first', async () => {
    site().source.put(
      update(2, { supersedes: [guidOf(1)] }),
      update(1),
      update(3, { supersedes: [guidOf(2), guidOf(99)] }),
    );
    await site().sync();
    expect(await flags()).to.deep.equal({ 'Update 1': true, 'Update 2': true, 'Update 3': false });
    expect((await site().updates({ articleId: 'KB5000002' }))[0]).to.deep.include({
      SupersededUpdates: [guidOf(1)],
      SupersedingUpdates: [guidOf(3)],
    });
  });

  it('supersede in a delta synchronization too', async () => {
    site().source.put(update(1));
    await site().sync();
    site().source.put(update(2, { supersedes: [guidOf(1)] }));
    const run = await site().sync();
    expect(run.Counts).to.include({ New: 1, Superseded: 1 });
    expect(await flags()).to.deep.equal({ 'Update 1': true, 'Update 2': false });
  });

  it('end in a cycle of supersedence, and an update never supersedes itself', async () => {
    site().source.put(
      update(1, { supersedes: [guidOf(2)] }),
      update(2, { supersedes: [guidOf(3)] }),
      update(3, { supersedes: [guidOf(1)] }),
      update(4, { supersedes: [guidOf(4)] }),
    );
    expect(await site().sync()).to.include({ Succeeded: true });
    expect(await flags()).to.deep.equal({ 'Update 1': true, 'Update 2': true, 'Update 3': true, 'Update 4': false });
  });

  it('take supersedence back when the superseding update expires', async () => {
    site().source.put(update(1), update(2, { supersedes: [guidOf(1)] }));
    await site().sync();
    site().source.put(update(2, { revision: 2, supersedes: [guidOf(1)], publicationState: 'Expired' }));
    expect((await site().sync()).Counts).to.include({ Expired: 1 });
    expect(await flags()).to.deep.equal({ 'Update 1': false, 'Update 2': false });
  });

  it('take supersedence back when a new revision does not name the update any more', async () => {
    site().source.put(update(1), update(2, { supersedes: [guidOf(1)] }));
    await site().sync();
    site().source.put(update(2, { revision: 2 }));
    expect(await site().sync()).to.include({ Kind: 'Delta' });
    expect(await flags()).to.deep.equal({ 'Update 1': false, 'Update 2': false });
  });

  it('raise CIVersion and keep CI_ID and DatePosted with a new revision', async () => {
    site().source.put(update(1, { created: '2024-01-01T00:00:00Z' }));
    await site().sync();
    const [before] = await site().updates();
    site().source.put(update(1, { revision: 2, title: 'Changed', created: '2024-03-01T00:00:00Z' }));
    expect((await site().sync()).Counts).to.include({ New: 0, Revised: 1 });
    const [after] = await site().updates();
    expect(after).to.include({
      CI_ID: before?.CI_ID,
      CIVersion: (before?.CIVersion ?? 0) + 1,
      RevisionNumber: 2,
      LocalizedDisplayName: 'Changed',
      DatePosted: before?.DatePosted,
      DateRevised: '2024-03-01T00:00:00.000Z',
    });
  });

  it('hide the children of a bundle behind it', async () => {
    site().source.put(update(2, { deployable: false }), update(1, { bundles: [{ id: guidOf(2), revision: 1 }] }));
    await site().sync();
    const found = await site().updates();
    expect(found.map((one) => one.LocalizedDisplayName)).to.deep.equal(['Update 1']);
    expect(found[0]).to.deep.include({ BundledUpdates: [guidOf(2)], CIType_ID: 8 });
    expect((await site().database.allSoftwareUpdates()).filter((row) => row.isHidden)).to.have.length(1);
  });

  it('bring the child of a bundle that could be read only later', async () => {
    site().source.put(update(2, { deployable: false }), update(1, { bundles: [{ id: guidOf(2), revision: 1 }] }));
    site().source.spoil({ updateId: guidOf(2), revisionNumber: 1 }, 'x');
    await site().sync();
    site().source.put(update(2, { deployable: false }));
    await site().sync();
    expect((await site().database.allSoftwareUpdates()).filter((row) => row.isHidden)).to.have.length(1);
  });

  it('end when bundles hold each other', async () => {
    site().source.put(
      update(1, { bundles: [{ id: guidOf(2), revision: 1 }] }),
      update(2, { bundles: [{ id: guidOf(1), revision: 1 }] }),
    );
    expect(await site().sync()).to.include({ Succeeded: true });
  });

  it(
    'change nothing in a second full synchronization, also where two bundles hold two revisions of one ' + 'child',
    async () => {
      site().source.put(update(9, { deployable: false }), update(1, { bundles: [{ id: guidOf(9), revision: 1 }] }));
      await site().sync();
      site().source.put(
        update(9, { revision: 2, deployable: false }),
        update(2, { bundles: [{ id: guidOf(9), revision: 2 }] }),
      );
      const before = (await site().sync()).SyncCatalogVersion;
      const versions = (await site().database.allSoftwareUpdates()).map((row) => row.ciVersion);
      expect((await site().sync({ fullSync: true })).SyncCatalogVersion).to.equal(before);
      expect((await site().database.allSoftwareUpdates()).map((row) => row.ciVersion)).to.deep.equal(versions);
    },
  );

  it('expire what the subscription does not select any more, with the reason of a full synchronization', async () => {
    await site().set({ addProduct: ['Office 2019'] });
    site().source.put(update(1), update(2, { categories: [OFFICE_2019, SECURITY] }));
    await site().sync();
    await site().set({ removeProduct: ['Office 2019'] });
    const run = await site().sync();
    expect(run).to.include({ Kind: 'Full', Reason: 'the subscription changed', SyncCatalogVersion: 2 });
    expect(run.Counts).to.include({ Expired: 1, New: 0 });
    expect(await site().titles({ isExpired: true })).to.deep.equal(['Update 2']);
    await site().set({ addProduct: ['Office 2019'] });
    await site().sync();
    expect(await site().titles({ isExpired: false })).to.have.members(['Update 1', 'Update 2']);
  });

  it('expire an update whose new revision moved to another product', async () => {
    site().source.put(update(1));
    await site().sync();
    site().source.put(update(1, { revision: 2, categories: [WINDOWS_10, SECURITY] }), update(2));
    await site().sync({ fullSync: true });
    await site().set({ addProduct: ['Windows 10'] });
    await site().sync();
    expect(await site().titles({ isExpired: false })).to.have.members(['Update 1', 'Update 2']);
  });

  it('rename a category and keep its number', async () => {
    await site().sync();
    const find = async (): Promise<number[]> =>
      (await site().service['category/list']({ uniqueId: `Product:${WINDOWS_11}` }, site().request())).categories.map(
        (found) => found.CategoryInstanceID,
      );
    const before = await find();
    site().source.put({
      id: WINDOWS_11,
      revision: 2,
      type: 'Category',
      title: 'Windows XI',
      category: { type: 'Product' },
      categories: [guidOf(0xa1)],
    });
    const run = await site().sync();
    expect(run).to.include({ SyncCatalogVersion: 2 });
    expect(await find()).to.deep.equal(before);
    expect((await site().component()).Products).to.deep.equal(['Windows XI']);
  });
});
