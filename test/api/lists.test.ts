import { expect } from 'chai';
import fc from 'fast-check';
import type { SoftwareUpdate, UpdateListRequest } from '../../server/contract/generated/types.js';
import { testSite } from '../engine/TestSite.js';
import { CRITICAL, OFFICE_2019, SECURITY, update, UPGRADES, WINDOWS_10, WINDOWS_11 } from '../engine/catalogue.js';
import { repetitions } from '../fixtures/repetitions.js';
import { guidOf } from '../fixtures/updateDocuments.js';

/** Every filter beside the naive one: value of the request, and what an update must be. */
const FILTERS: readonly [UpdateListRequest, (found: SoftwareUpdate) => boolean][] = [
  [{ articleId: '5000003' }, (found) => found.ArticleID === '5000003'],
  [{ articleId: 'KB500000?' }, (found) => /^500000.$/.test(found.ArticleID)],
  [{ name: 'Update 1*' }, (found) => found.LocalizedDisplayName.startsWith('Update 1')],
  [{ name: 'update 12' }, (found) => found.LocalizedDisplayName === 'Update 12'],
  [{ isExpired: true }, (found) => found.IsExpired],
  [{ isExpired: false }, (found) => !found.IsExpired],
  [{ onlyExpired: true }, (found) => found.IsExpired],
  [{ isSuperseded: true }, (found) => found.IsSuperseded],
  [{ isSuperseded: false }, (found) => !found.IsSuperseded],
  [{ eulaExist: true }, (found) => found.EULAExists],
  [{ eulaExist: false }, (found) => !found.EULAExists],
  [{ severity: 'Critical' }, (found) => found.SeverityName === 'Critical'],
  [{ severity: 'None' }, (found) => found.SeverityName === 'None'],
  [{ datePostedMin: '2024-01-10T00:00:00Z' }, (found) => (found.DatePosted ?? '') >= '2024-01-10'],
  [{ datePostedMax: '2024-01-10T00:00:00Z' }, (found) => (found.DatePosted ?? '') <= '2024-01-10T00:00:00.000Z'],
  [{ dateRevisedMin: '2024-01-05T00:00:00+01:00' }, (found) => (found.DateRevised ?? '') >= '2024-01-04T23:00:00.000Z'],
  [
    { categoryName: ['Windows 1?'] },
    (found) => found.LocalizedCategoryInstanceNames.some((name) => name.startsWith('Windows')),
  ],
  [
    { categoryUniqueId: [`Product:${OFFICE_2019}`] },
    (found) => found.CategoryInstance_UniqueIDs.includes(`Product:${OFFICE_2019}`),
  ],
  [
    { categoryName: ['Critical Updates'] },
    (found) => found.LocalizedCategoryInstanceNames.includes('Critical Updates'),
  ],
  [{ categoryName: ['Office'] }, (found) => found.CategoryInstance_UniqueIDs.includes(`Product:${OFFICE_2019}`)],
  // Any of one kind, and both kinds.
  [
    { categoryName: ['Windows 10', 'Office', 'Critical Updates', 'Security Updates'] },
    ({ LocalizedCategoryInstanceNames: names }) =>
      (names.includes('Windows 10') || names.includes('Office 2019')) && !names.includes('Upgrades'),
  ],
  [
    { categoryUniqueId: [`Product:${OFFICE_2019}`, `Product:${WINDOWS_10}`], categoryName: ['Nothing of that name'] },
    ({ LocalizedCategoryInstanceNames: names }) => names.includes('Windows 10') || names.includes('Office 2019'),
  ],
  [
    { vendor: 'Microsoft', categoryName: ['Critical*'] },
    ({ LocalizedCategoryInstanceNames: names }) => names.includes('Critical Updates'),
  ],
  [{ product: ['Windows 1?'] }, (found) => (found.Product ?? '').startsWith('Windows 1')],
  [{ product: ['Office', 'Windows 11'] }, (found) => ['Office 2019', 'Windows 11'].includes(found.Product ?? '')],
  [{ classification: ['Critical*'] }, (found) => found.Classification === 'Critical Updates'],
  [{ product: ['Critical Updates'] }, () => false],
  [{ vendor: 'Microsoft' }, () => true],
  [{ vendor: 'Contoso' }, () => false],
  [{ isOfflineServiceable: true }, (found) => found.IsOfflineServiceable],
  [{ isOfflineServiceable: false }, (found) => !found.IsOfflineServiceable],
  [{ isDeployed: true }, () => false],
  [{ isLatest: true }, () => true],
  [{ isUserDefined: true }, () => false],
];

