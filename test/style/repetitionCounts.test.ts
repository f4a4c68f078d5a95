import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageFolder } from '../../server/platform/packageFolder.js';

describe('docs/testing.md', () => {
  const at = (...names: string[]): string => join(packageFolder(), ...names);

  it('lists how often each test repeats', () => {
    const listed = [
      ...readFileSync(at('docs', 'testing.md'), 'utf8').matchAll(/^\| `(test\/.+)` \| .+ \| (\d+) \| (\d+) \|$/gm),
    ].map(([, file, quick, soak]) => `${file} ${quick} ${soak}`);
    expect(listed.sort(), 'the rows of its table: a new repetition gets a row').to.deep.equal(
      [...countsInTests()].sort(),
    );
  });

  function* countsInTests(): Iterable<string> {
    const files = readdirSync(at('test'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    for (const file of files) {
      const counts = readFileSync(at('test', file), 'utf8').matchAll(/\brepetitions\(([\d_]+), ([\d_]+)\)/g);
      for (const [, quick = '', soak = ''] of counts)
        yield `test/${file.replaceAll('\\', '/')} ${quick.replaceAll('_', '')} ${soak.replaceAll('_', '')}`;
    }
  }
});
