import { expect } from 'chai';
import type { Alert, AlertListRequest } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { DAY, HOUR, MINUTE } from '../../server/schedule/zone.js';
import { CATEGORIES, update, WINDOWS_11 } from '../engine/catalogue.js';
import { newRequestId, type TestSite, testSite } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';

describe('The alerts of conditions, at one engine', () => {
  const site = testSite();
  const list = async (params: AlertListRequest = {}): Promise<Alert[]> =>
    (await site().service['alert/list'](params, site().request())).alerts;
  const active = async (): Promise<string[]> =>
    (await list()).filter(({ AlertState }) => AlertState === 0).map(({ Condition = '' }) => Condition);
  /** Every line of the log that tells of an alert, since the last time. */
  const told = (): string[] => {
    const lines = site()
      .lines.splice(0)
      .filter((line) => line.startsWith('Alert '));
    return lines.map((line) => line.split('.')[0] ?? '');
  };
  const looked = async (): Promise<string[]> => site().alerts.look().then(told);
  const fails = async (): Promise<void> =>
    Promise.reject(new SyncError('UpstreamConnectionCut', { url: 'http://up.test', reason: 'ECONNRESET' }));

  it('each is raised once by what the site does, and over once', async () => {
    site().source.put(...[1, 2, 3, 4, 5].map((number) => update(number)));
    await site().sync();
    await site().set({ schedule: '0001200000100008' });
    expect(await looked(), 'the first synchronization is no news').to.deep.equal([]);

    site().source.put(update(6, { severity: 'Critical' }), ...[7, 8, 9].map((number) => update(number)));
    await site().sync();
    expect(await looked()).to.deep.equal([
      'Alert raised: Source grew: site CS1',
      'Alert raised: New updates of severity Critical: site CS1',
    ]);
    site().source.put(...[1, 2].map((number) => update(number, { revision: 2, publicationState: 'Expired' })));
    await site().sync();
    expect(await looked()).to.deep.equal([
      'Alert resolved: Source grew: site CS1',
      'Alert resolved: New updates of severity Critical: site CS1',
      'Alert raised: Source shrank: site CS1',
    ]);

    site().source.offered.delete(`${WINDOWS_11}.1`);
    await site().sync({ fullSync: true });
    expect(await looked()).to.deep.equal([
      'Alert resolved: Source shrank: site CS1',
      'Alert raised: Selected category no longer offered: Windows 11',
    ]);
    site().source.put(...CATEGORIES.filter(({ id }) => id === WINDOWS_11));
    await site().sync();
    expect(await looked()).to.deep.equal(['Alert resolved: Selected category no longer offered: Windows 11']);

    site().source.onOpen = fails;
    for (const _ of [1, 2, 3]) await site().sync();
    expect(await looked()).to.deep.equal(['Alert raised: The same failure again and again: site CS1']);
    site().clock += 25 * HOUR;
    expect(await looked()).to.deep.equal(['Alert raised: No successful synchronization: site CS1']);
    site().source.onOpen = async () => Promise.resolve();
    await site().sync();
    expect(await looked()).to.deep.equal([
      'Alert resolved: No successful synchronization: site CS1',
      'Alert resolved: The same failure again and again: site CS1',
    ]);

    await outside(site());
    expect(await active()).to.deep.equal([]);
  });

  it('hold what a success brought, however many failures follow', async () => {
    site().source.put(update(1));
    await site().sync();
    site().source.put(update(2, { severity: 'Critical' }));
    await site().sync();
    expect(await looked()).to.include('Alert raised: New updates of severity Critical: site CS1');
    site().source.onOpen = fails;
    for (let failure = 0; failure < 22; failure += 1) await site().sync();
    expect(await looked()).to.deep.equal(['Alert raised: The same failure again and again: site CS1']);
    expect(await active()).to.include.members(['SourceGrew', 'CriticalUpdates']);
  });

  /** What comes from elsewhere than a synchronization. */
  async function outside(one: TestSite): Promise<void> {
    one.freeBytes = 1e9;
    expect(await looked()).to.deep.equal(['Alert raised: Disk nearly full: site CS1']);
    one.freeBytes = 2e9;
    expect(await looked()).to.deep.equal(['Alert resolved: Disk nearly full: site CS1']);
    one.isKept = false;
    expect(await looked()).to.deep.equal([]);
    one.clock += HOUR;
    expect(await looked()).to.deep.equal(['Alert raised: Nobody keeps the schedule: site CS1']);
    one.isKept = true;
    expect(await looked()).to.deep.equal(['Alert resolved: Nobody keeps the schedule: site CS1']);
  }

  it('are found with limits, switched, suspended and removed', async () => {
    const change = async (method: 'alert/switch' | 'alert/remove', params: object): Promise<unknown> =>
      (site().service[method] as (params: object, asked: object) => Promise<unknown>)(
        { requestId: newRequestId(), ...params },
        site().request(),
      );
    const set = async (params: object): Promise<Alert> =>
      (await site().service['alert/set']({ requestId: newRequestId(), ...params }, site().request())).alert;
    const [disk] = await list({ typeId: 11 });
    const id = disk?.ID ?? 0;
    expect(disk).to.deep.include({ Condition: 'DiskNearlyFull', Limit: 1024, LimitUnit: 'Megabytes', AlertState: 5 });
    expect(await rejectionOf(set({ id, limit: 1e12 }))).to.equal('ContradictoryParameters');
    expect(await set({ id, limit: 10 })).to.include({ ID: id, Limit: 10 });
    site().freeBytes = 1e9;
    expect(await looked()).to.deep.equal([]);
    await set({ id, limit: 2048 });
    expect(await looked()).to.deep.equal(['Alert raised: Disk nearly full: site CS1']);

    const until = new Date(site().clock + HOUR).toISOString();
    await change('alert/switch', { name: 'Disk nearly full*', wildcard: true, skipUntil: until, comment: 'ordered' });
    expect((await list({ id }))[0]).to.include({ AlertStateName: 'Postponed', SkipUntil: until, Comments: 'ordered' });
    site().clock += HOUR + MINUTE;
    expect(await looked()).to.deep.equal(['Alert raised: Disk nearly full: site CS1']);
    expect((await list({ id }))[0]).to.include({ AlertStateName: 'Active', SkipUntil: null });

    await change('alert/switch', { id, enabled: false });
    expect(await looked()).to.deep.equal(['Alert resolved: Disk nearly full: site CS1']);
    expect((await list({ id }))[0]).to.include({ AlertStateName: 'Disabled', Enabled: false });
    expect(await rejectionOf(change('alert/switch', { id, skipUntil: until }))).to.equal('ContradictoryParameters');
    expect(await rejectionOf(change('alert/switch', { id }))).to.equal('ContradictoryParameters');
    expect(await rejectionOf(change('alert/switch', { id: 7, enabled: true }))).to.equal('AlertNotFound');
    await change('alert/switch', { id, enabled: true });
    expect(await looked()).to.deep.equal(['Alert raised: Disk nearly full: site CS1']);

    expect(await change('alert/remove', { id })).to.deep.equal({ removed: [id] });
    expect(await looked(), 'it is met still').to.deep.equal(['Alert raised: Disk nearly full: site CS1']);
    expect((await list({ id }))[0]).to.include({ OccurrenceCount: 1, Limit: 1024, Comments: '' });
  });

  it('that of the synchronization is switched off when it is removed, and not at a child', async () => {
    await site().set({ enableSyncFailureAlert: true });
    const [alert] = await list({ typeId: 1 });
    const remove = { requestId: newRequestId(), id: alert?.ID ?? 0 };
    expect(await site().service['alert/remove'](remove, site().request())).to.deep.equal({ removed: [remove.id] });
    expect((await site().component()).EnableSyncFailureAlert).to.equal(false);
    expect(await list({ typeId: 1 })).to.deep.equal([]);
  });

  it('what an earlier version has stored is kept', async () => {
    await site().set({ enableSyncFailureAlert: true });
    const id = (await list({ typeId: 1 }))[0]?.ID ?? 0;
    const texts = { name: 'Old', comments: 'c', severity: 2, parameterValues: '<a/>', modified: DAY };
    await site().database.commit({ settings: { ['alert.sync.texts']: texts } });
    const kept = { ID: id, Name: 'Old', Comments: 'c', Severity: 2, ParameterValues: '<a/>' };
    expect((await list({ typeId: 1 }))[0]).to.include(kept);
    await site().service['alert/set']({ requestId: newRequestId(), id, comment: 'd' }, site().request());
    expect((await list({ typeId: 1 }))[0]).to.include({ ...kept, Comments: 'd' });
  });
});
