import { execFileSync } from 'node:child_process';
import { expect } from 'chai';

const module = new URL('../../server/engine/collectEarly.js', import.meta.url).href;
const MEGABYTE = 1024 * 1024;

/** Prints how many times what it holds the heap was at most, while all of it was replaced five times. */
const script = (bytes: number): string => `
  const { getHeapStatistics } = await import('node:v8');
  const looks = [];
  const clock = { now: () => new Date(), after: (_ms, look) => (looks.push(look), () => looks.splice(0)) };
  let inUse = 0;
  const stop = (await import('${module}')).collectEarly({ clock, used: () => inUse });
  inUse = ${bytes};
  looks.shift()();
  const goesOn = looks.length === 1;
  stop();
  if (looks.length > 0) throw new Error('it goes on looking');
  const one = (index) => ({ text: 'Member ' + index, keys: [index, index + 1] });
  const used = () => getHeapStatistics().used_heap_size;
  const held = Array.from({ length: 300_000 }, (_, index) => one(index));
  const live = used();
  let most = 0;
  for (let index = 0; index < 5 * held.length; index += 1) {
    held[index % held.length] = one(index);
    if (index % 1000 === 0) most = Math.max(most, used());
  }
  console.log(JSON.stringify({ goesOn, growth: most / live }));`;

describe('The heap of an engine', () => {
  const measured = (bytes: number): { goesOn: boolean; growth: number } =>
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script(bytes)], { encoding: 'utf8' }),
    ) as { goesOn: boolean; growth: number };

  // By itself V8 lets it become four and a half times as large.
  it('does not grow far beyond what is in use once it is large', () => {
    const { goesOn, growth } = measured(200 * MEGABYTE);
    expect(goesOn).to.equal(false);
    expect(growth).to.be.within(1, 4);
  });

  it('grows as V8 has it while it is small, and is looked at again', () => {
    expect(measured(100 * MEGABYTE).goesOn).to.equal(true);
  });
});
