import { expect } from 'chai';
import type { Run } from '../../server/contract/generated/types.js';
import type { AlertEvent } from '../../server/criteria/AlertEvent.js';
import { type AllSaid, type ConditionAlerts, NO_ALERTS } from '../../server/criteria/alertRules.js';
import { conditionId } from '../../server/criteria/alertNumbers.js';
import type { AlertFacts } from '../../server/monitor/AlertFacts.js';
import { alertReadings } from '../../server/monitor/alertReadings.js';
import { alertsAfter } from '../../server/monitor/alertsAfter.js';
import { DAY, HOUR, MINUTE } from '../../server/schedule/zone.js';
import { a, b, child, facts, FAILED, LOST, NOW, row, SILENT, since } from './healthParts.js';

const none = { New: 0, Revised: 0, Expired: 0, Superseded: 0, Removed: 0, Skipped: 0, Failed: 0 };
const run = (Id: number, over: Partial<Run> = {}): Run =>
  ({
    Id,
    State: 'Succeeded',
    Reason: 'only changes were needed',
    ErrorId: '',
    ErrorMessage: '',
    Counts: none,
    ...over,
  }) as Run;
const failed = (Id: number, ErrorId = 'UpstreamTimeout'): Run =>
  run(Id, { State: 'Failed', ErrorId, ErrorMessage: 'The server did not answer.' });

const seen = (over: Partial<AlertFacts>): AlertFacts => ({
  ...facts({}),
  ended: [run(1)],
  updates: 100,
  critical: undefined,
  vanished: [],
  freeBytes: 5e9,
  folder: '/sites/CS1',
  certificates: [],
  ...over,
});

/** One look after another over the same alerts. */
class Looks {
  stored: ConditionAlerts = NO_ALERTS;
  said: AllSaid = {};
  look(over: Partial<AlertFacts>): readonly AlertEvent[] {
    const now = over.now ?? NOW;
    const { stored, events } = alertsAfter(alertReadings(seen({ ...over, now })), this.stored, {
      siteCode: 'CS1',
      said: this.said,
      now,
    });
    this.stored = stored;
    return events;
  }
  told(over: Partial<AlertFacts>): string[] {
    return this.look(over).map(({ state, kind }) => `${state} ${kind}`);
  }
}

const REACHED = [
  { version: 6, time: NOW - 2 * DAY },
  { version: 7, time: NOW - DAY },
];
/** What is bad, when it is told, and what ends it. */
const CONDITIONS: readonly (readonly [kind: string, bad: Partial<AlertFacts>, good: Partial<AlertFacts>])[] = [
  ['NoSuccess', { rows: [row(a, since(3 * DAY))], failingSince: NOW - 25 * HOUR }, {}],
  ['RepeatedFailure', { ended: [failed(4), failed(3), failed(2), run(1)] }, { ended: [run(5), failed(4)] }],
  ['PointOutOfStep', { rows: [row(a), row(b, { SyncCatalogVersion: 6 })], reached: REACHED }, {}],
  ['PointSilent', { rows: [row(a), row(b, SILENT)] }, { rows: [row(a), row(b)] }],
  ['PointSilent', child({ lost: LOST }), child()],
  ['PointRevoked', child({ revoked: 'it is not needed' }), child()],
  ['CategoryVanished', { vanished: [{ id: 'x', name: 'Windows 11' }] }, {}],
  ['SourceShrank', { ended: [run(2, { Counts: { ...none, Expired: 20 } as Run['Counts'] })] }, { ended: [run(3)] }],
  ['SourceGrew', { ended: [run(2, { Counts: { ...none, New: 40 } as Run['Counts'] })] }, { ended: [run(3)] }],
  ['DiskNearlyFull', { freeBytes: 1e9 }, { freeBytes: 2e9 }],
  ['DamageFound', { damage: ['Segment 3 is missing.'] }, {}],
  ['CertificateEnds', { certificates: [{ name: 'the port', notAfter: NOW + 13 * DAY }] }, {}],
  ['CriticalUpdates', { critical: { count: 2, titles: ['one', 'two'] } }, { critical: { count: 0, titles: [] } }],
];

