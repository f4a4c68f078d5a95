import { expect } from 'chai';
import { inTurns, type Steps, turn } from '../../server/platform/inTurns.js';

describe('Steps that are taken in turns', () => {
  /** Takes steps after which others had their turn, or which are this many. */
  const untilTurn = async (step: (index: number) => void, most: number): Promise<number> => {
    await turn(); // a slice begins
    let isTurn = false;
    setImmediate(() => (isTurn = true));
    function* steps(): Steps<number> {
      for (let index = 0; index < most; index += 1) {
        if (isTurn) return index;
        step(index);
        yield;
      }
      return most;
    }
    return inTurns(steps());
  };
  const work = (ms: number): void => {
    for (const end = performance.now() + ms; performance.now() < end;);
  };

  it('let others have their turn, however short they are', async () => {
    expect(await untilTurn(() => undefined, 50_000_000)).to.be.below(50_000_000);
  });

  it('let others have it soon where long ones follow short ones', async () => {
    const long = await untilTurn((index) => work(index < 1500 ? 0 : 15), 1600);
    expect(long).to.be.within(1, 1506);
  });
});
