import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeSession, importModule } from '../cmdlets/fakeSession.js';
import { removeHome } from '../fixtures/removeHome.js';
import { locatePowerShell, repositoryRoot, runPowerShell } from '../powershell/powershellEngine.js';
import type { PowerShellEngine } from '../powershell/powershellEngine.js';
import { coldStart } from './coldStart.js';
import { startSampleUpstream } from './SampleUpstream.js';

const session = (url: string): string =>
  `$clock = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module '${join(repositoryRoot(), 'ConfigMgrSync.psd1')}'
[void] (Get-CMSoftwareUpdateSyncStatus)
$WarningPreference = 'SilentlyContinue'; $ProgressPreference = 'SilentlyContinue'
Set-CMSoftwareUpdatePointComponent -UpstreamSourceLocation '${url}' -AddProduct '*' -AddUpdateClassification '*' ` +
  `-ImmediatelyExpireSupersedence $false -WaitMonth 99 -ImmediatelyExpireSupersedenceForFeature $false ` +
  `-WaitMonthForFeature 99
Sync-CMSoftwareUpdate -Wait
$total = $first = [double]::MaxValue
foreach ($round in 1..5) {
  $count = 0; $begin = 0; $clock.Restart()
  Get-CMSoftwareUpdate -Fast | Select-Object -First 10000 | ForEach-Object { if ($count++ -eq 0) { $begin = ` +
  `$clock.Elapsed.TotalMilliseconds } }
  $total = [System.Math]::Min($total, $clock.Elapsed.TotalSeconds); $first = [System.Math]::Min($first, $begin)
}
$warm = [double]::MaxValue; $tab = [double]::MaxValue
foreach ($round in 1..20) { $clock.Restart(); [void] (Get-CMSoftwareUpdateSyncStatus); $warm = ` +
  `[System.Math]::Min($warm, $clock.Elapsed.TotalMilliseconds) }
foreach ($round in 1..5) { $clock.Restart(); [void] (TabExpansion2 -inputScript ` +
  `'Set-CMSoftwareUpdatePointComponent -AddProduct win' -cursorColumn 50); $tab = [System.Math]::Min($tab, ` +
  `$clock.Elapsed.TotalMilliseconds) }
@(
  'Get-CMSoftwareUpdate -Fast, {0} updates              {1:n2} s' -f $count, $total
  'its first object                                       {0:n0} ms' -f $first
  'Get-CMSoftwareUpdateSyncStatus in a warm session       {0:n1} ms' -f $warm
  'completion of a product                                {0:n0} ms' -f $tab
)
exit 0`;

/** The memory of a session through which 100,000 updates of an engine that makes them pass. */
const flood =
  `${importModule}$WarningPreference = 'SilentlyContinue'; $ProgressPreference = 'SilentlyContinue'; ` +
  `$count = 0; $early = $late = 0
Get-CMSoftwareUpdate -Fast | ForEach-Object { $count++; if ($count -eq 20000) { $early = ` +
  `[System.GC]::GetTotalMemory($true) }; if ($count -eq 100000) { $late = [System.GC]::GetTotalMemory($true) } }
'memory of the session after 20,000 and {0:n0} piped updates  {1:n1} MB, {2:n1} MB' -f $count, ($early / 1e6), ` +
  `($late / 1e6)
exit 0`;

/**
 * The figures of a PowerShell session as lines of text: cold start, a site that lists 10,000 updates, memory of a long
 * pipeline.
 */
export async function promptBench(): Promise<string> {
  const engine = await locatePowerShell();
  if ('missing' in engine) throw new TypeError(engine.missing);
  const home = mkdtempSync(join(tmpdir(), 'configmgrsync-prompt-'));
  const upstream = await startSampleUpstream(['--updates', '30000', '--seed', '1', '--size', '2500']);
  try {
    const env = {
      CONFIGMGRSYNC_HOME: home,
      CONFIGMGRSYNC_SITE: undefined,
      CONFIGMGRSYNC_ENGINE_MAIN: undefined,
      CONFIGMGRSYNC_NODE: process.execPath,
    };
    await runPowerShell(
      engine,
      `${importModule}$null = New-CMSyncSite -SiteCode BEN; $null = Get-CMSoftwareUpdateSyncStatus`,
      { env },
    );
    const cold = await coldStart(engine, env);
    const { stdout, stderr } = await runPowerShell(engine, session(upstream.url), { env, timeoutMs: 300_000 });
    return `${cold}${stdout}${stderr}${await memory(engine)}`;
  } finally {
    await upstream.stop();
    removeHome(home);
    rmSync(home, { recursive: true, force: true });
  }
}

async function memory(engine: PowerShellEngine): Promise<string> {
  const fake = new FakeSession('updates=100000');
  try {
    return (await runPowerShell(engine, flood, { env: fake.env, timeoutMs: 300_000 })).stdout;
  } finally {
    fake.remove();
  }
}
