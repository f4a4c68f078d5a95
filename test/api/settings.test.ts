import { expect } from 'chai';
import type { ComponentSetRequest } from '../../server/contract/generated/types.js';
import { validate } from '../../server/contract/validator.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { OFFICE, OFFICE_2019, productBelow, SECURITY, update, WINDOWS, WINDOWS_10 } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf } from '../fixtures/updateDocuments.js';

describe('The component', () => {
  const site = testSite();
  const prop = async (
    name: string,
    component: 'SMS_WSUS_CONFIGURATION_MANAGER' | 'SMS_WSUS_SYNC_MANAGER' = 'SMS_WSUS_CONFIGURATION_MANAGER',
  ): Promise<number | undefined> => {
    const { Props } = await site().service['component/get']({ component }, site().request());
    return Props.find((one) => one.PropertyName === name)?.Value;
  };

  it('waits three months at first and declines and removes nothing', async () => {
    expect(await site().component()).to.include({
      ImmediatelyExpireSupersedence: false,
      WaitMonth: 3,
      ImmediatelyExpireSupersedenceForFeature: false,
      WaitMonthForFeature: 3,
      EnableCallWsusCleanupWizard: false,
      EnableDeleteObsoleteUpdates: false,
      ObsoleteAgeDays: 30,
      UpdatesCleanupAgeDays: 7,
      FullSyncIntervalDays: 7,
      MassExpiryLimitPercent: 20,
      ScheduleSpreadMinutes: 0,
    });
    expect(await prop('Sync Supersedence Mode For NonFeature')).to.equal(1);
    expect(await prop('Sync Supersedence Age For Feature')).to.equal(3);
  });

  it('says when a language that is to be removed was not chosen, and does the rest', async () => {
    const { component, warnings } = await site().set({
      addLanguageSummaryDetail: ['German'],
      removeLanguageSummaryDetail: ['French'],
      addLanguageUpdateFile: ['French'],
    });
    expect(component.LanguageSummaryDetails).to.deep.equal(['English', 'German']);
    expect(warnings).to.deep.equal([
      'The summary detail language French was not chosen, so nothing was removed for it.',
    ]);
    expect((await site().set({ removeLanguageUpdateFile: ['fr'] })).warnings).to.deep.equal([]);
  });

  it('shows the rules and the maintenance under the names of the product, 0 for at once', async () => {
    await site().set({
      immediatelyExpireSupersedence: true,
      immediatelyExpireSupersedenceForFeature: false,
      waitMonthForFeature: 99,
      enableCallWsusCleanupWizard: true,
      enableDeleteObsoleteUpdates: true,
    });
    const names = [
      'Sync Supersedence Mode For NonFeature',
      'Sync Supersedence Mode For Feature',
      'Sync Supersedence Age For NonFeature',
      'Sync Supersedence Age For Feature',
      'Call WSUS Cleanup',
      'Call WSUS Delete Obselete Updates',
    ];
    const values: (number | undefined)[] = [];
    for (const name of names) values.push(await prop(name));
    expect(values).to.deep.equal([0, 1, 3, 99, 1, 1]);
  });

  it('keeps minutes and days, and shows run times in seconds', async () => {
    await site().set({
      featureUpdateMaxRuntimeMins: 5,
      nonFeatureUpdateMaxRuntimeMins: 9999,
      nonWindowsUpdateMaxRuntimeMins: 61,
      fullSyncIntervalDays: 14,
      updatesCleanupAgeDays: 21,
      obsoleteAgeDays: 60,
      massExpiryLimitPercent: 0,
    });
    const values: (number | undefined)[] = [];
    for (const name of [
      'MaxInstallTime-ServicePack',
      'MaxInstallTime-Windows',
      'MaxInstallTime-NonWindows',
      'Full Sync Interval (days)',
      'Updates Cleanup Age',
    ])
      values.push(await prop(name, 'SMS_WSUS_SYNC_MANAGER'));
    expect(values).to.deep.equal([300, 599_940, 3660, 14, 21]);
    expect(await site().component()).to.include({
      FeatureUpdateMaxRuntimeMins: 5,
      NonFeatureUpdateMaxRuntimeMins: 9999,
      NonWindowsUpdateMaxRuntimeMins: 61,
      ObsoleteAgeDays: 60,
      MassExpiryLimitPercent: 0,
    });
  });

  const RULES: readonly (readonly [Partial<ComponentSetRequest>, Partial<ComponentSetRequest>, string])[] = [
    [{}, { immediatelyExpireSupersedence: true, waitMonth: 3 }, 'ContradictoryParameters'],
    [{}, { immediatelyExpireSupersedenceForFeature: true, waitMonthForFeature: 3 }, 'ContradictoryParameters'],
    [{}, { waitMonth: 6 }, 'fulfilled'],
    [{}, { immediatelyExpireSupersedence: false }, 'fulfilled'],
    [{}, { immediatelyExpireSupersedence: true, waitMonthForFeature: 6 }, 'fulfilled'],
    [{ immediatelyExpireSupersedence: true }, { waitMonth: 6 }, 'ContradictoryParameters'],
    [{ immediatelyExpireSupersedence: true }, { immediatelyExpireSupersedence: false, waitMonth: 6 }, 'fulfilled'],
    [{ immediatelyExpireSupersedenceForFeature: true }, { waitMonth: 6 }, 'fulfilled'],
  ];
  for (const [before, params, outcome] of RULES) {
    it(`after ${JSON.stringify(before)}: ${JSON.stringify(params)} is ${outcome}`, async () => {
      await site().set(before);
      expect(await rejectionOf(site().set(params))).to.equal(outcome);
    });
  }

  it('keeps the months of a rule that expires at once for the time when it waits again', async () => {
    await site().set({ waitMonth: 9 });
    await site().set({ immediatelyExpireSupersedence: true });
    expect((await site().set({ immediatelyExpireSupersedence: false })).component.WaitMonth).to.equal(9);
  });

  const RANGES: readonly (readonly [keyof ComponentSetRequest, number, number])[] = [
    ['waitMonth', 1, 99],
    ['waitMonthForFeature', 1, 99],
    ['featureUpdateMaxRuntimeMins', 5, 9999],
    ['nonFeatureUpdateMaxRuntimeMins', 5, 9999],
    ['nonWindowsUpdateMaxRuntimeMins', 5, 9999],
    ['updatesCleanupAgeDays', 1, 3650],
    ['fullSyncIntervalDays', 1, 3650],
    ['obsoleteAgeDays', 1, 3650],
    ['massExpiryLimitPercent', 0, 100],
    ['scheduleSpreadMinutes', 0, 1440],
  ];
  for (const [name, least, most] of RANGES) {
    it(`takes ${name} from ${least} to ${most}`, () => {
      const check = (value: number) => (): void => {
        validate('component.set.request', { requestId: newRequestId(), [name]: value }, 'component/set');
      };
      for (const value of [least, most]) expect(check(value)).not.to.throw();
      for (const value of [least - 1, most + 1, least + 0.5]) expect(check(value), String(value)).to.throw();
    });
  }
});

