import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { METHODS } from '../../server/contract/methods.js';
import { validate } from '../../server/contract/validator.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { mutantsOf, sampleOf } from './samples.js';

type Check = (value: unknown) => boolean;
type SchemaName = Parameters<typeof validate>[0];

/** The checks that the build puts into the program. */
async function builtChecks(folder: string): Promise<Readonly<Record<string, Check>>> {
  const builder = pathToFileURL(join(packageFolder(), 'server', 'bootstrap', 'build', 'compiledChecks.mjs')).href;
  const { compiledChecks } = (await import(builder)) as { compiledChecks: () => Promise<string> };
  const file = join(folder, 'checks.mjs');
  const packages = JSON.stringify(join(packageFolder(), 'package.json'));
  const banner = `import { createRequire } from 'node:module'; const require = createRequire(${packages});`;
  writeFileSync(file, `${banner}\n${await compiledChecks()}`);
  return ((await import(pathToFileURL(file).href)) as { compiledChecks: Record<string, Check> }).compiledChecks;
}

function accepts(schema: SchemaName, value: unknown): boolean {
  try {
    validate(schema, value, 'x');
    return true;
  } catch {
    // Refused: why is another test's.
    return false;
  }
}

describe('contract: checks that are compiled beforehand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'configmgrsync-checks-'));
  let checks: Readonly<Record<string, Check>> = {};

  before(async () => (checks = await builtChecks(folder)));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are of requests and results that there are', () => {
    const names = Object.values(METHODS).flatMap((method): string[] => [method.requestSchema, method.resultSchema]);
    expect(Object.keys(checks)).to.include.members(['hello.request', 'authenticate.request', 'status.get.result']);
    expect([...names, 'authenticate.request']).to.include.members(Object.keys(checks));
  });

  it('accept and refuse what the validator does', () => {
    let refused = 0;
    for (const [name, check] of Object.entries(checks)) {
      const schema = name as SchemaName;
      const sample = sampleOf(schema);
      expect([check(sample), accepts(schema, sample)], name).to.deep.equal([true, true]);
      for (const mutant of mutantsOf(sample)) {
        const isAccepted = accepts(schema, mutant);
        if (!isAccepted) refused += 1;
        expect(check(mutant), `${name} ${JSON.stringify(mutant)}`).to.equal(isAccepted);
      }
    }
    expect(refused).to.be.greaterThan(500);
  });
});
