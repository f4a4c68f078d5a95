import { expect } from 'chai';
import { decideTurn, type ReplicaFacts, type Turn } from '../../server/link/fanOut/decideTurn.js';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const replica = (nodeId: number, facts: Partial<ReplicaFacts> = {}): ReplicaFacts => ({
  nodeId,
  isConnected: true,
  handled: 6,
  state: 6702,
  lastSign: NOW,
  ...facts,
});
const turn = (since: number): Turn => ({ nodeId: 1, requestId: 7, since });

describe('Whose turn is next', () => {
  const CASES: readonly (readonly [string, Turn | undefined, readonly ReplicaFacts[], object])[] = [
    ['nobody when nothing was asked', undefined, [], { step: 'wait' }],
    [
      'the first that is connected and behind',
      undefined,
      [replica(1, { isConnected: false }), replica(2, { handled: 7 }), replica(3), replica(4)],
      { step: 'serve', nodeId: 3 },
    ],
    [
      'nobody who lost it less than an hour ago',
      undefined,
      [replica(1, { lostAt: NOW - 59 * MINUTE })],
      { step: 'wait' },
    ],
    ['who lost it an hour ago', undefined, [replica(1, { lostAt: NOW - 60 * MINUTE })], { step: 'serve', nodeId: 1 }],
    ['that of the one who has it', turn(NOW - MINUTE), [replica(1), replica(2)], { step: 'wait' }],
    [
      'that of the one who works on it',
      turn(NOW - 200 * MINUTE),
      [replica(1, { handled: 7, state: 6704 })],
      { step: 'wait' },
    ],
    ['over when it is done', turn(NOW), [replica(1, { handled: 7 })], { step: 'done', nodeId: 1 }],
    ['over when it has failed', turn(NOW), [replica(1, { handled: 7, state: 6703 })], { step: 'done', nodeId: 1 }],
    ['not over when an earlier one has failed', turn(NOW), [replica(1, { state: 6703 })], { step: 'wait' }],
    [
      'lost to one that is away for two minutes',
      turn(NOW - 9 * MINUTE),
      [replica(1, { isConnected: false, lastSign: NOW - 2 * MINUTE })],
      { step: 'lost', nodeId: 1, reason: 'away' },
    ],
    [
      'kept for one that is away for a moment',
      turn(NOW - 9 * MINUTE),
      [replica(1, { isConnected: false, lastSign: NOW - MINUTE })],
      { step: 'wait' },
    ],
    [
      'lost to one that does not begin in ten minutes',
      turn(NOW - 10 * MINUTE),
      [replica(1)],
      { step: 'lost', nodeId: 1, reason: 'begin' },
    ],
    [
      'lost to one that gives no sign for ten minutes',
      turn(NOW - 60 * MINUTE),
      [replica(1, { handled: 7, state: 6704, lastSign: NOW - 10 * MINUTE })],
      { step: 'lost', nodeId: 1, reason: 'silent' },
    ],
    [
      'lost to one that does not end in four hours',
      turn(NOW - 240 * MINUTE),
      [replica(1, { handled: 7, state: 6704 })],
      { step: 'lost', nodeId: 1, reason: 'whole' },
    ],
    ['lost to one that was removed', turn(NOW), [], { step: 'lost', nodeId: 1, reason: 'removed' }],
  ];
  for (const [what, current, replicas, expected] of CASES) {
    it(`is ${what}`, () => expect(decideTurn(current, replicas, { requestId: 7, now: NOW })).to.deep.equal(expected));
  }

  it('is nobody before the first request', () =>
    expect(decideTurn(undefined, [replica(1)], { requestId: 0, now: NOW })).to.deep.equal({ step: 'wait' }));
});
