import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorsOf, jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: status filter rules', (engine) => {
  it('are made, changed, switched and removed by name and object', () =>
    withFake('', async (fake) => {
      const script = `$rule = @{ MessageId = 6703; SeverityType = 'Error'; ReportToEventLog = $true }
$made = New-CMStatusFilterRule -Name r @rule -WarningVariable told 3> $null
Set-CMStatusFilterRule -Name 'r*' -Priority Increase -RunProgram $false 3> $null
Enable-CMStatusFilterRule -Name 'a*'
$text = [Management.Automation.PSSerializer]::Serialize((Get-CMStatusFilterRule -Name 'S*'))
$saved = [Management.Automation.PSSerializer]::Deserialize($text)
$saved | Disable-CMStatusFilterRule
$saved | Remove-CMStatusFilterRule -Force
Remove-CMStatusFilterRule -Name x -SiteCode ABC -Confirm:$false
Set-CMStatusFilterRule -Name r -MessageId 1 -WhatIf
@{ made = @($made.Name, $made.MessageId, [string] $made.Values); told = @($told | ForEach-Object { "$_" }) } |
  ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        made: ['Sync failed', 6703, 'Enabled=true'],
        told: ['It does nothing.'],
      });
      const sent = (method: string): object[] =>
        fake
          .notes(method)
          .map(({ value }) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'requestId')));
      expect(sent('statusRule/set')).to.deep.equal([
        { name: 'r', wildcard: true, isNew: true, messageId: 6703, severityType: 'Error', reportToEventLog: true },
        { name: 'r*', wildcard: true, isNew: false, priority: 'Increase', runProgram: false },
        { name: 'a*', wildcard: false, isNew: false, enabled: true },
        { name: 'Sync failed', wildcard: false, isNew: false, enabled: false },
      ]);
      expect(sent('statusRule/list')).to.deep.equal([{ name: 'S*', wildcard: true }]);
      expect(sent('statusRule/remove')).to.deep.equal([
        { name: 'Sync failed', wildcard: false },
        { name: 'x', wildcard: false },
      ]);
      const caught = await errorsOf(engine(), fake, ['Get-Date | Disable-CMStatusFilterRule']);
      expect(caught.map(({ id }) => id)).to.deep.equal(['ContradictoryParameters,Disable-CMStatusFilterRule']);
    }));
});
