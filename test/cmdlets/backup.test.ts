import path from 'node:path';
import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, runWithModule, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Backup-CMSyncSite, Restore-CMSyncSite', (engine) => {
  const password = "ConvertTo-SecureString 'correct horse' -AsPlainText -Force";

  it('backs up to a full path with the password, warns, and gives what a restore takes by the pipeline', () =>
    withFake('', async (fake) => {
      const script =
        `$backup = Backup-CMSyncSite ./copy -Password (${password}) -SiteCode ABC -WarningVariable warned ` +
        `-WarningAction SilentlyContinue
$restored = $backup | Restore-CMSyncSite -Force -SitePath ./there -WarningAction SilentlyContinue
[ordered]@{ type = $backup.PSObject.TypeNames[0]; size = $backup.Size; secrets = $backup.HasSecrets; ` +
        `utc = $backup.CreationTime.Kind.ToString(); warned = [string] $warned[0]; ` +
        `restored = $restored.PSObject.TypeNames[0] } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.include({
        type: 'ConfigMgrSync.SiteBackup',
        size: 5_000_000_000,
        secrets: true,
        warned: 'Without a password this is not in it.',
        restored: 'ConfigMgrSync.SiteRestore',
      });
      const [asked] = fake.notes('site/backup').map(({ value }) => value);
      expect(asked?.['password']).to.equal('correct horse');
      expect(path.isAbsolute(String(asked?.['path']))).to.equal(true);
      const [restored] = fake.notes('site/restore').map(({ value }) => value);
      expect(restored).to.include({ replace: true, whatIf: false, path: asked?.['path'] });
      expect(path.basename(String(restored?.['sitePath']))).to.equal('there');
      expect(restored).not.to.have.property('password');
    }));

  it('restores only where it is confirmed, and chooses no site for it', () =>
    withFake('manySites', async (fake) => {
      const { stdout } = await runWithModule(
        engine(),
        fake,
        'Restore-CMSyncSite ./copy -WhatIf -WarningAction SilentlyContinue | ForEach-Object { "whatIf $($_.WhatIf)" }',
      );
      expect(stdout).to.contain('"Restore ').and.to.contain('whatIf True');
      expect(fake.notes('site/restore').map(({ value }) => value['whatIf'])).to.deep.equal([true]);
      expect(fake.notes('site/connect')).to.have.length(0);
      await runWithModule(engine(), fake, 'try { Restore-CMSyncSite ./copy } catch { "asked" }');
      expect(fake.notes('site/restore')).to.have.length(1);
    }));
});
