import { expect } from 'chai';
import type { SoftwareUpdate, UpdateSetRequest } from '../../server/contract/generated/types.js';
import { validate } from '../../server/contract/validator.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { SECURITY, update, UPGRADES, WINDOWS_11 } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf } from '../fixtures/updateDocuments.js';

describe('Overrides of software updates', () => {
  const site = testSite();
  beforeEach(async () => {
    await site().set({ addUpdateClassification: ['Upgrades'] });
    site().source.put(
      update(1, { severity: 'Low' }),
      update(2),
      update(3, { title: 'Update 2' }),
      update(4, { categories: [WINDOWS_11, UPGRADES] }),
      update(5, { deployable: false }),
      update(6, { bundles: [{ id: guidOf(5), revision: 1 }] }),
    );
    await site().sync();
  });
  const set = async (params: Partial<UpdateSetRequest>): Promise<SoftwareUpdate[]> =>
    (await site().service['update/set']({ requestId: newRequestId(), ...params }, site().request())).updates;
  const one = async (number: number): Promise<SoftwareUpdate> => {
    const found = (await site().updates({ includeUpgrade: true })).find(
      (entry) => entry.CI_UniqueID === guidOf(number),
    );
    if (found === undefined) throw new Error(`there is no update ${number}`);
    return found;
  };

  it('change severity and run time, CIVersion and DateLastModified, and nothing else', async () => {
    const before = await one(1);
    site().clock += 60_000;
    const [after] = await set({ ciIds: [before.CI_ID], customSeverity: 'Critical', maximumExecutionMins: 10 });
    expect(after).to.deep.equal({
      ...before,
      CustomSeverity: 10,
      CustomSeverityName: 'Critical',
      MaxExecutionTime: 600,
      CIVersion: before.CIVersion + 1,
      DateLastModified: after?.DateLastModified,
    });
    expect(Date.parse(after?.DateLastModified ?? '')).to.be.greaterThan(Date.parse(before.DateLastModified ?? ''));
    expect(await one(1)).to.deep.equal(after);
    expect(
      (await set({ ciIds: [before.CI_ID], customSeverity: 'Critical' }))[0]?.CIVersion,
      'the same again is no change',
    ).to.equal(before.CIVersion + 1);
    expect((await set({ ciIds: [before.CI_ID], customSeverity: 'None' }))[0]).to.include({
      CustomSeverity: 0,
      CustomSeverityName: 'None',
      MaxExecutionTime: 600,
    });
    expect(await site().titles({ severity: 'Low' }), 'the filter is that of the publisher').to.deep.equal(['Update 1']);
  });

  it('by name mean all updates of that name, upgrades too, and take * only when asked to', async () => {
    expect(
      (await set({ name: 'update 2', maximumExecutionMins: 7 })).map((found) => [
        found.CI_UniqueID,
        found.MaxExecutionTime,
      ]),
    ).to.deep.equal([
      [guidOf(2), 420],
      [guidOf(3), 420],
    ]);
    expect(await rejectionOf(set({ name: 'Update*', maximumExecutionMins: 7 }))).to.equal('UpdateNotFound');
    expect(
      (await set({ name: 'Update*', wildcard: true, customSeverity: 'Low' })).map((found) => found.CI_UniqueID),
    ).to.deep.equal([1, 2, 3, 4, 6].map(guidOf));
  });

  it('are all made or none', async () => {
    const { CI_ID } = await one(1);
    const hidden = (await site().database.allSoftwareUpdates()).find((row) => row.isHidden)?.ciId ?? 0;
    for (const missing of [1, hidden])
      expect(await rejectionOf(set({ ciIds: [CI_ID, missing], customSeverity: 'Low' })), String(missing)).to.equal(
        'UpdateNotFound',
      );
    expect((await one(1)).CustomSeverity).to.equal(0);
  });

  it('are not for what has left the site database, and are there again when it returns', async () => {
    const { CI_ID } = await one(1);
    await set({ ciIds: [CI_ID], customSeverity: 'Moderate', maximumExecutionMins: 33 });
    site().source.put(update(1, { revision: 2, publicationState: 'Expired' }));
    await site().sync();
    site().clock += 30 * 24 * 3600 * 1000;
    await site().sync();
    expect(await rejectionOf(set({ ciIds: [CI_ID], customSeverity: 'Low' }))).to.equal('UpdateNotFound');
    site().source.put(update(1, { revision: 3 }));
    await site().sync();
    expect(await one(1)).to.include({ CI_ID, CustomSeverityName: 'Moderate', MaxExecutionTime: 33 * 60 });
  });

  it('survive new revisions and full synchronizations', async () => {
    const { CI_ID } = await one(2);
    await set({ ciIds: [CI_ID], customSeverity: 'Important', maximumExecutionMins: 44 });
    site().source.put(update(2, { revision: 2, severity: 'Critical' }));
    await site().sync();
    await site().sync({ fullSync: true });
    expect(await one(2)).to.include({
      CustomSeverityName: 'Important',
      SeverityName: 'Critical',
      MaxExecutionTime: 44 * 60,
      RevisionNumber: 2,
    });
  });

  it(
    'that are set while a synchronization writes are not overwritten by it, and every change has a version of ' +
      'its own',
    async () => {
      const [before, other] = [await one(1), await one(2)];
      site().source.put(update(1, { revision: 2, title: 'Changed' }), update(7, { supersedes: [guidOf(2)] }));
      let isSet = false;
      site().failCommit = (changes) => {
        // The rows are decided on; the override comes before they are stored.
        if (changes.softwareUpdates === undefined || isSet) return false;
        isSet = true;
        void site().database.commit({
          overrides: [before, other].map(({ CI_ID }) => ({
            ciId: CI_ID,
            customSeverity: 8,
            maxExecutionSeconds: 999,
            modified: site().clock + 5000,
          })),
        });
        return false;
      };
      expect((await site().sync()).Succeeded).to.equal(true);
      expect(isSet).to.equal(true);
      expect(await one(1)).to.include({
        LocalizedDisplayName: 'Changed',
        RevisionNumber: 2,
        CustomSeverity: 8,
        MaxExecutionTime: 999,
        CIVersion: before.CIVersion + 2,
      });
      expect(await one(2)).to.include({
        IsSuperseded: true,
        CustomSeverity: 8,
        MaxExecutionTime: 999,
        CIVersion: other.CIVersion + 2,
      });
    },
  );

  it('that are asked for again after a crash are made once', async () => {
    const { CI_ID, CIVersion } = await one(1);
    const requestId = newRequestId();
    await set({ requestId, ciIds: [CI_ID], customSeverity: 'Low' });
    await set({ ciIds: [CI_ID], customSeverity: 'Critical' });
    expect((await set({ requestId, ciIds: [CI_ID], customSeverity: 'Low' }))[0]).to.include({
      CI_ID,
      CustomSeverityName: 'Critical',
      CIVersion: CIVersion + 2,
    });
  });

  it('need something to set, and one way to name the updates', async () => {
    for (const params of [
      { ciIds: [1] },
      { customSeverity: 'Low' as const },
      { ciIds: [1], name: 'x', customSeverity: 'Low' as const },
    ])
      expect(await rejectionOf(set(params))).to.equal('ContradictoryParameters');
    const check = (params: object) => (): void => {
      validate('update.set.request', { requestId: newRequestId(), ...params }, 'update/set');
    };
    for (const minutes of [5, 9999]) expect(check({ maximumExecutionMins: minutes })).not.to.throw();
    for (const params of [
      { maximumExecutionMins: 4 },
      { maximumExecutionMins: 10_000 },
      { customSeverity: 'Huge' },
      { ciIds: [] },
      { ciIds: [Number.NaN] },
    ])
      expect(check(params)).to.throw();
  });

  it('do not change what later updates get as default', async () => {
    await site().set({ nonFeatureUpdateMaxRuntimeMins: 30, nonWindowsUpdateMaxRuntimeMins: 31 });
    site().source.put(update(8), update(9, { categories: [WINDOWS_11, SECURITY], revision: 1 }));
    const before = (await one(1)).MaxExecutionTime;
    await site().sync();
    expect([(await one(8)).MaxExecutionTime, (await one(1)).MaxExecutionTime]).to.deep.equal([31 * 60, before]);
  });
});
