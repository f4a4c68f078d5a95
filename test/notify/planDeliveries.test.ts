import { expect } from 'chai';
import { MOST_ATTEMPTS, nextAttempt, planDeliveries } from '../../server/notify/planDeliveries.js';
import { isQuietAt, isQuietHours } from '../../server/notify/quietHours.js';
import { DAY, HOUR, MINUTE, UTC } from '../../server/schedule/zone.js';
import type { WaitingDeliveries } from '../../server/store/Deliveries.js';

const NOW = Date.UTC(2026, 10, 30, 12);

function waiting(receiver: string, more: Partial<WaitingDeliveries> = {}): WaitingDeliveries {
  return { receiver, batch: 0, count: 1, first: 1, last: 1, attempts: 0, due: 0, error: '', isRefused: false, ...more };
}

describe('Which alerts are delivered now', () => {
  const plan = (all: readonly WaitingDeliveries[], last = 0, quiet = false): string[] =>
    planDeliveries({
      now: NOW,
      waiting: all,
      lastDelivered: () => last,
      digestMs: 5 * MINUTE,
      isQuiet: () => quiet,
    }).map(({ receiver, batch }) => `${receiver} ${batch}`);

  it('the first at once, the next after five minutes in one message', () => {
    expect(plan([waiting('a')])).to.deep.equal(['a 0']);
    expect(plan([waiting('a')], NOW - 4 * MINUTE)).to.deep.equal([]);
    expect(plan([waiting('a')], NOW - 5 * MINUTE)).to.deep.equal(['a 0']);
  });

  it('what failed before what came later, when its wait is over', () => {
    const failed = waiting('a', { batch: 3, attempts: 2, due: NOW + MINUTE });
    expect(plan([waiting('a'), failed])).to.deep.equal([]);
    expect(plan([waiting('a'), { ...failed, due: NOW }, waiting('b')])).to.deep.equal(['a 3', 'b 0']);
    expect(plan([waiting('a', { batch: 9 }), waiting('a', { batch: 4 })])).to.deep.equal(['a 4']);
  });

  it('what came later beside a message that its receiver refused, not oftener than one that was delivered', () => {
    const refused = waiting('a', { batch: 3, attempts: 6, due: NOW + 24 * MINUTE, isRefused: true });
    expect(plan([refused, waiting('a')])).to.deep.equal(['a 0']);
    expect(plan([{ ...refused, due: NOW }, waiting('a')])).to.deep.equal(['a 0', 'a 3']);
    expect(plan([{ ...refused, attempts: 2, due: NOW + MINUTE }, waiting('a')])).to.deep.equal([]);
    expect(plan([refused, waiting('a', { batch: 4, due: NOW + MINUTE }), waiting('a')])).to.deep.equal([]);
  });

  it('nothing in quiet hours', () => {
    expect(plan([waiting('a'), waiting('b', { batch: 1 })], 0, true)).to.deep.equal([]);
  });

  it('also after the clock was set back by years', () => {
    expect(plan([waiting('a', { batch: 1, due: NOW + 400 * DAY })])).to.deep.equal(['a 1']);
    expect(plan([waiting('a')], NOW + 400 * DAY)).to.deep.equal(['a 0']);
  });

  it('again with longer and longer waits, for two days', () => {
    let [attempts, now] = [0, NOW];
    for (let due: number | undefined = NOW; due !== undefined; due = nextAttempt(attempts, now)) {
      now = due;
      attempts += 1;
    }
    expect(attempts).to.equal(MOST_ATTEMPTS);
    expect((now - NOW) / HOUR).to.be.within(47, 49);
    expect(nextAttempt(1, NOW)).to.equal(NOW + MINUTE);
  });
});

describe('Quiet hours', () => {
  const at = (text: string): number => Date.parse(`2026-11-30T${text}:00Z`);

  it('are from a time until another one, also over midnight', () => {
    const quiet = ['21:59', '22:00', '23:59', '00:00', '05:59', '06:00'].map((time) =>
      isQuietAt('22:00-06:00', at(time), UTC),
    );
    expect(quiet).to.deep.equal([false, true, true, true, true, false]);
    expect(isQuietAt('09:00-17:30', at('17:29'), UTC)).to.equal(true);
    expect(isQuietAt('09:00-17:30', at('17:30'), UTC)).to.equal(false);
    expect(isQuietAt('', at('12:00'), UTC)).to.equal(false);
  });

  it('are in the time of the site', () => {
    const zone = { name: 'east', offsetAt: () => 9 * HOUR };
    expect(isQuietAt('22:00-06:00', at('13:30'), zone)).to.equal(true);
    expect(isQuietAt('22:00-06:00', at('22:30'), zone)).to.equal(false);
  });

  it('have one form', () => {
    const texts = ['22:00-06:00', '24:00-06:00', '22:00-22:00', '9:00-17:00', '22:00-06:00\n', ''];
    expect(texts.map(isQuietHours)).to.deep.equal([true, false, false, false, false, false]);
  });
});
