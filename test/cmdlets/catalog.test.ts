import path from 'node:path';
import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, runWithModule, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Export-CMSyncCatalog, Import-CMSyncCatalog', (engine) => {
  it('exports to a full path and gives the package', () =>
    withFake('', async (fake) => {
      const script =
        `$package = Export-CMSyncCatalog june.cab -Since 7 -IncludeContentList -WarningVariable ` +
        `warned -WarningAction SilentlyContinue
[ordered]@{ size = $package.Size; type = $package.PSObject.TypeNames[0]; problem = $package.Problems[0].ErrorId; ` +
        `warned = [string] $warned[0] } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        size: 5_000_000_000,
        type: 'IResultObject#CMSync_Package',
        problem: 'MetadataInvalid',
        warned: 'The package is signed by ab.',
      });
      const [asked] = fake.notes('catalog/export').map(({ value }) => value);
      expect([
        asked?.['since'],
        asked?.['includeContentList'],
        path.isAbsolute(String(asked?.['path'])),
        path.basename(String(asked?.['path'])),
      ]).to.deep.equal(['7', true, true, 'june.cab']);
    }));

  it('imports, waits for the run and names what does not fit', () =>
    withFake('', async (fake) => {
      const script =
        `$run = Import-CMSyncCatalog june.cab -Force -WarningVariable warned -WarningAction ` +
        `SilentlyContinue
[ordered]@{ id = $run.Id; state = $run.State; warned = [string[]] $warned } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        id: 7,
        state: 'Succeeded',
        warned: ['The package does not match this site: it is one.', 'The package is signed by ab.', 'w'],
      });
      expect(fake.notes('catalog/import').map(({ value }) => value['force'])).to.deep.equal([true]);
    }));

  it('only looks with -WhatIf', () =>
    withFake('', async (fake) => {
      const { stdout } = await runWithModule(
        engine(),
        fake,
        'Import-CMSyncCatalog june.cab -WhatIf -WarningAction SilentlyContinue | ForEach-Object { "signature ' +
          '$($_.Signature)" }',
      );
      expect(stdout).to.contain('"Import 4125 documents into site').and.contain('signature Foreign');
      expect([fake.notes('catalog/inspect').length, fake.notes('catalog/import').length]).to.deep.equal([1, 0]);
      await runWithModule(engine(), fake, 'Export-CMSyncCatalog june.cab -WhatIf');
      expect(fake.notes('catalog/export')).to.have.length(0);
    }));
});
