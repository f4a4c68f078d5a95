import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Get-CMSyncHealth', (engine) => {
  it('gives one object with a sentence, rows and what needs doing, and shows all of it', () =>
    withFake('', async (fake) => {
      const script = `$health = Get-CMSyncHealth
$shown = $health | Out-String -Width 400
[ordered]@{ exit = $health.ExitCode; behind = $health.SoftwareUpdatePoints[2].VersionsBehind
  since = $health.SoftwareUpdatePoints[2].Since.GetType().Name; actions = $health.Actions.Count
  sentence = $shown -match [regex]::Escape($health.Summary)
  row = $shown -match 'ABC sup2.contoso.com: not in step'
  told = $shown -match 'not in step.* since .*, last success .*, link Error'
  next = $shown -match 'sup1.contoso.com: in step, last success .*, link Degraded, next .* if an engine runs then'
  versions = $shown -match 'sup2.contoso.com: not in step, 2 behind since '
  table = $health.SoftwareUpdatePoints | Out-String -Width 160
} | ConvertTo-Json -Compress`;
      const { table, ...shown } = await jsonOf<{ readonly table: string }>(engine(), fake, script);
      expect(shown).to.deep.equal({
        exit: 1,
        behind: 2,
        since: 'DateTime',
        actions: 1,
        sentence: true,
        row: true,
        told: true,
        next: true,
        versions: true,
      });
      expect(table).to.match(/State +Behind +Age +LastError +Since +Next/);
      expect(table).to.match(/sup1\S+ +Awaited +0 .*no service runs/);
      expect(table).to.match(/sup3\S+ +Retrying +0 +1d 0h +The server did not +2026-01-0\d \d\d:\d\d/);
      expect(table).to.match(/sup2\S+ +Silent +2 /);
    }));
});
