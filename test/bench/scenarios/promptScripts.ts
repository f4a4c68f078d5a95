import path from 'node:path';

/** What a session told of its beginning. */
export interface ColdTimes {
  readonly ms: number;
  /** Of the shell alone. */
  readonly processorMs: number;
}

/** What a session told of its commands; each time is the best of several. */
export interface WarmTimes {
  readonly listMs: number;
  readonly firstObjectMs: number;
  readonly statusMs: number;
  readonly completionMs: number;
  readonly earlyBytes: number;
  readonly lateBytes: number;
  readonly count: number;
}

const QUIET = "$WarningPreference = 'SilentlyContinue'; $ProgressPreference = 'SilentlyContinue'";
const CLOCK = '[System.Diagnostics.Stopwatch]::StartNew()';

/** Milliseconds from Import-Module to the first status. */
export function coldScript(module: string): string {
  return `$clock = ${CLOCK}
Import-Module ${literal(path.join(module, 'ConfigMgrSync.psd1'))}
[void] (Get-CMSoftwareUpdateSyncStatus)
$ms = $clock.Elapsed.TotalMilliseconds
$process = [System.Diagnostics.Process]::GetCurrentProcess()
ConvertTo-Json -Compress @{ ms = $ms; processorMs = $process.TotalProcessorTime.TotalMilliseconds }
exit 0`;
}

/** What the commands of a session take that has begun, and whether a long pipeline fills its memory. */
export function warmScript(module: string): string {
  return `Import-Module ${literal(path.join(module, 'ConfigMgrSync.psd1'))}
${QUIET}; $clock = ${CLOCK}
$list = $first = $status = $completion = [double]::MaxValue
foreach ($round in 1..3) {
  $count = 0; $begin = 0; $clock.Restart()
  Get-CMSoftwareUpdate -Fast | ForEach-Object { if ($count++ -eq 0) { $begin = $clock.Elapsed.TotalMilliseconds } }
  $list = [System.Math]::Min($list, $clock.Elapsed.TotalMilliseconds); $first = [System.Math]::Min($first, $begin)
}
foreach ($round in 1..20) {
  $clock.Restart(); [void] (Get-CMSoftwareUpdateSyncStatus)
  $status = [System.Math]::Min($status, $clock.Elapsed.TotalMilliseconds)
}
$line = 'Set-CMSoftwareUpdatePointComponent -AddProduct win'
foreach ($round in 1..5) {
  $clock.Restart(); [void] (TabExpansion2 -inputScript $line -cursorColumn $line.Length)
  $completion = [System.Math]::Min($completion, $clock.Elapsed.TotalMilliseconds)
}
$piped = 0; $early = $late = 0; $twice = 2 * $count; $last = 10 * $count
1..10 | ForEach-Object { Get-CMSoftwareUpdate -Fast } | ForEach-Object {
  $piped++
  if ($piped -eq $twice) { $early = [System.GC]::GetTotalMemory($true) }
  if ($piped -eq $last) { $late = [System.GC]::GetTotalMemory($true) }
}
ConvertTo-Json -Compress @{
  listMs = $list; firstObjectMs = $first; statusMs = $status; completionMs = $completion
  earlyBytes = $early; lateBytes = $late; count = $count
}
exit 0`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
