import { expect } from 'chai';
import { ByteBudget, type Holder } from '../../server/downstream/port/ByteBudget.js';
import { FairQueue } from '../../server/platform/FairQueue.js';
import { Places, type Visitor } from '../../server/downstream/port/Places.js';
import { WorkTurns } from '../../server/downstream/port/WorkTurns.js';
import { beforeHead, headEnd } from '../../server/downstream/port/headEnd.js';
import { nextTurn } from '../../server/platform/inTurns.js';
import { TestClock } from '../fixtures/TestClock.js';

describe('how a port is shared', () => {
  it('everybody in turn gets one, however many wait for one address', () => {
    const queue = new FairQueue<string>();
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1']) queue.push(item.charAt(0), item);
    queue.remove('a', 'a2');
    const taken = Array.from({ length: 5 }, () => queue.shift());
    expect(taken).to.deep.equal(['a1', 'b1', 'c1', 'a3', undefined]);
    expect(queue.size).to.equal(0);
  });

  it('one piece of long work is done in a turn of the event loop, of each address in turn', async () => {
    const turns = new WorkTurns(() => 0);
    const done: string[] = [];
    const work = async (name: string): Promise<void> =>
      turns.take('long', name.charAt(0)).then(() => void done.push(name));
    await Promise.all(['a1', 'a2', 'a3', 'b1'].map(work));
    expect(done).to.deep.equal(['a1', 'b1', 'a2', 'a3']);
  });

  it('who comes while others do is let in before work goes on, for 10 ms at most', async () => {
    let now = 0;
    const turns = new WorkTurns(() => now);
    const done: string[] = [];
    const work = async (name: string): Promise<void> => turns.take('long', name).then(() => void done.push(name));
    await work('a');
    const waiting = work('b');
    for (now = 1; now < 10; now += 1) {
      turns.newcomer();
      await nextTurn();
    }
    expect(done).to.deep.equal(['a']);
    turns.newcomer();
    await waiting;
    const last = work('c');
    await last;
    expect([done, now]).to.deep.equal([['a', 'b', 'c'], 10]);
  });

  describe('memory', () => {
    let clock: TestClock;
    let budget: ByteBudget;
    let cut: string[];
    beforeEach(() => {
      clock = new TestClock();
      budget = new ByteBudget({ total: 100, share: 60, waitMs: 5000, stalledMs: 10_000, clock });
      cut = [];
    });

    /** Who keeps us waiting since then, if he does; what he holds is free when he is cut off. */
    const leaseOf = (name: string, since?: number): ReturnType<ByteBudget['lease']> => {
      const holder: Holder = {
        key: name.charAt(0),
        waitingSince: () => since,
        cut: () => {
          cut.push(name);
          budget.release(lease);
        },
      };
      const lease = budget.lease(holder);
      return lease;
    };

    it('there is a share for an address and a whole for all, and nobody who works for us is cut off', async () => {
      const [one, other] = [leaseOf('a'), leaseOf('b')];
      expect(await budget.take(one, 60)).to.equal(true);
      const beyondShare = budget.take(leaseOf('a'), 10);
      expect(await budget.take(other, 40)).to.equal(true);
      const beyondWhole = budget.take(leaseOf('c'), 10);
      clock.pass(5);
      expect([await beyondShare, await beyondWhole, budget.held, cut]).to.deep.equal([false, false, 100, []]);
      budget.release(other);
      expect(budget.held).to.equal(60);
    });

    it('who has kept us waiting for ten seconds is cut off at once when somebody needs room', async () => {
      const old = leaseOf('a', clock.time);
      expect([await budget.take(old, 50), await budget.take(leaseOf('b'), 50)]).to.deep.equal([true, true]);
      clock.pass(10);
      expect([await budget.take(leaseOf('c'), 50), cut, budget.held]).to.deep.equal([true, ['a'], 100]);
    });

    it('room is made of the address that has most, of who has waited longest there, for who has less', async () => {
      const [first, second, small] = [2, 1, 3].map((ms, at) => leaseOf(['a2', 'a1', 'b'][at] ?? '', clock.time + ms));
      for (const [lease, bytes] of [
        [first, 30],
        [second, 30],
        [small, 40],
      ] as const)
        if (lease !== undefined) expect(await budget.take(lease, bytes)).to.equal(true);
      const wanted = budget.take(leaseOf('c'), 20);
      clock.pass(0.05);
      expect([await wanted, cut, budget.held]).to.deep.equal([true, ['a1'], 90]);
      // He would have more than anybody of whom it could be taken.
      const tooMuch = budget.take(leaseOf('c'), 25);
      clock.pass(5);
      expect([await tooMuch, cut]).to.deep.equal([false, ['a1']]);
    });

    it('who holds some and waits for more gives it back for who has less: nobody waits for ever', async () => {
      const [one, other] = [leaseOf('a'), leaseOf('b')];
      expect([await budget.take(one, 55), await budget.take(other, 45)]).to.deep.equal([true, true]);
      const more = budget.take(one, 5);
      const wanted = budget.take(leaseOf('c'), 20);
      clock.pass(0.05);
      expect([await more, cut]).to.deep.equal([false, []]);
      budget.release(one);
      expect([await wanted, budget.held]).to.deep.equal([true, 65]);
    });

    it('who is gone takes nothing any more, and does not wait for it', async () => {
      const [one, gone] = [leaseOf('a'), leaseOf('a')];
      await budget.take(one, 60);
      const wanted = budget.take(gone, 10);
      budget.release(gone);
      expect([await wanted, await budget.take(gone, 0), budget.held]).to.deep.equal([false, false, 60]);
    });
  });

  it('places: the longest waiting of the crowd goes, who is in work stays, some are kept for nodes', () => {
    const gone: string[] = [];
    const visitor = (name: string, isInWork = false): Visitor => ({
      key: name.charAt(0),
      isInWork,
      waitingSince: () => (isInWork ? undefined : 0),
      cut: () => gone.push(name),
    });
    const isKnown = (key: string): boolean => key === 'k';
    const places = new Places({
      connections: 6,
      keptConnections: 2,
      addressShare: 0.5,
      stalledMs: 0,
      now: () => 1,
      isKnown,
    });
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'd1']) expect(places.enter(visitor(name)), name).to.equal(true);
    expect([gone, places.count]).to.deep.equal([['a1', 'a2'], 4]);
    const node = visitor('k1');
    expect([places.enter(node), places.enter(visitor('k2')), places.count]).to.deep.equal([true, true, 6]);
    places.prove(node);
    expect(places.count).to.equal(6);
    places.leave(node);
    expect(places.count).to.equal(5);
    const full = new Places({
      connections: 1,
      keptConnections: 0,
      addressShare: 1,
      stalledMs: 0,
      now: () => 1,
      isKnown,
    });
    expect([full.enter(visitor('a1', true)), full.enter(visitor('b1'))]).to.deep.equal([true, false]);
  });

  it('the end of a head, wherever its bytes are divided', () => {
    const head = Buffer.from('\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\nGET');
    const end = head.length - 3;
    for (let at = 0; at < end; at += 1) {
      const state = beforeHead();
      const first = headEnd(head.subarray(0, at), 0, state);
      expect([first, headEnd(head.subarray(at), 0, state)], `divided at ${at}`).to.deep.equal([-1, end - at]);
    }
    expect(headEnd(Buffer.from('GET /\n\n'), 0, beforeHead())).to.equal(7);
  });
});
