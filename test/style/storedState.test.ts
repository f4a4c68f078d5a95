import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { STATE } from '../../server/state/siteState.js';

/** The files of the server, apart from the store itself, in which the pattern stands. */
function filesWith(pattern: RegExp): string[] {
  const server = join(packageFolder(), 'server');
  return readdirSync(server, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('store/'))
    .filter((name) => pattern.test(readFileSync(join(server, name), 'utf8')));
}

describe('style: what a site remembers between runs', () => {
  it('is read by its type in one file', () => {
    expect(filesWith(/\.setting\(/)).to.deep.equal(['state/siteState.ts']);
  });

  it('of its runs is read in one file', () => {
    expect(filesWith(/\.runs\(/)).to.deep.equal(['state/storedRuns.ts']);
  });

  it('of its software update points is read in one file', () => {
    expect(filesWith(/\.statuses\(/)).to.deep.equal(['state/storedStatuses.ts']);
  });

  it('is named in one file, each once', () => {
    const names = Object.values(STATE);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
    const quoted = names.filter((name) => name.includes('.')).map((name) => `'${name.replaceAll('.', '\\.')}'`);
    expect(filesWith(new RegExp(quoted.join('|')))).to.deep.equal(['state/siteState.ts']);
    expect(filesWith(/\bsettings: \{ ?['[]/)).to.deep.equal([]);
  });
});