describe('The subscription', () => {
  const site = testSite({ subscribed: false });
  const subscribed = async (): Promise<string[]> =>
    (await site().service['category/list']({ typeName: 'Product' }, site().request())).categories
      .filter((found) => found.IsSubscribed)
      .map((found) => found.LocalizedCategoryInstanceName.trim());

  it('of exactly these families and companies leaves no others, by name, wildcard or id', async () => {
    await site().sync();
    await site().set({ setProductFamily: ['Win*'] });
    expect(await subscribed()).to.deep.equal(['Windows 10', 'Windows 11']);
    await site().set({ setProductFamily: [`ProductFamily:${OFFICE}`] });
    expect(await subscribed()).to.deep.equal(['Office 2019']);
    await site().set({ setProductFamily: [], setCompany: ['microsoft'] });
    expect(await subscribed()).to.deep.equal(['Windows 10', 'Windows 11', 'Office 2019']);
    expect((await site().set({ setCompany: [], setProduct: [WINDOWS_10] })).component).to.deep.include({
      Companies: [],
      ProductFamilies: [],
      Products: ['Windows 10'],
    });
    expect(await subscribed()).to.deep.equal(['Windows 10']);
    expect(await rejectionOf(site().set({ setCompany: ['Microsoft'], addCompany: ['Microsoft'] }))).to.equal(
      'ContradictoryParameters',
    );
    expect(await rejectionOf(site().set({ setProductFamily: ['Windws'] }))).to.equal('UnknownCategory');
  });

  it('of a company selects families and products that appear later below it', async () => {
    await site().set({ setCompany: ['Microsoft'], setUpdateClassification: ['*'] });
    await site().sync();
    site().source.put(
      {
        id: guidOf(0xa9),
        title: 'Surface',
        type: 'Category',
        category: { type: 'ProductFamily' },
        categories: [guidOf(0xa0)],
      },
      productBelow(0xc9, 'Surface Pro', guidOf(0xa9)),
      productBelow(0xca, 'Windows 12', WINDOWS),
      update(1, { categories: [guidOf(0xc9), SECURITY] }),
      update(2, { categories: [guidOf(0xca), SECURITY] }),
      update(3, { categories: [OFFICE_2019, SECURITY] }),
    );
    await site().sync();
    expect(await site().titles()).to.have.members(['Update 1', 'Update 2', 'Update 3']);
  });

  it('takes the nine classifications only, also where all are meant', async () => {
    const drivers = 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0';
    site().source.put({ id: drivers, title: 'Drivers', type: 'Category', category: { type: 'UpdateClassification' } });
    await site().set({ setUpdateClassification: ['*'] });
    await site().sync();
    const { categories } = await site().service['category/list'](
      { typeName: 'UpdateClassification' },
      site().request(),
    );
    expect(
      categories.map((found) => [found.LocalizedCategoryInstanceName, found.AllowSubscription, found.IsSubscribed]),
    ).to.have.deep.members([
      ['Security Updates', true, true],
      ['Critical Updates', true, true],
      ['Upgrades', true, true],
      ['Drivers', false, false],
    ]);
    expect(await rejectionOf(site().set({ addUpdateClassification: ['Drivers'] }))).to.equal('CategoryNotSupported');
    expect(await rejectionOf(site().set({ addUpdateClassification: [drivers] }))).to.equal('CategoryNotSupported');
  });

  it('keeps names of every kind as pending when asked to, and what it takes away again', async () => {
    await site().sync();
    const kept = {
      addProduct: ['Soon'],
      addProductFamily: ['Soon'],
      addCompany: ['Soon*'],
      addUpdateClassification: ['Tools'],
      allowPending: true,
    };
    expect((await site().set(kept)).component.PendingCategories).to.deep.equal([
      'Product:Soon',
      'ProductFamily:Soon',
      'Company:Soon*',
      'UpdateClassification:Tools',
    ]);
    expect(
      (await site().set({ removeProductFamily: ['soon'], setCompany: [] })).component.PendingCategories,
    ).to.deep.equal(['Product:Soon', 'UpdateClassification:Tools']);
    site().source.put(productBelow(0xc9, 'Soon', WINDOWS));
    await site().sync();
    expect(await site().component()).to.deep.include({
      Products: ['Soon'],
      PendingCategories: ['UpdateClassification:Tools'],
    });
  });
});

