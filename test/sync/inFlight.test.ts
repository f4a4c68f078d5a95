import { expect } from 'chai';
import { nextTurn } from '../../server/platform/inTurns.js';
import { inFlight } from '../../server/sync/inFlight.js';
import { rejectionOf } from '../fixtures/rejection.js';

/** Work that goes on until it is told to end. */
class HeldWork {
  readonly begun: number[] = [];
  readonly stopped: number[] = [];
  readonly #held = new Map<number, { resolve: (output: string) => void; reject: (reason: Error) => void }>();

  readonly work = async (input: number, signal: AbortSignal): Promise<string> => {
    this.begun.push(input);
    return new Promise((resolve, reject) => {
      this.#held.set(input, { resolve, reject });
      signal.addEventListener('abort', () => {
        this.stopped.push(input);
        reject(new RangeError(`${input} stopped`));
      });
    });
  };

  done(input: number): void {
    this.#held.get(input)?.resolve(`output ${input}`);
  }

  fail(input: number): void {
    this.#held.get(input)?.reject(new RangeError(`${input} failed`));
  }
}

async function taken<Item>(items: AsyncGenerator<Item, void>): Promise<Item> {
  const { value, done } = await items.next();
  if (done === true) throw new TypeError('nothing is left');
  return value;
}

describe('What is in flight', () => {
  const flight = (held: HeldWork, inputs: readonly number[], limit = 2, stop = new AbortController()) =>
    inFlight(inputs, { limit: () => limit, signal: stop.signal, work: held.work });

  it('is worked on until it has ended, and the next begins then, whatever is waited for', async () => {
    const held = new HeldWork();
    const all = flight(held, [1, 2, 3, 4]);
    const first = taken(all);
    await nextTurn();
    expect(held.begun).to.deep.equal([1, 2]);
    held.done(1);
    const one = await first;
    const second = taken(all);
    held.done(2);
    const two = await second;
    await nextTurn();
    expect(held.begun, 'neither has ended').to.deep.equal([1, 2]);
    one.end();
    expect(held.begun).to.deep.equal([1, 2, 3]);
    two.end();
    expect([one.output, two.output, held.begun]).to.deep.equal(['output 1', 'output 2', [1, 2, 3, 4]]);
    await all.return(undefined);
  });

  it('is at least what somebody waits for, although nothing has ended', async () => {
    const held = new HeldWork();
    const outputs: string[] = [];
    const reading = (async () => {
      for await (const { output } of flight(held, [1, 2, 3], 1)) outputs.push(output);
    })();
    for (const input of [1, 2, 3]) {
      await nextTurn();
      expect(held.begun).to.deep.equal([1, 2, 3].slice(0, input));
      held.done(input);
    }
    await reading;
    expect(outputs).to.deep.equal(['output 1', 'output 2', 'output 3']);
  });

  it('comes in order, and the first failure ends the rest and begins nothing more', async () => {
    const held = new HeldWork();
    const ends: (() => void)[] = [];
    const reading = rejectionOf(
      (async () => {
        for await (const { end } of flight(held, [1, 2, 3, 4, 5], 3)) ends.push(end);
      })(),
    );
    await nextTurn();
    held.done(3);
    held.done(1);
    held.fail(2);
    expect(await reading).to.equal('RangeError: 2 failed');
    for (const end of ends) end();
    expect([held.begun, held.stopped.includes(3)]).to.deep.equal([[1, 2, 3], true]);
  });
});
