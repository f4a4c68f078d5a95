import { execFileSync } from 'node:child_process';
import { expect } from 'chai';

const module = new URL('../../server/engine/optimizeHot.js', import.meta.url).href;
const FLAGS = ['--allow-natives-syntax', '--no-concurrent-recompilation', '--no-maglev'];

/** Prints how often a function was called until V8 had it optimized: the bits of a status differ between versions. */
const script = (before: string): string => `
  ${before}
  const add = (one, other) => {
    let sum = one;
    for (let index = 0; index < 10; index += 1) sum = (sum * 31 + other) % 1000003;
    return sum;
  };
  let calls = 0;
  for (let sum = 0; calls < 10_000_000 && !%ActiveTierIsTurbofan(add); calls += 1) sum = add(sum, calls);
  console.log(calls);`;

describe('What V8 optimizes in an engine', () => {
  const callsUntil = (before: string): number =>
    Number(execFileSync(process.execPath, [...FLAGS, '--input-type=module', '--eval', script(before)]));

  it('is what works for eight times as long as that of Node.js 20 waits by itself; later ones decide alone', () => {
    const usual = callsUntil('');
    const here = callsUntil(`(await import('${module}')).optimizeHot();`);
    expect(usual).to.be.within(1, 1_000_000);
    const wanted = process.versions.v8.startsWith('11.') ? 8 : 1;
    expect(here / usual).to.be.within(wanted / 2, wanted * 2);
  });
});
