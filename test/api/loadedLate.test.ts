import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { MethodDescription } from '../../server/contract/MethodDescription.js';
import { METHODS } from '../../server/contract/methods.js';
import { packageFolder } from '../../server/platform/packageFolder.js';

const textOf = (file: string): string => readFileSync(join(packageFolder(), file), 'utf8');
const named = (file: string, path: string): string =>
  posix.join(posix.dirname(file), path).replace(/\.js$/, '.ts').replace(/^\.\//, '');

/** What is loaded with a file: its imports of values, theirs, and so on. */
function loadedWith(start: string): ReadonlySet<string> {
  const found = new Set([start]);
  for (const file of found) {
    const imports = textOf(file).matchAll(/^(?:import|export)\b(?! type\b)[^'";]*?\bfrom '(\.[^']+)'/gm);
    for (const [, path = ''] of imports) if (!path.includes('/generated/')) found.add(named(file, path));
  }
  return found;
}

describe('What the contract calls loaded late', () => {
  const file = 'server/api/handlers.ts';
  const late = [...textOf(file).matchAll(/'([\w/]+)': \{\s*load: [^]*?import\('(\.[^']+)'\)/g)];

  it('is what the handlers load when it is asked for', () => {
    const told = Object.entries<MethodDescription>(METHODS).filter(([, { isLoadedLate }]) => isLoadedLate === true);
    expect(late.map(([, method]) => method).sort()).to.deep.equal(told.map(([method]) => method).sort());
  });

  it('is loaded with nothing that an engine starts with', () => {
    const atStart = loadedWith('server/engine/startEngine.ts');
    expect([...atStart]).to.include(file);
    expect(late.map(([, , path = '']) => named(file, path)).filter((one) => atStart.has(one))).to.deep.equal([]);
  });
});
