import { expect } from 'chai';
import { ByteBudget, type Holder } from '../../server/hierarchy/port/ByteBudget.js';
import { FairQueue } from '../../server/hierarchy/port/FairQueue.js';
import { beforeHead, headEnd } from '../../server/hierarchy/port/headEnd.js';
import { Places, type Visitor } from '../../server/hierarchy/port/Places.js';
import { WorkTurns } from '../../server/hierarchy/port/WorkTurns.js';
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
    const turns = new WorkTurns();
    const done: string[] = [];
    const work = async (name: string): Promise<void> =>
      turns.take('long', name.charAt(0)).then(() => void done.push(name));
    await Promise.all(['a1', 'a2', 'a3', 'b1'].map(work));
    expect(done).to.deep.equal(['a1', 'b1', 'a2', 'a3']);
  });

  it('memory: a share for an address, a whole for all, and room made of who keeps us waiting', async () => {
    const clock = new TestClock();
    const budget = new ByteBudget({ total: 100, share: 60, waitMs: 5000, stalledMs: 10_000, clock });
    const cut: string[] = [];
    const leaseOf = (key: string, since?: number): ReturnType<ByteBudget['lease']> => {
      const holder: Holder = {
        key,
        waitingSince: () => since,
        cut: () => {
          cut.push(key);
          budget.release(lease);
        },
      };
      const lease = budget.lease(holder);
      return lease;
    };
    const [one, other] = [leaseOf('a', clock.time), leaseOf('b')];
    expect(await budget.take(one, 60)).to.equal(true);
    const beyondShare = budget.take(leaseOf('a'), 10);
    expect(await budget.take(other, 40)).to.equal(true);
    const beyondWhole = budget.take(leaseOf('c'), 10);
    clock.pass(5);
    expect([await beyondShare, await beyondWhole, budget.held]).to.deep.equal([false, false, 100]);
    clock.pass(5);
    const afterCut = budget.take(leaseOf('c'), 30);
    expect([await afterCut, cut, budget.held]).to.deep.equal([true, ['a'], 70]);
    budget.release(other);
    expect(budget.held).to.equal(30);
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
