import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import table from '../../schemas/errors.json' with { type: 'json' };
import { packageFolder } from '../../server/platform/packageFolder.js';

/** The text of all sources below a folder of the package, this file apart. */
function textOf(folder: string): string {
  const root = join(packageFolder(), folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(ts|ps1)$/.test(file) && !file.endsWith('raisedIds.test.ts'),
  );
  return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
}

describe('error ids', () => {
  const sources = `${textOf('server')}\n${textOf('cmdlets')}`;

  it('that are raised are in the table', () => {
    const raised = [...sources.matchAll(/(?:-ErrorId |SyncError\()'([A-Za-z]+)'/g)].map(([, id]) => id ?? '');
    expect(raised.length).to.be.greaterThan(100);
    expect(raised.filter((id) => !(id in table))).to.deep.equal([]);
  });

  it('of the table are raised somewhere', () => {
    expect(Object.keys(table).filter((id) => !sources.includes(`'${id}'`))).to.deep.equal([]);
  });

  it('of the table are named by a test', () => {
    const tests = textOf('test');
    expect(Object.keys(table).filter((id) => !new RegExp(`\\b${id}\\b`).test(tests))).to.deep.equal([]);
  });
});
