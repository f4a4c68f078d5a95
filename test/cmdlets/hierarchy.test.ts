import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, jsonOf, quoted, withFake, type Caught } from './fakeSession.js';

powershellSuite('cmdlets: hierarchy', (engine) => {
  const sent = (value: Readonly<Record<string, unknown>>): object =>
    Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'requestId'));

  it('Get-CMSite: the tree, by name with wildcards and by code', () =>
    withFake('', async (fake) => {
      const script =
        `[ordered]@{
  all = @(Get-CMSite).SiteCode; byName = @(Get-CMSite -Name 'ber*').SiteCode; plain = @(Get-CMSite -SiteName ` +
        `'ber*' -DisableWildcardHandling).Count
  byCode = (Get-CMSite ps2).Status; type = (Get-CMSite CS1).PSObject.TypeNames[0]; parent = (Get-CMSite -SiteCode ` +
        `PS1).ReportingSiteCode; kind = (Get-CMSite CS1).Type.GetType().Name
} | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        all: ['CS1', 'PS1', 'PS2'],
        byName: ['PS1', 'PS2'],
        plain: 0,
        byCode: 2,
        type: 'IResultObject#SMS_Site',
        parent: 'CS1',
        kind: 'UInt32',
      });
    }));

  it('a -SiteCode that chooses rows chooses the site too, where the session has none and there are several', () =>
    withFake('manySites', async (fake) => {
      const script =
        `$null = Get-CMSite -SiteCode ps1; $null = Get-CMSoftwareUpdateSyncStatus -SiteCode PS1; ` +
        `$null = Get-CMSiteStatusMessage -SiteCode PS1; $null = Get-CMSite -SiteCode PS2
[void] (Connect-CMSyncSite ABC); $null = Get-CMSite -SiteCode PS1; '1'`;
      await jsonOf(engine(), fake, script);
      expect(fake.notes('site/connect').map(({ value }) => value)).to.deep.equal([
        { siteCode: 'ps1' },
        { siteCode: 'PS2' },
        { siteCode: 'ABC' },
      ]);
    }));

  it('a -SiteCode of no site: that it does not exist is the error, not that there are several', () =>
    withFake('manySites;unknownSite=XXX', async (fake) => {
      for (const command of ['Get-CMSite XXX', 'Get-CMSoftwareUpdateSyncStatus -SiteCode XXX']) {
        const { id, message } = await jsonOf<Caught>(engine(), fake, errorOf(command));
        expect(id.split(',')[0]).to.equal('SiteNotFound');
        expect(message).to.equal('There is no site XXX. Known sites: ABC, PS1.');
      }
    }));

  it('a name without wildcards that nothing has is a warning, one with wildcards is not', () =>
    withFake('', async (fake) => {
      const script =
        `$said = @(Get-CMSite XXX 3>&1; Get-CMSite -Name Bonn 3>&1; Get-CMSite -Name 'x*' 3>&1; ` +
        `Get-CMSite -Name 'x*' -DisableWildcardHandling 3>&1)
$said += @(Get-CMSoftwareUpdateSyncStatus -SiteCode XXX 3>&1; Get-CMSoftwareUpdateSyncStatus -SiteCode 'X*' 3>&1
Get-CMSoftwareUpdateSyncStatus -WSUSServerName nobody, 'n*' 3>&1)
$said += @(Get-CMSite ps1 3>&1).Count
ConvertTo-Json -Compress @($said | ForEach-Object { [string] $_ })`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        'There is no site XXX at or below site CS1.',
        'There is no site named Bonn at or below site CS1.',
        'There is no site named x* at or below site CS1.',
        'No software update point of site XXX is known here.',
        'No software update point on the server nobody is known here.',
        '1',
      ]);
    }));

  it('Get-CMSiteSystemServer: of this site or of all, by name and by object', () =>
    withFake('', async (fake) => {
      const script =
        `$all = @(Get-CMSiteSystemServer -AllSite)
[ordered]@{
  own = @(Get-CMSiteSystemServer).ServerName; all = $all.Count; byName = @(Get-CMSiteSystemServer ` +
        `'SUP*').NetworkOSPath; byObject = @($all[3] | Get-CMSiteSystemServer).Type
  role = $all[0].RoleName; type = $all[0].PSObject.TypeNames[0]
} | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        own: ['cs1.contoso.com', 'sup2.contoso.com'],
        all: 4,
        byName: '\\\\sup2.contoso.com',
        byObject: 8,
        role: 'SMS Site System',
        type: 'IResultObject#SMS_SCI_SysResUse',
      });
    }));

  it('Get-CMSiteComponent: both components, by name in any letter case', () =>
    withFake('', async (fake) => {
      const script =
        `$null = @(Get-CMSiteComponent); $null = @(Get-CMSiteComponent -ComponentName ` +
        `SMS_WSUS_Sync_Manager)
[cultureinfo]::CurrentCulture = 'tr-TR'; $null = @(Get-CMSiteComponent -ComponentName '*config*'); ` +
        `@(Get-CMSiteComponent -ComponentName 'SMS_HIERARCHY_MANAGER').Count | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.equal(0);
      expect(fake.notes('component/get').map(({ value }) => value['component'])).to.deep.equal([
        'SMS_WSUS_CONFIGURATION_MANAGER',
        'SMS_WSUS_SYNC_MANAGER',
        'SMS_WSUS_SYNC_MANAGER',
        'SMS_WSUS_CONFIGURATION_MANAGER',
      ]);
    }));

  it('tokens, revocation and keys: what is asked of the engine, nothing with -WhatIf', () =>
    withFake('', async (fake) => {
      const script =
        `$token = New-CMSyncJoinToken -Role SoftwareUpdatePoint -ExpirationHours 2 -Address 'https://x:1'
$null = New-CMSyncJoinToken; New-CMSyncJoinToken -WhatIf
Revoke-CMSyncSite PS1 -Force; Revoke-CMSyncSite -ChildSiteCode CS1 -SiteSystemServerName 'sup2.contoso.com' ` +
        `-Confirm:$false; Revoke-CMSyncSite PS2 -WhatIf
$keys = @(Update-CMSyncSiteKey); Update-CMSyncSiteKey -WhatIf
[ordered]@{ token = $token.Token; type = $token.PSObject.TypeNames[0]; expires = ` +
        `$token.ExpirationTime.GetType().Name; keys = $keys } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        token: 'abc',
        type: 'ConfigMgrSync.JoinToken',
        expires: 'DateTime',
        keys: ['NodeKey', 'Certificate'],
      });
      expect(fake.notes('site/joinToken').map(({ value }) => sent(value))).to.deep.equal([
        { role: 'SoftwareUpdatePoint', expirationHours: 2, address: 'https://x:1' },
        { role: 'Site', expirationHours: 24 },
      ]);
      expect(fake.notes('site/revoke').map(({ value }) => sent(value))).to.deep.equal([
        { siteCode: 'PS1', whatIf: true },
        { siteCode: 'PS1' },
        { siteCode: 'CS1', serverName: 'sup2.contoso.com', whatIf: true },
        { siteCode: 'CS1', serverName: 'sup2.contoso.com' },
        { siteCode: 'PS2', whatIf: true },
      ]);
      expect(fake.notes('site/updateKey')).to.have.length(1);
    }));

  it('tokens of the status page: made with a warning, listed, removed by name and by object', () =>
    withFake('', async (fake) => {
      const script = `$made = New-CMSyncStatusToken Desk -ExpirationDays 5 -WarningVariable said 3> $null
$null = New-CMSyncStatusToken X -WhatIf
$old = @(Get-CMSyncStatusToken 'O*'); $none = @(Get-CMSyncStatusToken Nobody -WarningVariable nobody 3> $null)
Get-CMSyncStatusToken | Where-Object IsExpired | Remove-CMSyncStatusToken -Force; Remove-CMSyncStatusToken Desk -WhatIf
[ordered]@{ token = $made.Token; type = $made.PSObject.TypeNames[0]; said = [string] $said; old = $old.Name
  time = $old[0].ExpirationTime.GetType().Name; none = $none.Count; nobody = [string] $nobody
} | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        token: 'abc',
        type: 'ConfigMgrSync.NewStatusToken',
        said: 'No port is open.',
        old: 'Old',
        time: 'DateTime',
        none: 0,
        nobody: 'There is no status token Nobody.',
      });
      expect(fake.notes('statusToken/new').map(({ value }) => sent(value))).to.deep.equal([
        { name: 'Desk', expirationDays: 5 },
      ]);
      expect(fake.notes('statusToken/remove').map(({ value }) => sent(value))).to.deep.equal([
        { name: 'Old', whatIf: true },
        { name: 'Old' },
        { name: 'Desk', whatIf: true },
      ]);
    }));

  it('Export-CMSyncCertificate: writes what the engine says, over a file only with -Force', () =>
    withFake('', async (fake) => {
      const file = `(Join-Path ${quoted(fake.folder)} 'ca.cer')`;
      const script = `$file = Export-CMSyncCertificate ${file}
$refused = try { Export-CMSyncCertificate ${file} -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
[System.IO.File]::WriteAllText($file.FullName, 'an earlier one')
$reader = [System.IO.FileStream]::new($file.FullName, 'Open', 'Read', 'ReadWrite, Delete')
$again = Export-CMSyncCertificate ${file} -Force -Verbose 4>&1
$held = [System.IO.StreamReader]::new($reader).ReadToEnd(); $reader.Dispose()
$nowhere = try { Export-CMSyncCertificate (Join-Path ${file} 'x') -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
[ordered]@{ text = [System.IO.File]::ReadAllText($file.FullName); refused = $refused; said = [string] $again[-2]
again = $again[-1].GetType().Name; nowhere = $nowhere; held = $held
left = @(Get-ChildItem (Split-Path $file.FullName) -Filter *.tmp).Count } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        text: '-----BEGIN CERTIFICATE-----\nAAAA\n',
        refused: 'PackageExists,Export-CMSyncCertificate',
        said: 'CN=CS1, thumbprint AB12, valid until 2051-01-02',
        again: 'FileInfo',
        nowhere: 'PackageWriteFailed,Export-CMSyncCertificate',
        held: 'an earlier one',
        left: 0,
      });
    }));

  it('New-CMSyncSite: says nothing of a type that was not given, and hands the token on', () =>
    withFake('', async (fake) => {
      const script =
        `$null = New-CMSyncSite -SiteCode PS1 -JoinToken 'abc' -ParentSiteCode CS1 -ServerName ` +
        `'ps1.contoso.com'; $null = New-CMSyncSite -SiteCode CS1 -Type CAS; 1 | ConvertTo-Json`;
      await jsonOf(engine(), fake, script);
      expect(fake.notes('site/new').map(({ value }) => sent(value))).to.deep.equal([
        { siteCode: 'PS1', joinToken: 'abc', parentSiteCode: 'CS1', serverName: 'ps1.contoso.com' },
        { siteCode: 'CS1', type: 'CAS' },
      ]);
    }));

  it('both wildcard switches: ContradictoryParameters', () =>
    withFake('', async (fake) => {
      expect(
        (
          await jsonOf<Caught>(engine(), fake, errorOf('Get-CMSite -DisableWildcardHandling -ForceWildcardHandling'))
        ).id.split(',')[0],
      ).to.equal('ContradictoryParameters');
    }));
});