describe('The default run time', () => {
  const site = testSite({ subscribed: false });
  const WINDOWS_FAMILY = '6964aab4-c5b5-43bd-a17d-ffb4346a8e1d',
    ROLLUPS = '28bc880e-0592-4cbf-8f95-c79b17911d5f';

  it('is that of the kind when the update enters the site, in seconds, also below a family', async () => {
    await site().set({
      setProduct: ['*'],
      setUpdateClassification: ['*'],
      featureUpdateMaxRuntimeMins: 100,
      nonFeatureUpdateMaxRuntimeMins: 50,
      nonWindowsUpdateMaxRuntimeMins: 20,
    });
    site().source.put(
      {
        id: WINDOWS_FAMILY,
        title: 'Windows',
        type: 'Category',
        category: { type: 'ProductFamily' },
        categories: [guidOf(0xa0)],
      },
      productBelow(0xc1, 'Windows 11, version 24H2', WINDOWS_FAMILY),
      { id: ROLLUPS, title: 'Update Rollups', type: 'Category', category: { type: 'UpdateClassification' } },
      update(1, { categories: [guidOf(0xc1), SECURITY] }),
      update(2, { categories: [guidOf(0xc1), ROLLUPS] }),
      update(3, { categories: [OFFICE_2019, ROLLUPS] }),
      update(4, { categories: [OFFICE_2019, SECURITY] }),
    );
    await site().sync();
    expect((await site().updates()).map((found) => [found.LocalizedDisplayName, found.MaxExecutionTime])).to.deep.equal(
      [
        ['Update 1', 3000],
        ['Update 2', 6000],
        ['Update 3', 6000],
        ['Update 4', 1200],
      ],
    );
  });
});

describe('Changed supersedence rules', () => {
  const site = testSite();

  it(
    'make the next synchronization a full one, until one has succeeded, and take back what a stricter rule had ' +
      'expired',
    async () => {
      site().source.put(
        update(1, { created: '2024-05-01T00:00:00Z' }),
        update(2, { created: '2024-05-02T00:00:00Z', supersedes: [guidOf(1)] }),
      );
      await site().sync();
      await site().set({ immediatelyExpireSupersedence: true });
      site().source.onOpen = async () =>
        Promise.reject(new SyncError('UpstreamUnreachable', { url: 'x', reason: 'y' }));
      expect(await site().sync()).to.include({ Kind: 'Full', Succeeded: false });
      site().source.onOpen = async () => Promise.resolve();
      expect(await site().sync()).to.include({
        Kind: 'Full',
        Reason: 'the supersedence rules changed',
        Succeeded: true,
      });
      expect(await site().titles({ isExpired: true })).to.deep.equal(['Update 1']);
      expect(await site().sync()).to.include({ Kind: 'Delta' });
      await site().set({ immediatelyExpireSupersedence: false, waitMonth: 6 });
      expect(await site().sync()).to.include({ Kind: 'Full', Reason: 'the supersedence rules changed' });
      expect(await site().titles({ isExpired: true })).to.deep.equal([]);
    },
  );

  it('are only those that change what expires', async () => {
    await site().sync();
    await site().set({ waitMonth: 3, enableCallWsusCleanupWizard: true, updatesCleanupAgeDays: 30 });
    expect(await site().sync()).to.include({ Kind: 'Delta' });
    await site().set({ waitMonthForFeature: 4 });
    expect(await site().sync()).to.include({ Kind: 'Full' });
  });
});
