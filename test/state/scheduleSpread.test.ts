import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { describeSchedule, spreadOf } from '../../server/schedule/spread.js';
import { MINUTE, UTC } from '../../server/schedule/zone.js';
import { type ComponentSettings, defaultSettings } from '../../server/state/ComponentSettings.js';
import { type ScheduleFacts, type LastRun, nextRun, nextSync, newCountSince } from '../../server/state/nextRun.js';
import { token } from '../schedule/tokens.js';

const daily = token('SMS_ST_RecurInterval', '2026-01-01T02:00', { DaySpan: 1 });
const at = (text: string): number => Date.parse(`${text}Z`);
const facts = (change: Partial<ScheduleFacts> = {}): ScheduleFacts => ({
  now: at('2026-11-25T01:59:00'),
  tokens: [daily],
  spread: { minutes: 30, own: 17 },
  zone: UTC,
  hasSource: true,
  isRunning: false,
  scheduledSince: at('2026-11-24T12:00'),
  refusedAt: 0,
  lastRun: undefined,
  interruptions: 0,
  ...change,
});
const ran = (start: string, end: string): LastRun => ({
  Id: 7,
  State: 'Succeeded',
  Requester: 'Command',
  Kind: 'Delta',
  ErrorId: '',
  StartTime: `${start}:00.000Z`,
  EndTime: `${end}:00.000Z`,
});
const nextOf = (change: Partial<ScheduleFacts>): string =>
  new Date(nextSync(facts(change)).time ?? 0).toISOString().slice(0, 16);

describe('the scheduled starts of many sites are spread', () => {
  it('each site waits its own minutes after every occurrence, and says so', () => {
    expect(nextSync(facts())).to.deep.equal({
      requester: 'Schedule',
      time: at('2026-11-25T02:17:00'),
      reason: 'schedule: every 1 day at 02:00, spread over 30 minutes: 17 minutes later here',
    });
    const started: string[] = [];
    let lastRun: LastRun | undefined;
    for (let now = at('2026-11-25T00:00'); now < at('2026-11-28T00:00'); now += MINUTE) {
      if (nextRun(facts({ now, lastRun })) === undefined) continue;
      const time = new Date(now).toISOString().slice(0, 16);
      started.push(time);
      lastRun = ran(time, time);
    }
    expect(started).to.deep.equal(['2026-11-25T02:17', '2026-11-26T02:17', '2026-11-27T02:17']);
  });

  it('a synchronization before its minute does not count for it, one that reaches it does', () => {
    const now = at('2026-11-25T02:20');
    expect(nextOf({ now, lastRun: ran('2026-11-25T02:01', '2026-11-25T02:10') })).to.equal('2026-11-25T02:17');
    expect(nextOf({ now, lastRun: ran('2026-11-25T02:10', '2026-11-25T02:18') })).to.equal('2026-11-26T02:17');
    expect(nextOf({ now, isRunning: true })).to.equal('2026-11-26T02:17');
    expect(nextOf({ now: at('2026-11-25T02:10'), isRunning: true })).to.equal('2026-11-25T02:17');
  });

  it('what occurred before the schedule or its spread was set is not waited for', () => {
    expect(nextOf({ now: at('2026-11-25T02:06'), scheduledSince: at('2026-11-25T02:05') })).to.equal(
      '2026-11-26T02:17',
    );
  });

  it('another spread moves what is waited for, and begins nothing a second time', () => {
    const settings = (scheduleSpreadMinutes: number): ComponentSettings => ({
      ...defaultSettings('a.test'),
      scheduleSpreadMinutes,
    });
    const after = (change: Partial<ScheduleFacts>, own: number): string => {
      const scheduledSince = Number(newCountSince(settings(30), settings(60), facts(change)));
      return nextOf({ ...change, scheduledSince, spread: { minutes: 60, own } });
    };
    const now = at('2026-11-25T02:10');
    expect(after({ now }, 45), 'still waiting').to.equal('2026-11-25T02:45');
    expect(after({ now }, 5), 'due at once').to.equal('2026-11-25T02:05');
    const done = { now: at('2026-11-25T02:20'), lastRun: ran('2026-11-25T02:17', '2026-11-25T02:18') };
    expect(after(done, 45), 'done already').to.equal('2026-11-26T02:45');
    expect(after({ ...done, isRunning: true }, 45), 'under way').to.equal('2026-11-26T02:45');
    expect(after({ now, isRunning: true }, 45), 'a run of before its minute').to.equal('2026-11-25T02:45');
  });

  it('what was missed is missed at its own minute', () => {
    expect(nextSync(facts({ now: at('2026-11-25T05:00') })).reason).to.equal('missed at 2026-11-25 02:17');
    expect(nextSync(facts({ spread: { minutes: 0, own: 0 } })).reason).to.equal('schedule');
  });

  it('sites are dealt evenly over the minutes, each always the same', () => {
    const guids = Array.from({ length: 3000 }, (_, index) => createHash('md5').update(`${index}`).digest('hex'));
    const counts = new Map<number, number>();
    for (const guid of guids) {
      const { own } = spreadOf(30, guid);
      counts.set(own, (counts.get(own) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 30 }, (_, minute) => minute));
    expect(Math.min(...counts.values())).to.be.greaterThan(60);
    expect(spreadOf(30, 'ABC')).to.deep.equal(spreadOf(30, 'abc'));
    expect(spreadOf(0, 'abc')).to.deep.equal({ minutes: 0, own: 0 });
  });

  it('a schedule reads in words', () => {
    const tuesday = token('SMS_ST_RecurWeekly', '2026-01-01T02:00', { Day: 3, ForNumberOfWeeks: 1 });
    const often = { ...token('SMS_ST_RecurInterval', '2026-01-01T00:30', { HourSpan: 6 }), IsGMT: true };
    expect(describeSchedule([tuesday, often], { minutes: 30, own: 0 })).to.equal(
      'Tuesday of every week at 02:00, every 6 hours from 00:30 UTC, spread over 30 minutes: at once here',
    );
  });
});
