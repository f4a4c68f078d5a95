import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';

const WIDEST = 160;
const FOLDERS = ['docs', 'test'];

/** A row of a table, or what PowerShell says in one line. */
const isAsItIs = (line: string): boolean => /^(\||WARNING: )/.test(line);

/** The documents of the project, by their paths below its folder. */
function documents(): readonly string[] {
  const isDocument = (name: string): boolean => name.endsWith('.md');
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(join(packageFolder(), folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return [...readdirSync(packageFolder()), ...below].filter(isDocument);
}

describe('Markdown', () => {
  it(`has no line of more than ${WIDEST} characters outside tables`, () => {
    expect(documents()).to.include.members(['README.md', 'CHANGELOG.md', join('docs', 'architecture.md')]);
    const long = documents().flatMap((name) =>
      readFileSync(join(packageFolder(), name), 'utf8')
        .split(/\r?\n/)
        .flatMap((line, at) => (line.length > WIDEST && !isAsItIs(line) ? [`${name}:${at + 1}`] : [])),
    );
    expect(long).to.deep.equal([]);
  });
});
