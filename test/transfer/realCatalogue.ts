import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';

/** Where the real export is expected: CONFIGMGRSYNC_REAL_CATALOGUE, or beside the repository. */
export function realCataloguePath(): string {
  const named = process.env['CONFIGMGRSYNC_REAL_CATALOGUE'] ?? '';
  return named === '' ? path.join(repositoryRoot(), '..', 'shared', 'wsus', 'WSUS.cab') : path.resolve(named);
}

/** The package by name, from wherever the tests were compiled to. */
export function repositoryRoot(): string {
  let folder = import.meta.dirname;
  while (!isRoot(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  return folder;
}

/** A suite on the real export. Without it the suite is skipped and says why; under CI=true it fails. */
export function describeWithRealCatalogue(title: string, suite: (catalogue: string) => void): void {
  const catalogue = realCataloguePath();
  const reason = 'no real catalogue beside the repository; CONFIGMGRSYNC_REAL_CATALOGUE can name one';
  if (existsSync(catalogue)) describe(title, () => suite(catalogue));
  else if (process.env['CI'] === 'true') describe(title, () => it('finds its catalogue', () => expect.fail(reason)));
  else describe.skip(`${title} (skipped: ${reason})`, () => suite(catalogue));
}

function isRoot(folder: string): boolean {
  const file = path.join(folder, 'package.json');
  return existsSync(file) && /"name":\s*"configmgrsync"/.test(readFileSync(file, 'utf8'));
}
