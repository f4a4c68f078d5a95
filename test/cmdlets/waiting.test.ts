import { join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { IMPORT_MODULE, jsonOf, quoted, runWithModule, withFake } from './fakeSession.js';

interface Watched {
  readonly state: string;
  readonly seconds: number;
  readonly progress: readonly { readonly activity: string; readonly status: string; readonly recordType: string }[];
}

powershellSuite('cmdlets: Sync-CMSoftwareUpdate -Wait', (engine) => {
  it('returns nothing and does not wait by itself', () =>
    withFake('', async (fake) => {
      expect(
        await jsonOf(engine(), fake, '@(Sync-CMSoftwareUpdate -FullSync $true).Count | ConvertTo-Json -Compress'),
      ).to.equal(0);
      expect(fake.notes('sync/start')[0]?.value).to.deep.include({ fullSync: true, join: false });
      expect(fake.notes('sync/start')[0]?.value).to.have.property('requester').that.is.a('string').and.is.not.empty;
      expect(fake.notes('run/wait')).to.have.length(0);
    }));

  it('asks nothing with -WhatIf', () =>
    withFake('', async (fake) => {
      await jsonOf(engine(), fake, "Sync-CMSoftwareUpdate -WhatIf; '1'");
      expect(fake.notes('hello')).to.have.length(0);
    }));

  it('shows progress at most five times a second and completes it', () =>
    withFake('', async (fake) => {
      const script = `$shell = [powershell]::Create(); $clock = [System.Diagnostics.Stopwatch]::StartNew()
[void] $shell.AddScript(${quoted(`${IMPORT_MODULE}(Sync-CMSoftwareUpdate -Wait -PassThru).State`)})
$state = @($shell.Invoke())[0]; $seconds = $clock.Elapsed.TotalSeconds
$progress = @($shell.Streams.Progress | ForEach-Object { [ordered]@{ activity = $_.Activity
  status = $_.StatusDescription; recordType = [string] $_.RecordType } })
[ordered]@{ state = $state; progress = $progress; seconds = $seconds } | ConvertTo-Json -Compress -Depth 4`;
      const { state, progress, seconds } = await jsonOf<Watched>(engine(), fake, script);
      expect(state).to.equal('Succeeded');
      expect(fake.notes('run/watch')[0]?.value).to.deep.equal({ id: 7 });
      const all = progress.filter(({ activity }) => activity.includes('run 7'));
      const shown = all.filter(({ recordType }) => recordType === 'Processing');
      expect(shown.length).to.be.within(2, 2 + 5 * seconds);
      expect(shown[0]?.status).to.match(/^Getting updates \(\d+ of 100\)$/);
      expect(all.at(-1)?.recordType).to.equal('Completed');
    }));

  it('warns of what the finished run warns of', () =>
    withFake('', async (fake) => {
      const script =
        'Sync-CMSoftwareUpdate -Wait -WarningVariable said 3>$null; [string] $said[0] | ConvertTo-Json -Compress';
      expect(await jsonOf(engine(), fake, script)).to.equal('w');
    }));

  it('makes a failed run one error with the run as its target, and returns the run', () =>
    withFake('runFails', async (fake) => {
      const script =
        `$problems = @(); $run = Sync-CMSoftwareUpdate -Wait -PassThru -ErrorAction SilentlyContinue ` +
        `-ErrorVariable problems
[ordered]@{ state = $run.State; count = $problems.Count; id = $problems[0].FullyQualifiedErrorId; target = ` +
        `$problems[0].TargetObject.Id; next = $problems[0].ErrorDetails.RecommendedAction } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        state: 'Failed',
        count: 1,
        id: 'UpstreamUnreachable,Sync-CMSoftwareUpdate',
        target: 7,
        next: 'Check the name.',
      });
    }));

  it('does not say that the synchronization goes on when the wait ended with an error', () =>
    withFake('fail=run/wait', async (fake) => {
      const run = await runWithModule(
        engine(),
        fake,
        'try { Wait-CMSyncRun -Id 7 -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }',
      );
      expect(run.stdout.trim()).to.equal('RunNotFound,Wait-CMSyncRun');
    }));

  it('keeps the outstanding read for the next command of the session', () =>
    withFake('hang', async (fake) => {
      const file = quoted(join(fake.folder, 'messages.jsonl'));
      const script =
        `$space = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2()); $space.Open()
$shell = [powershell]::Create(); $shell.Runspace = $space
[void] $shell.AddScript(${quoted(IMPORT_MODULE + 'Sync-CMSoftwareUpdate -Wait')})
$handle = $shell.BeginInvoke()
while (-not ([System.IO.File]::Exists(${file}) -and [System.IO.File]::ReadAllText(${file}).Contains('run/wait'))) ` +
        `{ [System.Threading.Thread]::Sleep(50) }
$shell.Stop()
$shell.Commands.Clear()
[void] $shell.AddScript('(Get-CMSoftwareUpdateSyncStatus).LastSyncState')
ConvertTo-Json -Compress @($shell.Invoke())[0]`;
      // The wait itself never ends: it is left at once.
      expect(await jsonOf(engine(), fake, script)).to.equal(6702);
      expect(fake.notes('hello')).to.have.length(1);
      expect(fake.notes('cancelled')).to.have.length(1);
    }));
});
