import { expect } from 'chai';
import fc from 'fast-check';
import type { ScheduleToken } from '../../server/schedule/ScheduleToken.js';
import { nextOccurrence } from '../../server/schedule/nextOccurrence.js';
import { DAY, MINUTE, namedZone, systemZone, toInstant, toWall, UTC } from '../../server/schedule/zone.js';
import type { Zone } from '../../server/schedule/zone.js';
import { repetitions } from '../fixtures/repetitions.js';
import { occurrencesByMinute } from './minuteModel.js';
import { token, tokenFrom } from './tokens.js';

/** The first occurrences after an instant, as ISO texts. */
function next(
  tokens: readonly ScheduleToken[],
  after: string,
  options: { count?: number; zone?: Zone } = {},
): string[] {
  const found: string[] = [];
  for (let at: Date | undefined = new Date(after); found.length < (options.count ?? 1);) {
    at = nextOccurrence(tokens, at, options.zone ?? UTC);
    if (at === undefined) break;
    found.push(at.toISOString().slice(0, 16));
  }
  return found;
}

const berlin = namedZone('Europe/Berlin');

describe('Next occurrence', () => {
  it('of a token that does not recur comes once, and never again', () => {
    const once = token('SMS_ST_NonRecurring', '2026-11-25T02:00');
    expect(next([once], '2026-11-25T01:59:59Z', { count: 3 })).to.deep.equal(['2026-11-25T02:00']);
    expect(next([once], '2026-11-25T02:00:00Z')).to.deep.equal([]);
  });

  it('waits for a start in the future', () => {
    const daily = token('SMS_ST_RecurInterval', '2030-01-01T02:00', { DaySpan: 1 });
    expect(next([daily], '2026-11-25T00:00Z', { count: 2 })).to.deep.equal(['2030-01-01T02:00', '2030-01-02T02:00']);
  });

  it('of every second week counts from the first such weekday', () => {
    const tuesdays = token('SMS_ST_RecurWeekly', '2026-11-25T02:00', { Day: 3, ForNumberOfWeeks: 2 });
    expect(next([tuesdays], '2026-11-25T00:00Z', { count: 3 })).to.deep.equal([
      '2026-12-01T02:00',
      '2026-12-15T02:00',
      '2026-12-29T02:00',
    ]);
  });

  it('on the last day of the month and on the 31st', () => {
    const of = (MonthDay: number): string[] =>
      next([token('SMS_ST_RecurMonthlyByDate', '2028-01-15T02:00', { MonthDay })], '2028-01-15T00:00Z', { count: 4 });
    expect(of(0)).to.deep.equal(['2028-01-31T02:00', '2028-02-29T02:00', '2028-03-31T02:00', '2028-04-30T02:00']);
    expect(of(31)).to.deep.equal(['2028-01-31T02:00', '2028-03-31T02:00', '2028-05-31T02:00', '2028-07-31T02:00']);
  });

  it('on 29 February of every twelfth month waits for the leap year', () => {
    const leap = token('SMS_ST_RecurMonthlyByDate', '2028-02-29T02:00', { MonthDay: 29, ForNumberOfMonths: 12 });
    expect(next([leap], '2028-03-01T00:00Z', { count: 2 })).to.deep.equal(['2032-02-29T02:00', '2036-02-29T02:00']);
    expect(next([leap], '2096-03-01T00:00Z')).to.deep.equal(['2104-02-29T02:00']);
  });

  it('in the second and the last week, and so many days after it', () => {
    const tuesday = { Day: 3, WeekOrder: 2 };
    const days = (className: ScheduleToken['ClassName'], rest: object): string[] =>
      next([token(className, '2026-11-01T02:00', { ...tuesday, ...rest })], '2026-11-01T00:00Z', { count: 2 });
    expect(days('SMS_ST_RecurMonthlyByWeekday', {})).to.deep.equal(['2026-11-10T02:00', '2026-12-08T02:00']);
    expect(days('SMS_ST_RecurMonthlyByWeekday', { WeekOrder: 0 })).to.deep.equal([
      '2026-11-24T02:00',
      '2026-12-29T02:00',
    ]);
    expect(days('SMS_ST_RecurMonthlyByWeekdayBase', { Offset: 1 })).to.deep.equal([
      '2026-11-11T02:00',
      '2026-12-09T02:00',
    ]);
    // The last Tuesday of October plus five days is in November.
    expect(days('SMS_ST_RecurMonthlyByWeekdayBase', { WeekOrder: 0, Offset: 5 })).to.deep.equal([
      '2026-11-01T02:00',
      '2026-11-29T02:00',
    ]);
  });

  it('of every third month counts from the first', () => {
    const quarterly = token('SMS_ST_RecurMonthlyByDate', '2026-11-25T02:00', { MonthDay: 1, ForNumberOfMonths: 3 });
    expect(next([quarterly], '2026-11-25T00:00Z', { count: 3 })).to.deep.equal([
      '2026-12-01T02:00',
      '2027-03-01T02:00',
      '2027-06-01T02:00',
    ]);
  });

  it('of several tokens is the earliest, and equal ones are one', () => {
    const tokens = [2, 3].map((Day) => token('SMS_ST_RecurWeekly', '2026-11-01T22:00', { Day, ForNumberOfWeeks: 1 }));
    expect(next([...tokens, ...tokens], '2026-11-25T00:00Z', { count: 3 })).to.deep.equal([
      '2026-11-30T22:00',
      '2026-12-01T22:00',
      '2026-12-07T22:00',
    ]);
    expect(next([], '2026-11-25T00:00Z')).to.deep.equal([]);
  });

  it('of days follows the clock on the wall, of hours real time, of UTC neither', () => {
    const at = (rest: object): string[] =>
      next([token('SMS_ST_RecurInterval', '2027-03-27T02:30', { ...rest })], '2027-03-27T23:00Z', {
        count: 2,
        zone: berlin,
      });
    expect(at({ DaySpan: 1 })).to.deep.equal(['2027-03-28T01:00', '2027-03-29T00:30']);
    expect(at({ HourSpan: 12 })).to.deep.equal(['2027-03-28T01:30', '2027-03-28T13:30']);
    expect(at({ DaySpan: 1, IsGMT: true })).to.deep.equal(['2027-03-28T02:30', '2027-03-29T02:30']);
  });

  it('in the hour that comes twice is the first of the two', () => {
    const daily = token('SMS_ST_RecurInterval', '2026-10-01T02:30', { DaySpan: 1 });
    expect(next([daily], '2026-10-24T12:00Z', { count: 2, zone: berlin })).to.deep.equal([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('finds far occurrences at once', () => {
    const everyMinute = token('SMS_ST_RecurInterval', '1970-02-01T00:00', { MinuteSpan: 1 });
    expect(
      next(
        [everyMinute, token('SMS_ST_RecurWeekly', '1970-02-01T00:00', { Day: 1, ForNumberOfWeeks: 1 })],
        '2033-12-31T23:59:30Z',
      ),
    ).to.deep.equal(['2034-01-01T00:00']);
  });

  const nights: readonly (readonly [zone: string, season: string, noonBefore: number])[] = [
    ['Europe/Berlin', 'spring', Date.UTC(2027, 2, 27, 12)],
    ['Europe/Berlin', 'autumn', Date.UTC(2026, 9, 24, 12)],
    ['America/New_York', 'spring', Date.UTC(2027, 2, 13, 17)],
    ['America/New_York', 'autumn', Date.UTC(2026, 9, 31, 17)],
    ['Australia/Lord_Howe', 'spring', Date.UTC(2026, 9, 3, 2)],
    ['Australia/Lord_Howe', 'autumn', Date.UTC(2027, 3, 3, 2)],
  ];
  for (const [name, season, noon] of nights) {
    it(`agrees with the minute-by-minute model in ${name} through the night of ${season}`, () => {
      const zone = remembered(namedZone(name));
      const range = { from: noon, to: noon + 2 * DAY };
      expect(zone.offsetAt(range.from), 'the clock changes in between').to.not.equal(zone.offsetAt(range.to));
      fc.assert(
        fc.property(tokenFrom(noon - 70 * DAY, noon + 2 * DAY), (some) => {
          const expected = occurrencesByMinute(some, range, zone);
          const found: number[] = [];
          const after = new Date(range.from - MINUTE);
          for (
            let at = nextOccurrence([some], after, zone);
            at !== undefined && at.getTime() < range.to;
            at = nextOccurrence([some], at, zone)
          )
            found.push(at.getTime());
          expect(found, JSON.stringify(some)).to.deep.equal(expected);
        }),
        { numRuns: repetitions(20, 2000) },
      );
    });

    it(`agrees with the model for every half hour of that night in ${name} in ${season}`, () => {
      const zone = remembered(namedZone(name));
      const range = { from: noon, to: noon + DAY };
      for (let wall = toWall(zone, noon); wall < toWall(zone, noon) + DAY; wall += 30 * MINUTE) {
        const once = token('SMS_ST_NonRecurring', new Date(wall).toISOString().slice(0, 16));
        const at = nextOccurrence([once], new Date(noon - 1), zone)?.getTime();
        expect(occurrencesByMinute(once, range, zone), once.StartTime).to.deep.equal(
          at === undefined || at >= range.to ? [] : [at],
        );
      }
    });
  }

  it('knows the zone of the process, zones by name, and says when there is no such zone', () => {
    const now = Date.UTC(2026, 6, 1);
    expect(systemZone.offsetAt(now)).to.equal(
      namedZone(Intl.DateTimeFormat().resolvedOptions().timeZone).offsetAt(now),
    );
    expect(toInstant(namedZone('Australia/Lord_Howe'), Date.UTC(2026, 6, 1))).to.equal(Date.UTC(2026, 5, 30, 13, 30));
    expect(() => namedZone('Europe/Atlantis')).to.throw('There is no time zone Europe/Atlantis.');
  });
});

/** The model asks for every minute many times. */
function remembered(zone: Zone): Zone {
  const known = new Map<number, number>();
  return {
    name: zone.name,
    offsetAt: (instant) => {
      const quarter = Math.floor(instant / (15 * MINUTE));
      const offset = known.get(quarter) ?? zone.offsetAt(quarter * 15 * MINUTE);
      known.set(quarter, offset);
      return offset;
    },
  };
}
