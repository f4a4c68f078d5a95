import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Get-CMSyncHealth', (engine) => {
  it('gives one object with a sentence, rows and what needs doing, and shows all of it', () =>
    withFake('', async (fake) => {
      const script = `$health = Get-CMSyncHealth
$shown = $health | Out-String -Width 200
[ordered]@{ exit = $health.ExitCode; behind = $health.SoftwareUpdatePoints[0].VersionsBehind
  since = $health.SoftwareUpdatePoints[0].Since.GetType().Name; actions = $health.Actions.Count
  sentence = $shown -match [regex]::Escape($health.Summary)
  row = $shown -match 'ABC sup2.contoso.com: not in step'
  told = $shown -match 'not in step since .*, last success .*, link Error'
  table = ($health.SoftwareUpdatePoints | Out-String -Width 160) -match 'State.*Since.*Age.*LastError[\\s\\S]*Silent'
} | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        exit: 1,
        behind: 2,
        since: 'DateTime',
        actions: 1,
        sentence: true,
        row: true,
        told: true,
        table: true,
      });
    }));
});
