import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';

const IMPORT = /^import \{([^}]*)\} from 'undici';$/gm;

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** What a source takes from undici; types are not there when it runs. */
function namesFrom(source: string): readonly string[] {
  return [...source.matchAll(IMPORT)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
}

describe('bootstrap: the parts of undici that the program has', () => {
  it('are those that its sources import', () => {
    const root = packageFolder();
    const imported = new Set(sourcesBelow(join(root, 'server')).flatMap(namesFrom));
    const parts = readFileSync(join(root, 'server', 'bootstrap', 'build', 'undici.cjs'), 'utf8');
    const given = /module\.exports = \{([\s\S]*)^\};/m.exec(parts)?.[1] ?? '';
    expect([...given.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)).to.have.members([...imported]);
  });

  it('are where undici has them', () => {
    const { resolve } = createRequire(join(packageFolder(), 'package.json'));
    const parts = readFileSync(join(packageFolder(), 'server', 'bootstrap', 'build', 'undici.cjs'), 'utf8');
    const places = [...parts.matchAll(/require\('\.\/([^']+)'\)/g)].map(([, place = '']) => `undici/${place}`);
    expect(places).to.have.length.above(4);
    for (const place of places) expect(() => resolve(place)).not.to.throw();
  });
});
