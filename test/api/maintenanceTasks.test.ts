import { expect } from 'chai';
import type { MaintenanceTaskSetRequest } from '../../server/contract/generated/types.js';
import { setMaintenanceTasks } from '../../server/api/maintenanceTasks.js';
import { DAY, HOUR } from '../../server/schedule/zone.js';
import { forgetWhenDue } from '../../server/state/retention.js';
import { readRuns, runChange } from '../../server/state/storedRuns.js';
import { stateChange } from '../../server/state/siteState.js';
import type { SiteChanges } from '../../server/store/SiteChanges.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';

const START = Date.UTC(2026, 10, 30);

describe('Maintenance tasks', () => {
  const site = testSite();
  const set = async (more: Omit<MaintenanceTaskSetRequest, 'requestId'>): Promise<readonly string[]> =>
    (await site().service['maintenanceTask/set']({ requestId: newRequestId(), ...more }, site().request())).warnings;
  const list = async (): Promise<unknown[]> =>
    (await site().service['maintenanceTask/list']({}, site().request())).tasks.map((task) => [
      task.ItemName,
      task.Enabled,
      task.DeleteOlderThan,
    ]);
  const forget = async (): Promise<void> => forgetWhenDue(site().context);
  const ids = async (): Promise<number[]> => (await readRuns(site().database, { oldest: 999 })).map(({ Id }) => Id);
  const messages = async (): Promise<number[]> =>
    (await site().database.messages({ after: 0, from: 0, limit: 999 })).map(({ id }) => id);
  async function message(id: number, time: number): Promise<void> {
    const json = JSON.stringify({ messageId: 6702, serverName: 's', time: new Date(time).toISOString() });
    await site().database.commit({ messages: [{ id, messageId: 6702, time, json }] });
  }

  it('remove nothing until they are enabled', async () => {
    await message(1, 0);
    await forget();
    expect(await list()).to.deep.equal([
      ['Delete Aged Status Messages', false, 180],
      ['Delete Aged Log Data', false, 180],
    ]);
    expect(await messages()).to.deep.equal([1]);
  });

  it('are set by either name, and an unknown one is an error', async () => {
    const context = { ...site().context, keeper: () => 'None' as const };
    const asked = {
      requestId: newRequestId(),
      name: 'DeleteAgedStatusMessages',
      enabled: true,
      deleteOlderThanDays: 30,
    };
    const { warnings } = await setMaintenanceTasks({ context }, asked, { keep: () => ({}) });
    expect(warnings[0]).to.match(/only while an engine of this site runs. Install the service/);
    await set({ name: 'delete aged log*', wildcard: true, deleteOlderThanDays: 7 });
    expect(await list()).to.deep.equal([
      ['Delete Aged Status Messages', true, 30],
      ['Delete Aged Log Data', false, 7],
    ]);
    expect(await rejectionOf(set({ name: 'BackupSiteServer', enabled: true }))).to.equal('MaintenanceTaskNotFound');
  });

  it('remove old status messages once a day, but not the newest, nor what no rule has seen', async () => {
    site().clock = START;
    for (const id of [1, 2, 3, 4]) await message(id, START - 40 * DAY);
    await forget();
    const statusRules = { form: 1, rules: [{ name: 'r', isEnabled: true }] };
    await site().database.commit({ settings: stateChange({ statusRules, ruledUpTo: 2 }) });
    await set({ name: 'DeleteAgedStatusMessages', enabled: true, deleteOlderThanDays: 30 });
    await forget();
    expect(await messages()).to.deep.equal([3, 4]);
    await site().database.commit({ settings: stateChange({ ruledUpTo: 4 }) });
    await forget();
    expect(await messages(), 'not due').to.deep.equal([3, 4]);
    site().clock += 24 * HOUR;
    await forget();
    expect(await messages()).to.deep.equal([4]);
    expect(site().lines.join()).to.contain('2 status messages from before 2026-10-31T');
    expect((await site().database.nextIds()).message).to.equal(5);
  });

  it('remove messages in pieces, also behind those of a clock ahead, whatever disabled rules have seen', async () => {
    site().clock = START;
    const stored = (id: number, time: number) => {
      const json = JSON.stringify({ messageId: 6702, serverName: 's', time: new Date(time).toISOString() });
      return { id, messageId: 6702, time, json };
    };
    const many = Array.from({ length: 4500 }, (_unused, index) => stored(index + 1, START - 40 * DAY));
    await site().database.commit({ messages: [stored(1, START + 400 * DAY), ...many.slice(1), stored(4501, START)] });
    const statusRules = { form: 1, rules: [{ name: 'r', isEnabled: false }] };
    await site().database.commit({ settings: stateChange({ statusRules, ruledUpTo: 1 }) });
    await set({ name: 'DeleteAgedStatusMessages', enabled: true, deleteOlderThanDays: 30 });
    let commits = 0;
    const { database } = site();
    const counted = Object.create(database, {
      commit: {
        value: async (changes: SiteChanges) => {
          if (changes.forgetMessages !== undefined) commits += 1;
          return database.commit(changes);
        },
      },
    }) as typeof database;
    await forgetWhenDue({ ...site().context, database: counted });
    expect(await messages()).to.deep.equal([1, 4501]);
    expect(commits).to.equal(3);
  });

  it('are done at the next tick where they are set while they are done', async () => {
    site().clock = START;
    for (const id of [1, 2]) await message(id, START - 40 * DAY);
    await set({ name: 'DeleteAgedStatusMessages', enabled: true, deleteOlderThanDays: 90 });
    const { database, context } = site();
    let isSet = false;
    const slow = Object.create(database, {
      nextIds: {
        value: async () => {
          if (!isSet) await set({ name: 'DeleteAgedStatusMessages', deleteOlderThanDays: 30 });
          isSet = true;
          return database.nextIds();
        },
      },
    }) as typeof database;
    await forgetWhenDue({ ...context, database: slow });
    expect(await messages()).to.deep.equal([1, 2]);
    await forget();
    expect(await messages()).to.deep.equal([2]);
  });

  it('remove old synchronizations with their changes, but the newest hundred and ten that succeeded', async () => {
    site().clock = START;
    await site().sync();
    const [run] = await readRuns(site().database, { newest: 1 });
    const state = (id: number): 'Succeeded' | 'Failed' => (id <= 12 ? 'Succeeded' : 'Failed');
    for (let id = 1; id <= 130; id += 1) {
      const EndTime = new Date(START - (id < 125 ? 10 : 5) * DAY).toISOString();
      await site().database.commit({
        ...runChange({ ...run!, Id: id, State: state(id), EndTime }),
        runChanges: { run: id, changes: [{ ciId: 1, kinds: 1 }] },
      });
    }
    await set({ name: 'DeleteAgedLogData', enabled: true, deleteOlderThanDays: 7 });
    await forget();
    const kept = await ids();
    expect(kept.slice(0, 11)).to.deep.equal([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 31]);
    expect(kept).to.have.length(110);
    expect(await site().database.runChanges(2)).to.deep.equal([]);
    expect(await site().database.runChanges(3)).to.have.length(1);
    expect(site().lines.join()).to.contain('20 synchronizations that ended before 2026-11-23');
    const from = async (days: number): Promise<readonly string[]> => {
      const startedFrom = new Date(START - days * DAY).toISOString();
      return (await site().service['run/list']({ startedFrom }, site().request())).warnings ?? [];
    };
    expect([await from(8), await from(6)].map((warnings) => warnings.length)).to.deep.equal([1, 0]);
    const since = new Date(START - 8 * DAY).toISOString();
    const report = await site().service['report/get']({ since, format: 'Text' }, site().request());
    expect(report.warnings[0]).to.match(/^Synchronizations that ended before 2026-11-23T.* were removed for their age/);
    expect(report.text).to.contain('were removed for their age');
  });
});
