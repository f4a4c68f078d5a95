import { expect } from 'chai';
import { DAY, HOUR, MINUTE, namedZone, UTC } from '../../server/schedule/zone.js';
import { type ScheduleFacts, type LastRun, nextRun, nextSync } from '../../server/state/nextRun.js';
import { token } from '../schedule/tokens.js';

const daily = token('SMS_ST_RecurInterval', '2026-01-01T02:00', { DaySpan: 1 });
const at = (text: string): number => Date.parse(`${text}Z`);
const facts = (change: Partial<ScheduleFacts> = {}): ScheduleFacts => ({
  now: at('2026-11-25T01:59:00'),
  tokens: [daily],
  zone: UTC,
  hasSource: true,
  isRunning: false,
  scheduledSince: at('2026-11-24T12:00'),
  refusedAt: 0,
  lastRun: undefined,
  interruptions: 0,
  ...change,
});
const ended = (start: string, end: string, change: Partial<LastRun> = {}): LastRun => ({
  Id: 7,
  State: 'Succeeded',
  Requester: 'Schedule',
  Kind: 'Delta',
  ErrorId: '',
  StartTime: new Date(at(start)).toISOString(),
  EndTime: new Date(at(end)).toISOString(),
  ...change,
});
const failed = (change: Partial<LastRun> = {}): LastRun =>
  ended('2026-11-25T02:00:00.010', '2026-11-25T02:05', { State: 'Failed', ErrorId: 'UpstreamTimeout', ...change });

/** Plays ticks at every full minute; each run that starts takes `minutes` and ends as `state` says. */
function play(
  range: { from: number; to: number },
  start: ScheduleFacts,
  run: { minutes: number; state?: LastRun['State'] },
): string[] {
  const started: string[] = [];
  let { lastRun } = start;
  for (let now = range.from; now < range.to; now += MINUTE) {
    const isRunning = lastRun !== undefined && Date.parse(lastRun.EndTime ?? '') > now;
    const plan = nextRun({ ...start, now, isRunning, lastRun });
    if (plan === undefined) continue;
    started.push(`${new Date(now).toISOString().slice(0, 16)} ${plan.requester}`);
    const end = new Date(now + run.minutes * MINUTE).toISOString();
    lastRun = {
      Id: started.length,
      State: run.state ?? 'Succeeded',
      Requester: plan.requester,
      Kind: 'Delta',
      ErrorId: run.state === 'Failed' ? 'UpstreamTimeout' : '',
      StartTime: new Date(now).toISOString(),
      EndTime: end,
    };
  }
  return started;
}

