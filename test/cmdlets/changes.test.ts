import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Get-CMSyncChange', (engine) => {
  it('asks for the newest run, one by number, and runs of the pipeline', () =>
    withFake('', async (fake) => {
      const script =
        `$changes = @(Get-CMSyncChange; Get-CMSyncChange 3 -Change New, Revised; Get-CMSyncRun | ` +
        `Get-CMSyncChange)
ConvertTo-Json -Compress @($changes[0] | Select-Object RunId, Changes, CI_ID; $changes.Count)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        { RunId: 7, Changes: ['New', 'Superseded'], CI_ID: 4_000_000_000 },
        3,
      ]);
      expect(fake.notes('run/changes').map(({ value }) => value)).to.deep.equal([
        { id: 7 },
        { id: 7, after: 9 },
        { id: 3, kind: ['New', 'Revised'] },
        { id: 3, kind: ['New', 'Revised'], after: 9 },
        { id: 7 },
        { id: 7, after: 9 },
      ]);
    }));

  it('says when a run was not recorded', () =>
    withFake('unrecorded=1', async (fake) => {
      expect(
        await jsonOf(
          engine(),
          fake,
          'Get-CMSyncChange 7 -WarningVariable warned -WarningAction SilentlyContinue > $null; [string] ' +
            '$warned[0] | ConvertTo-Json',
        ),
      ).to.equal('What run 7 changed is not recorded, or no longer.');
    }));

  it('says that runs were removed for their age', () =>
    withFake('removedRuns=1', async (fake) => {
      const script =
        `$quiet = @{ WarningVariable = '+warned'; WarningAction = 'SilentlyContinue' }
$null = Get-CMSyncChange -Since '2020-01-01' @quiet; $null = Get-CMSyncRun -StartedAfter '2020-01-01' @quiet
` + 'ConvertTo-Json -Compress @($warned | ForEach-Object { [string] $_ })';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(['Old ones were removed.', 'Old ones were removed.']);
    }));
});
