import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorsOf, jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Get-CMAlert and Set-CMAlert', (engine) => {
  it('ask with every filter and change by id, name and object, fresh or from a file', () =>
    withFake('', async (fake) => {
      const script =
        `$alert = Get-CMAlert 'Sync*' -TypeId 1 -TypeInstanceId 'A?C' -Fast
[void] (Get-CMAlert -Id ' 7 ')
$saved = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($alert))
$alert | Set-CMAlert -Comments 'x' -Severity Informational
$saved | Set-CMAlert -Comment '' -ParameterValues '<a/>'
Set-CMAlert -Id 9 -NewName n
Set-CMAlert -Name 'a*' -Comment c
Set-CMAlert -Name 'a*' -Comment c -ForceWildcardHandling
Set-CMAlert -Alert $alert -Comment c -WhatIf 3> $null
Get-CMAlert | Where-Object Name -match 'Synchronization failure alert for software update point:' | Select-Object ` +
        `AlertState, SkipUntil, @{ n = 'date'; e = { $_.DateCreated.Kind.ToString() } } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({ AlertState: 0, SkipUntil: null, date: 'Local' });
      expect(fake.notes('alert/list').map(({ value }) => value)).to.deep.equal([
        { name: 'Sync*', typeId: 1, typeInstanceId: 'A?C', wildcard: true },
        { id: 7, wildcard: true },
        { wildcard: true },
      ]);
      const sent = fake
        .notes('alert/set')
        .map(({ value }) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'requestId')));
      expect(sent).to.deep.equal([
        { id: 16_777_217, comment: 'x', severity: 'Informational' },
        { id: 16_777_217, comment: '', parameterValue: '<a/>' },
        { id: 9, newName: 'n' },
        { name: 'a*', comment: 'c', wildcard: false },
        { name: 'a*', comment: 'c', wildcard: true },
      ]);
    }));

  it('switch, suspend and remove by id, name and object', () =>
    withFake('', async (fake) => {
      const script = `$alert = Get-CMAlert
Enable-CMAlert -Id 9
$alert | Disable-CMAlert
$until = [datetime]::SpecifyKind('2999-01-01', 'Utc')
$shown = Suspend-CMAlert -Name 'Disk*' -ForceWildcardHandling -SkipUntil $until -Comment c -PassThru
Remove-CMAlert -InputObject $alert -Force
Remove-CMAlert -Name 'x*' -Confirm:$false
Set-CMAlert -Id 9 -Limit 5
Enable-CMAlert -Id 9 -WhatIf 3> $null
@($shown.AlertStateName, $alert.NextStep) | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(['Active', 'Look at the synchronizations.']);
      const sent = (method: string): object[] =>
        fake
          .notes(method)
          .map(({ value }) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'requestId')));
      expect(sent('alert/switch')).to.deep.equal([
        { id: 9, enabled: true },
        { id: 16_777_217, enabled: false },
        { name: 'Disk*', wildcard: true, skipUntil: '2999-01-01T00:00:00.000Z', comment: 'c' },
      ]);
      expect(sent('alert/remove')).to.deep.equal([{ id: 16_777_217 }, { name: 'x*', wildcard: false }]);
      expect(sent('alert/set')).to.deep.equal([{ id: 9, limit: 5 }]);
    }));

  it('mistakes are told and send nothing', () =>
    withFake('', async (fake) => {
      const caught = await errorsOf(engine(), fake, [
        'Set-CMAlert -Id 7',
        'Set-CMAlert -Id x -Comment c',
        'Get-Date | Set-CMAlert -Comment c',
      ]);
      expect(caught.map(({ id }) => id)).to.deep.equal([
        'ContradictoryParameters,Set-CMAlert',
        'AlertNotFound,Set-CMAlert',
        'ContradictoryParameters,Set-CMAlert',
      ]);
      expect(fake.notes('alert/set')).to.deep.equal([]);
    }));

  it('the switches of the component are sent', () =>
    withFake('', async (fake) => {
      await jsonOf(
        engine(),
        fake,
        'Set-CMSoftwareUpdatePointComponent -EnableSyncFailureAlert $true -EnableThirdPartyUpdates $true ' +
          "-EnableManualCertManagement $false 3> $null; '1'",
      );
      expect(fake.notes('component/set').at(-1)?.value).to.include({
        enableSyncFailureAlert: true,
        enableThirdPartyUpdates: true,
        enableManualCertManagement: false,
      });
    }));
});
