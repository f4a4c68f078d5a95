import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, quoted, withFake } from './fakeSession.js';

powershellSuite('cmdlets: servers of a site', (engine) => {
  const folder = temporaryFolder();

  it('are listed with their state, and removed by name and by object', () =>
    withFake('', async (fake) => {
      const script = `$all = @(Get-CMSyncServer); $none = @(Get-CMSyncServer nobody -WarningVariable said 3> $null)
Get-CMSyncServer | Where-Object State -eq Stopped | Remove-CMSyncServer -Force; Remove-CMSyncServer cm09 -WhatIf
[ordered]@{ names = $all.ServerName; type = $all[0].PSObject.TypeNames[0]; time = $all[0].HeartbeatTime.GetType().Name
  stopped = $null -eq $all[1].HeartbeatTime; none = $none.Count; said = [string] $said } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        names: ['cm01', 'cm02'],
        type: 'IResultObject#CMSync_Server',
        time: 'DateTime',
        stopped: true,
        none: 0,
        said: 'There is no server nobody.',
      });
      const asked = fake.notes('server/remove').map(({ value }) => [value['serverName'], value['whatIf'] === true]);
      expect(asked).to.deep.equal([
        ['cm02', true],
        ['cm02', false],
        ['cm09', true],
      ]);
    }));

  it('are given another address of the database, which is only tried with -WhatIf', () =>
    withFake('', async (fake) => {
      const script = `$env:CONFIGMGRSYNC_DATABASE_URL = ' postgresql://env@h/d '
Set-CMSyncDatabaseAddress -WarningVariable said 3> $null
Set-CMSyncDatabaseAddress -DatabaseAddress (ConvertTo-SecureString 'postgresql://s@h/d' -AsPlainText -Force) -WhatIf 3> $null
ConvertTo-Json -Compress @([string] $said)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(['The engine is busy.']);
      const sent = fake.notes('site/setDatabaseAddress').map(({ value: { requestId: _id, ...value } }) => value);
      expect(sent).to.deep.equal([
        { databaseAddress: 'postgresql://env@h/d', whatIf: false },
        { databaseAddress: 'postgresql://s@h/d', whatIf: true },
      ]);
    }));

  it('are named as those that need a new key of the database, and are given it', () =>
    withFake('', async (fake) => {
      const script = `$env:CONFIGMGRSYNC_DATABASE_KEY = ' CMSYNC-env '
$names = @(Update-CMSyncDatabaseKey -WarningVariable said 3> $null); Update-CMSyncDatabaseKey -WhatIf
Set-CMSyncDatabaseKey; $given = ConvertTo-SecureString 'CMSYNC-s' -AsPlainText -Force
$site = Set-CMSyncDatabaseKey -PassThru -DatabaseKey $given
Set-CMSyncDatabaseKey -WhatIf
ConvertTo-Json -Compress @($names; [string] $said[0]; [string] $site.SiteCode)`;
      const [first, second, said, site] = await jsonOf<string[]>(engine(), fake, script);
      expect([first, second, site]).to.deep.equal(['cm02', 'cm03', 'ABC']);
      expect(said).to.contain('The server cm02 needs the new key').and.contain('Set-CMSyncDatabaseKey');
      expect(fake.notes('database/updateKey')).to.have.length(1);
      const sent = fake.notes('site/setDatabaseKey').map(({ value: { requestId: _id, ...value } }) => value);
      expect(sent).to.deep.equal([
        { databaseKey: 'CMSYNC-env', whatIf: false },
        { databaseKey: 'CMSYNC-s', whatIf: false },
        { databaseKey: 'CMSYNC-env', whatIf: true },
      ]);
    }));

  it('are added with an address and a key that stand in files, in the environment or in secure strings', () =>
    withFake('', async (fake) => {
      const [address, key] = ['address.txt', 'key.txt'].map((name) => path.join(folder(), name));
      fs.writeFileSync(address ?? '', 'postgresql://u:p@h/d\n');
      fs.writeFileSync(key ?? '', '\ufeffCMSYNC-key\r\n');
      const made = path.join(folder(), 'made');
      const script = `function secure($text) { ConvertTo-SecureString $text -AsPlainText -Force }
$files = @{ DatabaseAddressFile = ${quoted(address ?? '')}; DatabaseKeyFile = ${quoted(key ?? '')} }
Add-CMSyncServer @files -Path ${quoted(made)}
$env:CONFIGMGRSYNC_DATABASE_URL = 'postgresql://env@h/d'; $env:CONFIGMGRSYNC_DATABASE_KEY = 'CMSYNC-env'
Add-CMSyncServer -ServerName cm02; Add-CMSyncServer -WhatIf
Add-CMSyncServer -DatabaseAddress (secure 'postgresql://s@h/d') -DatabaseKey (secure 'CMSYNC-s')
$both = try { Add-CMSyncServer -DatabaseKey (secure 'x') -DatabaseKeyFile y } catch { [string] $_ }
ConvertTo-Json -Compress @($both)`;
      const [both] = await jsonOf<string[]>(engine(), fake, script);
      expect(both).to.contain('Give -DatabaseKey or -DatabaseKeyFile, not both');
      const sent = fake.notes('site/attach').map(({ value: { requestId: _id, ...value } }) => value);
      expect(sent).to.deep.equal([
        { databaseAddress: 'postgresql://u:p@h/d', databaseKey: 'CMSYNC-key', path: made },
        { databaseAddress: 'postgresql://env@h/d', databaseKey: 'CMSYNC-env', serverName: 'cm02' },
        { databaseAddress: 'postgresql://s@h/d', databaseKey: 'CMSYNC-s' },
      ]);
    }));
});