/** Two filters that say something of the same parameter, or both of categories, which are one condition together. */
function overlap(a: UpdateListRequest, b: UpdateListRequest): boolean {
  const said = (filter: UpdateListRequest): string[] =>
    Object.keys(filter).map((name) => (name === 'categoryUniqueId' ? 'categoryName' : name));
  return said(a).some((name) => said(b).includes(name));
}

describe('Lists', () => {
  const site = testSite({ subscribed: false });
  beforeEach(async () => {
    await site().set({ allProducts: true, allClassifications: true });
    site().clock = Date.UTC(2024, 1, 1);
    const updates = Array.from({ length: 24 }, (_unused, index) =>
      update(index + 1, {
        categories: [
          [WINDOWS_10, WINDOWS_11, OFFICE_2019][index % 3] ?? '',
          [SECURITY, CRITICAL, SECURITY, UPGRADES][index % 4] ?? '',
        ],
        severity: ['', 'Critical', 'Important'][index % 3] ?? '',
        created: `2024-01-${String(index + 1).padStart(2, '0')}T00:00:00Z`,
        ...(index % 2 === 0 ? { eulaId: guidOf(500) } : {}),
        ...(index > 12 ? { supersedes: [guidOf(index - 4)] } : {}),
      }),
    );
    site().source.put(...updates);
    await site().sync();
    site().source.put(
      ...updates
        .filter((_unused, index) => index % 5 === 0)
        .map((parts) => ({ ...parts, revision: 2, publicationState: 'Expired' as const })),
    );
    await site().sync();
  });

  it('of updates give what a naive filter gives for any pair of filters', async () => {
    const all = await site().updates({ includeUpgrade: true });
    expect(all).to.have.length(24);
    const one = fc.nat(FILTERS.length - 1);
    await fc.assert(
      fc.asyncProperty(one, one, fc.boolean(), async (first, second, includeUpgrade) => {
        const [a, b] = [FILTERS[first], FILTERS[second]];
        if (a === undefined || b === undefined || (first !== second && overlap(a[0], b[0]))) return;
        const expected = all.filter(
          (found) =>
            a[1](found) &&
            b[1](found) &&
            (includeUpgrade || !found.LocalizedCategoryInstanceNames.includes('Upgrades')),
        );
        expect(await site().titles({ ...a[0], ...b[0], includeUpgrade }), JSON.stringify([a[0], b[0]])).to.deep.equal(
          expected.map((found) => found.LocalizedDisplayName),
        );
      }),
      { numRuns: repetitions(100, 3000) },
    );
  });

  it('of updates come in pages that together are the whole', async () => {
    const titles: string[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const page: { updates: SoftwareUpdate[]; next: number | null } = await site().service['update/list'](
        { includeUpgrade: true, pageSize: 5, after },
        site().request(),
      );
      expect(page.updates.length).to.be.at.most(5);
      titles.push(...page.updates.map((found) => found.LocalizedDisplayName));
      after = page.next;
    }
    expect(titles).to.deep.equal(await site().titles({ includeUpgrade: true }));
  });

  it('of updates are sorted, and come in pages that together are the whole', async () => {
    const all = await site().updates({ includeUpgrade: true });
    for (const orderBy of ['ArticleID', 'LocalizedDisplayName', 'DatePosted', 'Severity'] as const)
      for (const descending of [false, true]) {
        const value = (found: SoftwareUpdate): string =>
          orderBy === 'ArticleID' || orderBy === 'Severity'
            ? String(found[orderBy]).padStart(9, '0')
            : (found[orderBy] ?? '').toLowerCase();
        const key = (found: SoftwareUpdate): string => `${value(found)} ${found.CI_ID}`;
        const expected = all.map((found) => key(found)).sort();
        const keys: string[] = [];
        let after: number | null = 0;
        while (after !== null) {
          const page: { updates: SoftwareUpdate[]; next: number | null } = await site().service['update/list'](
            { includeUpgrade: true, pageSize: 7, orderBy, descending, after },
            site().request(),
          );
          keys.push(...page.updates.map(key));
          after = page.next;
        }
        expect(keys, orderBy).to.deep.equal(descending ? expected.reverse() : expected);
      }
  });

  it('of updates have those that are named by GUID, upgrades too', async () => {
    const named = async (...uniqueIds: string[]): Promise<string[]> => site().titles({ uniqueIds });
    expect(await named(guidOf(4), `Site_x/SUM_${guidOf(2)}`, 'nothing', guidOf(999))).to.deep.equal([
      'Update 2',
      'Update 4',
    ]);
    expect(await named('nothing')).to.deep.equal([]);
  });

  it('of categories have the numbers of their updates', async () => {
    const { categories, counts = [] } = await site().service['category/list']({ withCounts: true }, site().request());
    const numbers = new Map(
      counts.map(({ CategoryInstanceID: id, Updates }) => [
        categories.find((one) => one.CategoryInstanceID === id)?.LocalizedCategoryInstanceName,
        Updates,
      ]),
    );
    for (const name of ['Windows 10', 'Windows 11', 'Office 2019']) expect(numbers.get(name), name).to.equal(8);
    expect(numbers.get('Security Updates')).to.equal(12);
    expect((await site().service['category/list']({}, site().request())).counts).to.equal(undefined);
  });

  it('of the newest updates begin with the latest date', async () => {
    expect(await site().titles({ newest: 3, includeUpgrade: true })).to.deep.equal([
      'Update 24',
      'Update 23',
      'Update 22',
    ]);
  });

  it('of updates carry texts and the document itself when asked for', async () => {
    const [found] = await site().updates({ articleId: '5000002', lazy: true });
    expect(found?.LocalizedInformation?.[0]).to.include({ DisplayName: 'Update 2', LocaleID: 1033 });
    expect(
      Buffer.from(found?.SDMPackageXML ?? '').equals(
        Buffer.from(site().source.offered.get(`${guidOf(2)}.1`)?.xml ?? []),
      ),
    ).to.equal(true);
  });

  it('of categories can be filtered by name, type, number and id', async () => {
    const list = async (
      params: Parameters<ReturnType<typeof site>['service']['category/list']>[0],
    ): Promise<string[]> =>
      (await site().service['category/list'](params, site().request())).categories.map(
        (found) => found.LocalizedCategoryInstanceName,
      );
    expect(await list({})).to.have.length(9);
    expect(await list({ typeName: 'Product', name: 'windows*' })).to.deep.equal(['Windows 10', 'Windows 11']);
    expect(await list({ name: 'windows*', wildcard: false })).to.deep.equal([]);
    expect(await list({ uniqueId: `updateclassification:${SECURITY.toUpperCase()}` })).to.deep.equal([
      'Security Updates',
    ]);
    const [office] = (await site().service['category/list']({ name: 'Office 2019', lazy: true }, site().request()))
      .categories;
    expect(office).to.deep.include({
      IsSubscribed: true,
      AllowSubscription: true,
      LocalizedInformation: [{ CategoryInstanceName: 'Office 2019', LocaleID: 1033, Language: 'en' }],
    });
    expect(await list({ id: office?.CategoryInstanceID ?? 0 })).to.deep.equal(['Office 2019']);
    expect(
      (await site().service['category/list']({ id: office?.ParentCategoryInstanceID ?? 0 }, site().request()))
        .categories[0]?.LocalizedCategoryInstanceName,
    ).to.equal('Office');
  });
});