describe('The tick of the schedule', () => {
  it('starts at the occurrence, not before, and once', () => {
    expect(nextRun(facts())).to.equal(undefined);
    expect(nextRun(facts({ now: at('2026-11-25T02:00') }))).to.deep.equal({
      requester: 'Schedule',
      time: at('2026-11-25T02:00'),
      reason: 'schedule',
    });
    expect(
      nextRun(facts({ now: at('2026-11-25T02:30'), lastRun: ended('2026-11-25T02:00:00.010', '2026-11-25T02:00:05') })),
    ).to.equal(undefined);
  });

  it('never overlaps: an occurrence while a run goes on is done by that run', () => {
    expect(nextRun(facts({ now: at('2026-11-25T02:00'), isRunning: true }))).to.equal(undefined);
    const command = ended('2026-11-25T01:50', '2026-11-25T02:10', { Requester: 'Command' });
    expect(nextRun(facts({ now: at('2026-11-25T02:11'), lastRun: command }))).to.equal(undefined);
    expect(nextSync(facts({ now: at('2026-11-25T01:55'), isRunning: true }))).to.include({
      time: at('2026-11-25T02:00'),
      reason: 'schedule',
    });
  });

  it('catches up what was missed, once', () => {
    const week = facts({
      now: at('2026-12-02T09:17'),
      lastRun: ended('2026-11-25T02:00:00.010', '2026-11-25T02:00:05'),
    });
    expect(nextRun(week)).to.deep.equal({
      requester: 'Schedule',
      time: at('2026-11-26T02:00'),
      reason: 'missed at 2026-11-26 02:00',
    });
    expect(play({ from: week.now, to: at('2026-12-03T02:01') }, week, { minutes: 3 })).to.deep.equal([
      '2026-12-02T09:17 Schedule',
      '2026-12-03T02:00 Schedule',
    ]);
  });

  it('does not look behind the moment the schedule was set', () => {
    expect(nextRun(facts({ now: at('2026-11-25T09:00'), scheduledSince: at('2026-11-25T08:59') }))).to.equal(undefined);
  });

  it('tries again 60 minutes after a failure, endlessly, while the schedule goes on', () => {
    const all = play({ from: at('2026-11-25T01:30'), to: at('2026-11-26T02:30') }, facts(), {
      minutes: 5,
      state: 'Failed',
    });
    expect(all.slice(0, 4)).to.deep.equal([
      '2026-11-25T02:00 Schedule',
      '2026-11-25T03:05 Retry',
      '2026-11-25T04:10 Retry',
      '2026-11-25T05:15 Retry',
    ]);
    expect(all.filter((text) => text.endsWith('Schedule'))).to.deep.equal([
      '2026-11-25T02:00 Schedule',
      '2026-11-26T02:00 Schedule',
    ]);
    expect(nextSync(facts({ now: at('2026-11-25T02:06'), lastRun: failed() }))).to.deep.equal({
      requester: 'Retry',
      time: at('2026-11-25T03:05'),
      reason: 'retry after failed run 7',
    });
  });

  it('tries again without a schedule too, never after a success or a cancellation', () => {
    expect(
      nextRun(facts({ tokens: [], now: at('2026-11-25T03:05'), lastRun: failed({ Requester: 'Command' }) })),
    ).to.include({ requester: 'Retry' });
    for (const State of ['Succeeded', 'Cancelled'] as const)
      expect(nextRun(facts({ tokens: [], now: at('2026-11-25T09:00'), lastRun: failed({ State }) }))).to.equal(
        undefined,
      );
  });

  it('goes on at once with what an engine that ended had begun by itself, later with a command', () => {
    const cut = failed({ ErrorId: 'EngineStopped' });
    expect(nextRun(facts({ now: at('2026-11-25T02:06'), lastRun: cut }))).to.include({ requester: 'Retry' });
    expect(nextRun(facts({ now: at('2026-11-25T02:06'), lastRun: { ...cut, Requester: 'Command' } }))).to.equal(
      undefined,
    );
    const inARow = facts({ tokens: [], now: at('2026-11-25T02:06'), lastRun: cut, interruptions: 3 });
    expect([nextRun({ ...inARow, interruptions: 2 })?.requester, nextRun(inARow)]).to.deep.equal(['Retry', undefined]);
    expect(nextRun({ ...inARow, now: at('2026-11-25T03:05') })).to.include({ requester: 'Retry' });
    // It was ended by the next engine, after what was missed in between.
    const late = ended('2026-11-24T18:00', '2026-11-25T09:00', {
      State: 'Failed',
      ErrorId: 'EngineStopped',
      Requester: 'Command',
    });
    expect(nextRun(facts({ now: at('2026-11-25T09:01'), lastRun: late }))).to.include({
      requester: 'Schedule',
      reason: 'missed at 2026-11-25 02:00',
    });
  });

  it('goes on at once with what the parent site had asked for, and else waits for the parent', () => {
    const below = { tokens: [], parent: 'CS1', now: at('2026-11-25T02:06') };
    expect(nextRun(facts({ ...below, lastRun: failed({ ErrorId: 'EngineStopped', Requester: 'Parent' }) }))).to.include(
      { requester: 'Retry' },
    );
    expect(nextSync(facts({ ...below, lastRun: failed({ Requester: 'Parent' }) }))).to.include({
      requester: 'Retry',
      time: at('2026-11-25T03:05'),
    });
    expect(nextSync(facts(below))).to.include({ time: undefined, reason: 'on request of the parent site CS1' });
  });

  it('waits for the next time after a start that was refused', () => {
    const refusedAt = at('2026-11-25T02:00:00.500');
    expect(nextRun(facts({ now: at('2026-11-25T02:01'), refusedAt }))).to.equal(undefined);
    const cut = failed({ ErrorId: 'EngineStopped' });
    expect(
      nextSync(facts({ now: at('2026-11-25T03:06'), refusedAt: at('2026-11-25T03:05'), lastRun: failed() })),
    ).to.include({ requester: 'Retry', time: at('2026-11-25T04:05') });
    expect(nextRun(facts({ now: at('2026-11-25T02:08'), refusedAt: at('2026-11-25T02:07'), lastRun: cut }))).to.equal(
      undefined,
    );
  });

  it('says why none comes', () => {
    expect(nextSync(facts({ hasSource: false }))).to.include({ time: undefined, reason: 'no synchronization source' });
    expect(nextSync(facts({ tokens: [] }))).to.include({ time: undefined, reason: 'no schedule' });
    expect(nextSync(facts({ tokens: [token('SMS_ST_NonRecurring', '2026-11-24T02:00')] }))).to.include({
      time: undefined,
      reason: 'the schedule does not occur again',
    });
  });

  it('is not silenced by a clock that was far ahead for a while', () => {
    const future = ended('2036-01-01T02:00', '2036-01-01T02:01');
    expect(
      nextRun(facts({ now: at('2026-11-25T02:00'), lastRun: future, scheduledSince: at('2036-01-01T00:00') })),
    ).to.include({ requester: 'Schedule' });
    expect(nextRun(facts({ tokens: [], lastRun: { ...future, State: 'Failed' } }))).to.include({ requester: 'Retry' });
  });

  const nights: readonly (readonly [
    zone: string,
    season: string,
    wall: string,
    noon: number,
    expected: readonly string[],
  ])[] = [
    ['Europe/Berlin', 'spring', '02:30', at('2027-03-27T11:00'), ['2027-03-28T01:00', '2027-03-29T00:30']],
    ['Europe/Berlin', 'autumn', '02:30', at('2026-10-24T10:00'), ['2026-10-25T00:30', '2026-10-26T01:30']],
    ['America/New_York', 'spring', '02:30', at('2027-03-13T17:00'), ['2027-03-14T07:00', '2027-03-15T06:30']],
    ['America/New_York', 'autumn', '01:30', at('2026-10-31T16:00'), ['2026-11-01T05:30', '2026-11-02T06:30']],
    ['Australia/Lord_Howe', 'spring', '02:15', at('2026-10-03T02:00'), ['2026-10-03T15:30', '2026-10-04T15:15']],
    ['Australia/Lord_Howe', 'autumn', '01:45', at('2027-04-03T01:00'), ['2027-04-03T14:45', '2027-04-04T15:15']],
  ];
  for (const [name, season, wall, noon, expected] of nights) {
    it(`starts once in the night the clock changes in ${season} in ${name}, and once in the next`, () => {
      const tokens = [token('SMS_ST_RecurInterval', `2026-01-01T${wall}`, { DaySpan: 1 })];
      const started = play(
        { from: noon, to: noon + 2 * DAY - HOUR },
        facts({ tokens, zone: namedZone(name), scheduledSince: noon }),
        { minutes: 2 },
      );
      expect(started).to.deep.equal(expected.map((time) => `${time} Schedule`));
    });
  }
});
