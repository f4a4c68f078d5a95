import { expect } from 'chai';
import { testSite } from '../engine/TestSite.js';
import { CATEGORIES, SECURITY, update, WINDOWS, WINDOWS_10, WINDOWS_11 } from '../engine/catalogue.js';
import type { DocumentParts } from '../fixtures/updateDocuments.js';

const windows11 = (over: Partial<DocumentParts> = {}): DocumentParts => ({
  id: WINDOWS_11,
  type: 'Category',
  title: 'Windows 11',
  category: { type: 'Product' },
  categories: [WINDOWS],
  ...over,
});
const LINE = `Category Product:${WINDOWS_11} (Windows 11) not found on WSUS`;
const WARNING = 'The subscribed Product "Windows 11" is no longer offered by the upstream.';

describe('A selected category', () => {
  const site = testSite();
  const missing = async (): Promise<readonly string[]> => (await site().component()).MissingCategories;
  beforeEach(async () => {
    site().source.put(update(1));
    await site().sync();
  });

  it(
    'that a full list does not name is reported by name in every run and breaks nothing, until it comes ' + 'back',
    async () => {
      site().source.offered.delete(`${WINDOWS_11}.1`);
      expect((await site().sync()).Warnings, 'a delta cannot know').to.deep.equal([]);
      const run = await site().sync({ fullSync: true });
      expect(run).to.deep.include({ Succeeded: true, Warnings: [WARNING] });
      expect(site().lines).to.include(LINE);
      expect(await missing()).to.deep.equal(['Product:Windows 11']);
      expect((await site().component()).Products).to.deep.equal(['Windows 11']);
      expect(
        site()
          .source.listed.at(-1)
          ?.categories.map((entry) => entry.id),
      ).to.deep.equal([WINDOWS_11]);
      expect((await site().sync()).Warnings).to.deep.equal([WARNING]);
      site().source.put(windows11());
      expect(await site().sync()).to.deep.include({ Succeeded: true, Kind: 'Delta', Warnings: [] });
      expect(await missing()).to.deep.equal([]);
      expect(site().lines.at(-1)).to.not.equal(LINE);
    },
  );

  it('that is missing and unsubscribed is not missed any more', async () => {
    site().source.offered.delete(`${WINDOWS_11}.1`);
    await site().sync({ fullSync: true });
    const changed = await site().set({ setProduct: ['Windows 10'] });
    expect(changed.component.MissingCategories).to.deep.equal([]);
    site().source.put(update(2, { categories: [WINDOWS_10, SECURITY] }));
    expect((await site().sync()).Warnings).to.deep.equal([]);
  });

  it('that is missing at another source is reported too', async () => {
    site().source.offered.clear();
    site().source.put(...CATEGORIES.filter((category) => category.id !== WINDOWS_11));
    await site().set({ upstreamSourceLocation: 'http://other.test:8530' });
    const run = await site().sync();
    expect(run.Warnings).to.deep.equal([WARNING]);
  });

  it('that was renamed is reported once and stays selected under its new name', async () => {
    site().source.put(windows11({ revision: 2, title: 'Windows XI' }));
    const run = await site().sync();
    expect(run.Warnings).to.deep.equal(['The subscribed Product "Windows 11" is now named "Windows XI".']);
    expect(site().lines).to.include(`Category Product:${WINDOWS_11} (Windows 11) is named Windows XI on WSUS`);
    expect((await site().component()).Products).to.deep.equal(['Windows XI']);
    expect((await site().sync()).Warnings).to.deep.equal([]);
  });

  it('is not reported when only others vanish or change their names', async () => {
    site().source.offered.delete(`${WINDOWS}.1`);
    site().source.put({
      id: CATEGORIES[0]?.id ?? '',
      revision: 2,
      type: 'Category',
      title: 'Contoso',
      category: { type: 'Company' },
    });
    expect((await site().sync({ fullSync: true })).Warnings).to.deep.equal([]);
  });
});
