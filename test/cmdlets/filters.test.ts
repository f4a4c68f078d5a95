import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: filters of runs and of the status', (engine) => {
  it('reach the engine, and choose rows', () =>
    withFake('', async (fake) => {
      const script =
        `[void] @(Get-CMSyncRun -State Failed, Running -Kind Full -Newest 3 -StartedAfter ` +
        `([datetime] '2026-01-02T00:00:00Z') -StartedBefore ([datetime] '2026-01-03T00:00:00Z'))
$counts = @('abc', 'a*', 'x?c' | ForEach-Object { @(Get-CMSoftwareUpdateSyncStatus -SiteCode $_).Count }; 's*', ` +
        `'no', '*' | ForEach-Object { @(Get-CMSoftwareUpdateSyncStatus -WSUSServerName $_).Count })
$counts += @(Get-CMSoftwareUpdateSyncStatus -SiteCode 'a*' -DisableWildcardHandling).Count
ConvertTo-Json -Compress $counts`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([1, 1, 0, 1, 0, 1, 0]);
      expect(fake.notes('run/list').map(({ value }) => value)).to.deep.equal([
        {
          state: ['Failed', 'Running'],
          kind: 'Full',
          newest: 3,
          startedFrom: '2026-01-02T00:00:00.000Z',
          startedTo: '2026-01-03T00:00:00.000Z',
        },
      ]);
    }));
});
