import { expect } from 'chai';
import type { Run } from '../../server/contract/generated/types.js';
import { Scheduler } from '../../server/engine/scheduler.js';
import { endInterruptedRuns } from '../../server/sync/interruptedRuns.js';
import { stateChange } from '../../server/state/siteState.js';
import { nextSync, readScheduleFacts } from '../../server/state/nextRun.js';
import { encodeSchedule } from '../../server/schedule/scheduleString.js';
import { DAY, HOUR, MINUTE } from '../../server/schedule/zone.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { token } from '../schedule/tokens.js';
import { testSite } from './TestSite.js';

const dailyAtTwo = encodeSchedule([token('SMS_ST_RecurInterval', '2024-01-01T02:00', { DaySpan: 1 })]);
const DAY_ONE = Date.UTC(2024, 5, 1);

describe('A site with a schedule', () => {
  const site = testSite();
  /** What the engine's minute does, without the minute. */
  let tick: () => Promise<void>;
  let beat: Scheduler;
  beforeEach(() => {
    beat = new Scheduler({
      context: site().context,
      runner: site().runner,
      ticker: (action) => {
        tick = action;
        return () => undefined;
      },
    });
  });
  afterEach(async () => beat.stop());

  const newest = async (): Promise<Run | undefined> =>
    (await site().service['run/list']({ newest: 1 }, site().request())).runs[0];
  /** One beat at a time, and the end of the run it starts. */
  const beatAt = async (time: number): Promise<Run | undefined> => {
    site().clock = time;
    const before = (await newest())?.Id ?? 0;
    await tick();
    const run = await newest();
    return run === undefined || run.Id === before ? undefined : site().wait(run.Id);
  };

  it('runs at the time also where an old message cannot be read, and says so', async () => {
    await site().set({ schedule: dailyAtTwo });
    const maintenanceTasks = { DeleteAgedStatusMessages: { isEnabled: true, days: 30 } };
    await site().database.commit({
      settings: stateChange({ maintenanceTasks }),
      messages: [1, 2].map((id) => ({ id, messageId: 6702, time: 0, json: 'broken' })),
    });
    expect(await beatAt(DAY_ONE + 3 * HOUR)).to.include({ Requester: 'Schedule' });
    expect(site().lines.join()).to.contain('Old rows could not be removed: ');
  });

  it('shows the next run and why, stores the string, and runs at the time', async () => {
    const { component, warnings } = await site().set({ schedule: dailyAtTwo.toLowerCase() });
    expect(warnings).to.deep.equal([]);
    expect(component).to.include({ NextSyncTime: '2024-06-01T02:00:00.000Z', NextSyncReason: 'schedule' });
    expect(await beatAt(DAY_ONE + 2 * HOUR - MINUTE)).to.equal(undefined);
    expect(await beatAt(DAY_ONE + 2 * HOUR)).to.include({ Requester: 'Schedule', Succeeded: true });
    expect(site().lines).to.include.members([
      'Wakeup for scheduled regular sync',
      'Performing sync on regular schedule',
      'Next scheduled sync is a regular sync at 2024-06-02 02:00:00',
    ]);
    expect(site().lines).not.to.include('Performing sync on local request');
    expect(await beatAt(DAY_ONE + 2 * HOUR + MINUTE)).to.equal(undefined);
    expect(await site().component()).to.include({ NextSyncTime: '2024-06-02T02:00:00.000Z' });
    const { Props } = await site().service['component/get']({ component: 'SMS_WSUS_SYNC_MANAGER' }, site().request());
    expect(Props[0]).to.deep.equal({ PropertyName: 'Sync Schedule', Value: 0, Value1: dailyAtTwo, Value2: '' });
  });

  it('catches up once what was missed, and says so', async () => {
    await site().set({ schedule: dailyAtTwo });
    site().clock = DAY_ONE + 5 * DAY;
    expect((await site().component()).NextSyncReason).to.equal('missed at 2024-06-01 02:00');
    expect(await beatAt(DAY_ONE + 5 * DAY)).to.include({ Requester: 'Schedule' });
    expect(site().lines).to.include('A sync is due: missed at 2024-06-01 02:00.');
    expect(await beatAt(DAY_ONE + 5 * DAY + MINUTE)).to.equal(undefined);
  });

  it('tries a failed run again after 60 minutes, in full where it was full, and says so last', async () => {
    await site().set({ schedule: dailyAtTwo });
    expect(await site().sync()).to.include({ Succeeded: true });
    expect(await site().sync()).to.include({ Kind: 'Delta' });
    site().source.onList = async () => Promise.reject(new Error('no upstream'));
    const failed = await site().sync({ fullSync: true });
    expect(failed.State).to.equal('Failed');
    expect(site().lines.slice(-2)).to.deep.equal([
      'Next scheduled sync is a retry sync at 2024-06-01 01:00:00',
      'Sync failed. Will retry in 60 minutes',
    ]);
    expect(await site().component()).to.include({ NextSyncReason: `retry after failed run ${failed.Id}` });
    expect(await beatAt(Date.parse(failed.EndTime ?? '') + HOUR - MINUTE)).to.equal(undefined);
    site().source.onList = async () => Promise.resolve();
    expect(await beatAt(Date.parse(failed.EndTime ?? '') + HOUR)).to.include({
      Requester: 'Retry',
      Kind: 'Full',
      Succeeded: true,
    });
    expect(site().lines).to.include('Performing sync on retry schedule');
    expect(await beatAt(Date.parse(failed.EndTime ?? '') + 2 * HOUR - MINUTE)).to.equal(undefined);
  });

  it('starts nothing while a run goes on, and not again for what occurred meanwhile', async () => {
    await site().set({ schedule: dailyAtTwo });
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    site().source.onList = async () => gate;
    site().clock = DAY_ONE + 2 * HOUR - MINUTE;
    const { run } = await site().start();
    site().clock = DAY_ONE + 2 * HOUR;
    await Promise.all([tick(), tick()]);
    expect((await newest())?.Id).to.equal(run.Id);
    site().clock = DAY_ONE + 2 * HOUR + 5 * MINUTE;
    go();
    await site().wait(run.Id);
    expect(await beatAt(DAY_ONE + 2 * HOUR + 6 * MINUTE)).to.equal(undefined);
  });

  it('is switched off with an empty schedule, and does not look back when it is switched on again', async () => {
    await site().set({ schedule: dailyAtTwo });
    expect((await site().set({ schedule: '' })).component).to.include({
      NextSyncTime: null,
      NextSyncReason: 'no schedule',
    });
    expect(await beatAt(DAY_ONE + 3 * DAY)).to.equal(undefined);
    expect((await site().set({ schedule: dailyAtTwo })).component.NextSyncTime).to.equal('2024-06-04T02:00:00.000Z');
    expect(await beatAt(DAY_ONE + 3 * DAY + MINUTE)).to.equal(undefined);
  });

  it('says that nothing keeps it without a service: when it is set, in the reason and in the log', async () => {
    site().isKept = false;
    const { component, warnings } = await site().set({ schedule: dailyAtTwo });
    const reason = 'schedule; only while an engine runs, because no service is installed';
    expect(warnings.join()).to.match(/^Nothing keeps this schedule: .* Install-CMSyncService/);
    expect([component.NextSyncReason, (await site().component()).NextSyncReason]).to.deep.equal([reason, reason]);
    expect((await site().set({ waitMonth: 3 })).warnings).to.deep.equal([]);
    await site().sync();
    expect(site().lines.filter((line) => line.startsWith('Next scheduled sync'))).to.deep.equal([
      'Next scheduled sync is a regular sync at 2024-06-01 02:00:00, if an engine runs then: no service is installed',
    ]);
  });

  it('does not speak of a schedule where there is none, but of a failed run that is tried again', async () => {
    site().isKept = false;
    site().source.onList = async () => Promise.reject(new Error('no upstream'));
    await site().sync();
    const action = 'SynchronizeFromMicrosoftUpdate';
    const { component, warnings } = await site().set({ synchronizeAction: action });
    expect(component.NextSyncReason).to.match(/^retry after failed run 1; only while an engine runs, /);
    expect(warnings).to.deep.equal([]);
    const set = await site().set({ synchronizeAction: action, schedule: dailyAtTwo });
    expect(set.warnings.join()).to.match(/^Nothing keeps this schedule: /);
  });

  it('names the spread in its words', async () => {
    const words = async (change: Parameters<ReturnType<typeof site>['set']>[0]): Promise<string | undefined> =>
      (await site().set(change)).component.ScheduleDescription;
    expect(await words({ scheduleSpreadMinutes: 45 })).to.equal('');
    expect(await words({ schedule: dailyAtTwo })).to.equal('every 1 day, spread over 45 minutes');
    expect(await words({ scheduleSpreadMinutes: 0 })).to.equal('every 1 day');
  });

  it('says so too when something else that needs it is set: a source, a spread, an alert', async () => {
    site().isKept = false;
    const warned = async (change: Parameters<ReturnType<typeof site>['set']>[0]): Promise<string> =>
      (await site().set(change)).warnings.join();
    const unkept = /^Nothing keeps this schedule: .* Install-CMSyncService/;
    expect(await warned({ scheduleSpreadMinutes: 10 })).to.equal('');
    expect(await warned({ enableSyncFailureAlert: true })).to.match(
      /^Only synchronizations that a command starts can raise the alert: .* Install-CMSyncService/,
    );
    await site().set({ schedule: dailyAtTwo });
    expect(await warned({ scheduleSpreadMinutes: 20 })).to.match(unkept);
    expect(await warned({ enableSyncFailureAlert: false })).to.equal('');
    expect(await warned({ schedule: dailyAtTwo, enableSyncFailureAlert: true })).to.match(
      /^Nothing keeps this schedule, so that it cannot raise the alert: /,
    );
    const action = 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource';
    expect(await warned({ synchronizeAction: action })).not.to.contain('Nothing keeps');
    expect(await warned({ synchronizeAction: 'SynchronizeFromMicrosoftUpdate' })).to.match(unkept);
  });

  it('without a source starts nothing, and does not look back when it has one again', async () => {
    const schedule = await site().set({
      schedule: dailyAtTwo,
      synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource',
    });
    expect(schedule.component.NextSyncReason).to.equal('no synchronization source');
    expect(schedule.warnings).to.deep.equal([
      `The schedule ${dailyAtTwo} starts no synchronization: no synchronization source.`,
    ]);
    expect(await beatAt(DAY_ONE + 3 * DAY)).to.equal(undefined);
    await site().set({ synchronizeAction: 'SynchronizeFromMicrosoftUpdate' });
    expect(await beatAt(DAY_ONE + 3 * DAY + MINUTE)).to.equal(undefined);
  });

  it('warns of a schedule that lies in the past and refuses one that is none', async () => {
    const past = encodeSchedule([token('SMS_ST_NonRecurring', '2020-01-01T02:00')]);
    expect((await site().set({ schedule: past })).warnings).to.deep.equal([
      `The schedule ${past} starts no synchronization: the schedule does not occur again.`,
    ]);
    expect(await rejectionOf(site().set({ schedule: 'nonsense' }))).to.equal('ScheduleStringInvalid');
    expect((await site().component()).NextSyncReason).to.equal('the schedule does not occur again');
  });

  it('says why a start was refused, and waits for the next time', async () => {
    await site().set({ schedule: dailyAtTwo });
    site().failCommit = (changes) => changes.run !== undefined;
    expect(await beatAt(DAY_ONE + 2 * HOUR)).to.equal(undefined);
    expect(site().lines.at(-1)).to.match(/^The sync could not be started: .*the disk is full/);
    site().failCommit = () => false;
    expect(await beatAt(DAY_ONE + 2 * HOUR + MINUTE)).to.equal(undefined);
    expect(await beatAt(DAY_ONE + DAY + 2 * HOUR)).to.include({ Requester: 'Schedule' });
  });

  it('goes on with a scheduled run that was cut off when the next engine starts', async () => {
    await site().set({ schedule: dailyAtTwo });
    const done = await beatAt(DAY_ONE + 2 * HOUR);
    const running: Run = {
      ...(done as Run),
      State: 'Running',
      Succeeded: false,
      Phase: 'SynchronizingWsus',
      EndTime: null,
    };
    await site().database.commit({ run: { id: running.Id, state: 'Running', json: JSON.stringify(running) } });
    await endInterruptedRuns(site().context);
    expect(site().lines.at(-1)).to.equal('Sync failed. Will retry when the engine starts again');
    expect(nextSync(await readScheduleFacts(site().context, false)).reason).to.equal(
      `retry after failed run ${running.Id}`,
    );
    expect(await beatAt(DAY_ONE + 2 * HOUR + 2 * MINUTE)).to.include({ Requester: 'Retry', Succeeded: true });
  });
});
