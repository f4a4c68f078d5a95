import { execFileSync } from 'node:child_process';
import { expect } from 'chai';

const module = new URL('../../server/engine/collectEarly.js', import.meta.url).href;
/** What V8 lets new objects take is not in question; it collects alone, or the load of the machine decides. */
const V8 = ['--max-semi-space-size=1', '--single-threaded', '--no-incremental-marking'];

/** Prints how many times what it holds the heap was at most, while all of it was replaced three times. */
const script = (looks: readonly number[]): string => `
  const { getHeapStatistics } = await import('node:v8');
  const waiting = [];
  const clock = { now: () => new Date(), after: (_ms, look) => (waiting.push(look), () => waiting.splice(0)) };
  let inUse = 0;
  const stop = (await import('${module}')).collectEarly({ clock, used: () => inUse * 1024 * 1024 });
  for (inUse of ${JSON.stringify(looks)}) waiting.shift()();
  stop();
  if (waiting.length > 0) throw new Error('it goes on looking');
  const one = (index) => ({ text: 'Member ' + index, keys: [index, index + 1] });
  const used = () => getHeapStatistics().used_heap_size;
  const held = Array.from({ length: 500_000 }, (_, index) => one(index));
  const live = used();
  let most = 0;
  for (let index = 0; index < 3 * held.length; index += 1) {
    held[index % held.length] = one(index);
    if (index % 1000 === 0) most = Math.max(most, used());
  }
  console.log(most / live);`;

describe('The heap of an engine', () => {
  const growth = (...looks: readonly number[]): number =>
    Number(execFileSync(process.execPath, [...V8, '--input-type=module', '--eval', script(looks)]));

  /** By itself V8 lets it become 3.1 to 3.3 times as large in Node.js 20, 22 and 24, with us twice. */
  let own: number;
  before(() => {
    own = growth();
  });

  it('does not grow far beyond what is in use before it is large', () => {
    expect(growth(30, 400) / own).to.be.within(0.3, 0.8);
  });

  it('grows as V8 has it once it is small again', () => {
    expect(growth(400, 30) / own).to.be.within(0.93, 1.07);
  });
});