describe('The conditions of alerts', () => {
  for (const [kind, bad, good] of CONDITIONS)
    it(`${kind} is raised once, and over once`, () => {
      const site = new Looks();
      expect(site.told(good)).to.deep.equal([]);
      expect(site.told(bad)).to.deep.equal([`Raised ${kind}`]);
      expect(site.told({ ...bad, now: NOW + MINUTE })).to.deep.equal([]);
      expect(site.told({ ...good, now: NOW + 2 * MINUTE })).to.deep.equal([`Resolved ${kind}`]);
      expect(site.told({ ...good, now: NOW + 3 * MINUTE })).to.deep.equal([]);
    });

  it('say what was seen and what to do', () => {
    const [event] = new Looks().look({ freeBytes: 1e9 });
    expect(event).to.deep.equal({
      alertId: conditionId('CS1', 'DiskNearlyFull'),
      kind: 'DiskNearlyFull',
      siteCode: 'CS1',
      severity: 1,
      name: 'Disk nearly full: site CS1',
      cause: 'The disk of /sites/CS1 has 953 MB left.',
      nextStep: 'Free some space there: a synchronization that cannot write fails.',
      at: NOW,
      state: 'Raised',
    });
  });

  it('wait as long as their limit says, from when they were first seen', () => {
    const site = new Looks();
    const unkept = { keeper: 'None' } as const;
    expect(site.told(unkept)).to.deep.equal([]);
    expect(site.told({ ...unkept, now: NOW + 59 * MINUTE })).to.deep.equal([]);
    expect(site.told({ ...unkept, now: NOW + HOUR })).to.deep.equal(['Raised ScheduleUnkept']);
    const calm = new Looks();
    calm.look(unkept);
    calm.look({ now: NOW + 30 * MINUTE });
    expect(calm.told({ ...unkept, now: NOW + HOUR }), 'begins again').to.deep.equal([]);
    expect(calm.told({ ...unkept, now: NOW - DAY }), 'a clock that was put back').to.deep.equal([]);
    expect(calm.told({ ...unkept, now: NOW - DAY + HOUR })).to.deep.equal(['Raised ScheduleUnkept']);
  });

  it('count from the failure, not from the last success before it', () => {
    const site = new Looks();
    const failing = { rows: [row(a), row(b, { ...FAILED, ...since(7 * DAY) })] };
    expect(site.told(failing)).to.deep.equal([]);
    expect(site.told({ ...failing, now: NOW + 61 * MINUTE })).to.deep.equal(['Raised PointOutOfStep']);
  });

  it('are not over because nobody knows any more', () => {
    const site = new Looks();
    const behind = { rows: [row(a), row(b, { SyncCatalogVersion: 6 })], reached: REACHED };
    expect(site.told({ ...behind, freeBytes: 1e9 })).to.deep.equal(['Raised PointOutOfStep', 'Raised DiskNearlyFull']);
    const silent = { rows: [row(a), row(b, { ...SILENT, SyncCatalogVersion: 6 })], freeBytes: undefined };
    expect(site.told(silent)).to.deep.equal(['Raised PointSilent']);
    expect(site.told({})).to.deep.equal(['Resolved PointOutOfStep', 'Resolved DiskNearlyFull', 'Resolved PointSilent']);
    expect(new Looks().told({ freeBytes: undefined })).to.deep.equal([]);
  });

  it('do not flap where a figure hovers at the limit', () => {
    const site = new Looks();
    const megabytes = (count: number): string[] => site.told({ freeBytes: count * 1_048_576 });
    expect(megabytes(1023)).to.deep.equal(['Raised DiskNearlyFull']);
    for (const count of [1025, 1023, 1100]) expect(megabytes(count), String(count)).to.deep.equal([]);
    expect(megabytes(1130)).to.deep.equal(['Resolved DiskNearlyFull']);
  });

  it('take the limit and the severity that somebody set, for one server or for all', () => {
    const site = new Looks();
    site.said = { [conditionId('CS1', 'PointSilent')]: { limit: 600, severity: 3, modified: NOW } };
    const silent = { rows: [row(a), row(b, SILENT)] };
    expect(site.told(silent)).to.deep.equal([]);
    const [one] = site.stored.alerts;
    site.said = { ...site.said, [one?.id ?? 0]: { limit: 60, name: 'Ours', modified: NOW } };
    expect(site.look(silent)[0]).to.include({ name: 'Ours', severity: 3, state: 'Raised' });
  });

  it('tell nothing while they are suspended, and once more when that has ended', () => {
    const site = new Looks();
    const full = { freeBytes: 1e9 };
    const suspend = (skipUntil: number): void => {
      site.said = { [conditionId('CS1', 'DiskNearlyFull')]: { skipUntil, modified: NOW } };
    };
    suspend(NOW + HOUR);
    expect(site.told(full)).to.deep.equal([]);
    expect(site.told({ ...full, now: NOW + HOUR })).to.deep.equal(['Raised DiskNearlyFull']);
    suspend(NOW + 3 * HOUR);
    expect(site.told({ ...full, now: NOW + 2 * HOUR })).to.deep.equal([]);
    expect(site.told({ ...full, now: NOW + 3 * HOUR }), 'told once more').to.deep.equal(['Raised DiskNearlyFull']);
    expect(site.told({ ...full, now: NOW + 4 * HOUR })).to.deep.equal([]);
    suspend(NOW + 6 * HOUR);
    expect(site.told({ now: NOW + 5 * HOUR }), 'good news pass').to.deep.equal(['Resolved DiskNearlyFull']);
  });

  it('are over when they are disabled, and raised again when they are enabled', () => {
    const site = new Looks();
    const full = { freeBytes: 1e9 };
    site.look(full);
    site.said = { [conditionId('CS1', 'DiskNearlyFull')]: { isEnabled: false, modified: NOW } };
    expect(site.told(full)).to.deep.equal(['Resolved DiskNearlyFull']);
    expect(site.told(full)).to.deep.equal([]);
    site.said = {};
    expect(site.told(full)).to.deep.equal(['Raised DiskNearlyFull']);
    expect(site.stored.alerts[0]).to.include({ occurrences: 2 });
  });

  it('tell each synchronization that brings critical updates', () => {
    const site = new Looks();
    const brings = (id: number, count: number): string[] =>
      site.told({ ended: [run(id)], critical: { count, titles: ['one'] } });
    expect([brings(2, 1), brings(2, 1), brings(3, 1), brings(4, 0)]).to.deep.equal([
      ['Raised CriticalUpdates'],
      [],
      ['Raised CriticalUpdates'],
      ['Resolved CriticalUpdates'],
    ]);
  });

  it('say nothing of what somebody chose, of other failures, of an hour without success', () => {
    const site = new Looks();
    const Counts = { ...none, New: 90 } as Run['Counts'];
    for (const Reason of ['the subscription changed', 'this is the first synchronization'])
      expect(site.told({ ended: [run(2, { Reason, Counts })] }), Reason).to.deep.equal([]);
    expect(site.told({ ended: [failed(4), failed(3, 'UpstreamFault'), failed(2)] })).to.deep.equal([]);
    expect(site.told({ failingSince: NOW - HOUR })).to.deep.equal([]);
    expect(site.told({ ended: [failed(4), run(3, { State: 'Cancelled' }), failed(2)] })).to.deep.equal([]);
  });

  it('are forgotten a month after they were over, those of single servers first of all', () => {
    const site = new Looks();
    site.look({ rows: [row(a), row(b, SILENT)] });
    site.look({ now: NOW + MINUTE });
    expect(site.stored.alerts).to.have.length(1);
    site.look({
      now: NOW + 32 * DAY,
      rows: [row(a, { LastSuccessfulSyncTime: new Date(NOW + 32 * DAY).toISOString() })],
    });
    expect(site.stored).to.deep.equal({ form: 1, made: 1, alerts: [] });
  });
});
