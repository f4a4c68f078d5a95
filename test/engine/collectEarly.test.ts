import { execFileSync } from 'node:child_process';
import { expect } from 'chai';

const module = new URL('../../server/engine/collectEarly.js', import.meta.url).href;
/** Prints how many times what it holds the heap was at most, while all of it was replaced five times. */
const SCRIPT = `
  const { getHeapStatistics } = await import('node:v8');
  (await import('${module}')).collectEarly();
  const one = (index) => ({ text: 'Member ' + index, keys: [index, index + 1] });
  const used = () => getHeapStatistics().used_heap_size;
  const held = Array.from({ length: 300_000 }, (_, index) => one(index));
  const live = used();
  let most = 0;
  for (let index = 0; index < 5 * held.length; index += 1) {
    held[index % held.length] = one(index);
    if (index % 1000 === 0) most = Math.max(most, used());
  }
  console.log(most / live);`;

describe('The heap of an engine', () => {
  // By itself V8 lets it become four and a half times as large.
  it('does not grow far beyond what is in use', () => {
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], { encoding: 'utf8' });
    expect(Number(said)).to.be.within(1, 3.3);
  });
});
