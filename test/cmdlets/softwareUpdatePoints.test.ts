import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorsOf, jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: software update points', (engine) => {
  const sent = (value: Readonly<Record<string, unknown>>): object =>
    Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'requestId'));

  it('are added, changed and removed by name and by object, with the names that scripts use', () =>
    withFake('', async (fake) => {
      const script =
        `$added = Add-CMSoftwareUpdatePoint -SiteCode 'ABC' -ServerName 'sup2.contoso.com' ` +
        `-WsusIisPort 80 -WsusIisSslPort 443 -SslWsus $true -UserName 'contoso\\wsus' -EnableCloudGateway ` +
        `-ClientConnectionType Internet -PassThru -WarningAction SilentlyContinue
$system = [pscustomobject]@{ SiteCode = 'ABC'; NetworkOSPath = '\\\\sup3.contoso.com' }
[void] ($system | Add-CMSoftwareUpdatePoint -UseProxy $true -WarningVariable told -WarningAction SilentlyContinue)
Set-CMSoftwareUpdatePoint 'sup2.contoso.com' -WsusIisPort 8530 -WsusIisSslPort 8531 -WsusSsl $false ` +
        `-EnableCloudGateway $false -AnonymousWsusAccess -WarningAction SilentlyContinue
$changed = $added | Set-CMSoftwareUpdatePoint -PublicVirtualIP '' -UseProxyForAutoDeploymentRule $false -Wledbat ` +
        `$true -PassThru -WarningAction SilentlyContinue
$added | Remove-CMSoftwareUpdatePoint -Force -DefaultSoftwareUpdatePointServerName 'sup3.contoso.com'
Remove-CMSoftwareUpdatePoint -Name 'sup3.contoso.com' -Confirm:$false
Remove-CMSoftwareUpdatePoint -Name 'sup4.contoso.com' -WhatIf
Add-CMSoftwareUpdatePoint -Name 'sup4.contoso.com' -WhatIf
[ordered]@{ type = $added.PSObject.TypeNames[0]; port = ($changed.Props | Where-Object PropertyName -eq ` +
        `'WSUSIISPort').Value.GetType().Name; told = [string] $told[0] } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        type: 'IResultObject#SMS_SCI_SysResUse',
        port: 'UInt32',
        told: 'UseProxy has no effect',
      });
      expect(fake.notes('sup/add').map(({ value }) => sent(value))).to.deep.equal([
        {
          serverName: 'sup2.contoso.com',
          httpPort: 80,
          httpsPort: 443,
          enableSsl: true,
          wsusAccessAccount: 'contoso\\wsus',
          enableCloudGateway: true,
          clientConnectionType: 'Internet',
        },
        { serverName: 'sup3.contoso.com', useProxy: true },
      ]);
      expect(fake.notes('sup/set').map(({ value }) => sent(value))).to.deep.equal([
        {
          serverName: 'sup2.contoso.com',
          httpPort: 8530,
          httpsPort: 8531,
          enableSsl: false,
          enableCloudGateway: false,
          anonymousWsusAccess: true,
        },
        { serverName: 'server.contoso.com', publicVirtualIP: '', useProxyForAutoDeploymentRule: false, wledbat: true },
      ]);
      expect(fake.notes('sup/remove').map(({ value }) => sent(value))).to.deep.equal([
        { serverName: 'server.contoso.com', defaultServerName: 'sup3.contoso.com' },
        { serverName: 'sup3.contoso.com' },
      ]);
    }));

  it('are listed by name, by object, of all sites, and shown as a table', () =>
    withFake('', async (fake) => {
      const script = `$all = @(Get-CMSoftwareUpdatePoint)
[void] (Get-CMSoftwareUpdatePoint 'sup*' -AllSites)
[void] (Get-CMSoftwareUpdatePoint -Name 'sup*' -DisableWildcardHandling)
[void] ($all[0] | Get-CMSoftwareUpdatePoint)
($all | Format-Table | Out-String -Width 200) -replace '\\s+', ' ' | ConvertTo-Json -Compress`;
      const shown = await jsonOf<string>(engine(), fake, script);
      expect(shown, shown).to.match(
        /SiteCode ServerName IsDefault Ports Ssl Clients [- ]+ABC server.contoso.com True 8530, 8531 False Intranet/,
      );
      expect(fake.notes('sup/list').map(({ value }) => value)).to.deep.equal([
        {},
        { serverName: 'sup*', allSite: true },
        { serverName: 'sup*', wildcard: false },
        { serverName: 'server.contoso.com', wildcard: false },
      ]);
    }));

  const mistakes: readonly (readonly [string, string])[] = [
    ["Add-CMSoftwareUpdatePoint -Name 'a' -ClientConnectionType Nobody", 'ParameterArgumentValidationError'],
    ["Set-CMSoftwareUpdatePoint -Name 'a' -HttpPort 0", 'ParameterArgumentValidationError'],
    ['Get-Date | Remove-CMSoftwareUpdatePoint -Force', 'ContradictoryParameters'],
    ["Get-CMSoftwareUpdatePoint -Name 'a' -DisableWildcardHandling -ForceWildcardHandling", 'ContradictoryParameters'],
  ];
  it('mistakes are told', () =>
    withFake('', async (fake) => {
      const commands = mistakes.map(([command]) => command);
      expect((await errorsOf(engine(), fake, commands)).map(({ id }) => id.split(',')[0])).to.deep.equal(
        mistakes.map(([, id]) => id),
      );
    }));
});
