import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder, packageVersion } from '../../server/platform/packageFolder.js';

const read = (...names: readonly string[]): string => readFileSync(join(packageFolder(), ...names), 'utf8');

interface Lock {
  readonly version: string;
  readonly packages: { readonly '': { readonly version: string } };
}

describe('the version', () => {
  it('is the same in package, lock file, manifest and module, and has an entry in the changelog', () => {
    const lock = JSON.parse(read('package-lock.json')) as Lock;
    const found = {
      lock: lock.version,
      lockedPackage: lock.packages[''].version,
      manifest: /ModuleVersion\s*= '([^']*)'/.exec(read('ConfigMgrSync.psd1'))?.[1],
      module: /CMSyncModuleVersion = '([^']*)'/.exec(read('cmdlets', 'ConfigMgrSync.psm1'))?.[1],
      changelog: /^## \[([^\]]*)\]/m.exec(read('CHANGELOG.md'))?.[1],
    };
    const version = packageVersion();
    expect(found).to.deep.equal({
      lock: version,
      lockedPackage: version,
      manifest: version,
      module: version,
      changelog: version,
    });
  });
});
