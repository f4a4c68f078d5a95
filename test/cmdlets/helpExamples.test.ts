import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startSampleUpstream, type SampleUpstream } from '../bench/SampleUpstream.js';
import { removeHome } from '../fixtures/removeHome.js';
import { powershellSuite, runPowerShell } from '../powershell/powershellEngine.js';
import { IMPORT_MODULE, quoted } from './fakeSession.js';
import { exampleNotes, examplesIn, helpExamples } from './helpExamples.js';

const examples = helpExamples();
const notes = exampleNotes();
const run = examples.filter(({ name }) => notes[name]?.skip === undefined);

/**
 * A session with a synchronized site that runs one example after the other, and prints the name of each with what came
 * of it.
 */
function session(url: string, scratch: string): string {
  const calls = run.map(({ name, code }) => {
    const { before = '', after = '', whatIf } = notes[name] ?? {};
    return (
      `Test-Example ${[name, before, code, after].map(quoted).join(' ')} ` + (whatIf === undefined ? '$false' : '$true')
    );
  });
  return (
    `${IMPORT_MODULE}$ErrorActionPreference = 'Stop'; $WarningPreference = 'SilentlyContinue'
$scratch = ${quoted(scratch)}; $rootOfSites = $env:CONFIGMGRSYNC_HOME; $upstream = ${quoted(url)}
Set-Location $scratch
# The drive of a medium that the examples name.
$null = New-PSDrive -Name E -PSProvider FileSystem -Root (New-Item -ItemType Directory -Path (Join-Path $scratch ` +
    `'medium')).FullName -Scope Global
foreach ($code in 'CM1', 'ABC') {
  $null = New-CMSyncSite -SiteCode $code
  Set-CMSoftwareUpdatePointComponent -UpstreamSourceLocation $upstream -AddProduct '*' -AddUpdateClassification '*'
}
$server = (Get-CMSoftwareUpdatePoint).ServerName
Sync-CMSoftwareUpdate -Wait
$one = (Get-CMSoftwareUpdate -Fast | Select-Object -First 1).CI_ID
function Test-Example($name, $before, $code, $after, $whatIf) {
  try {
    $step = 'before'; Set-Location $scratch; Connect-CMSyncSite -SiteCode ABC | Out-Null; . ` +
    `([scriptblock]::Create($before))
    $step = 'example'; $global:WhatIfPreference = $whatIf
    # The number in the help stands for that of any update.
    . ([scriptblock]::Create($code.Replace('16777300', $one))) | Out-String | Out-Null
    $global:WhatIfPreference = $false
    $step = 'after'; . ([scriptblock]::Create($after))
    [Console]::Out.WriteLine("ran $name")
  } catch {
    $global:WhatIfPreference = $false
    [Console]::Out.WriteLine("FAILED \${name} (\${step}): $($_.FullyQualifiedErrorId): $($_ -replace '\\s+', ' ')")
  }
}
${calls.join('\n')}
exit 0`
  );
}

powershellSuite('cmdlets: the examples of the help', (engine) => {
  const scratch = mkdtempSync(join(tmpdir(), 'configmgrsync-help-'));
  const home = join(scratch, 'sites');
  let upstream: SampleUpstream;
  let lines: readonly string[] = [];

  before(async function () {
    mkdirSync(home);
    upstream = await startSampleUpstream(['--updates', '400', '--seed', '1']);
    const env = {
      CONFIGMGRSYNC_HOME: home,
      CONFIGMGRSYNC_SITE: undefined,
      CONFIGMGRSYNC_ENGINE_MAIN: undefined,
      CONFIGMGRSYNC_NODE: process.execPath,
    };
    const { stdout, stderr, exitCode } = await runPowerShell(engine(), session(upstream.url, scratch), {
      env,
    });
    lines = stdout.split(/\r?\n/).filter((line) => /^(ran|FAILED) /.test(line));
    if (exitCode !== 0 || lines.length === 0) throw new TypeError(`The examples did not run: ${stdout}\n${stderr}`);
  });

  after(async () => {
    for (const folder of [home, join(scratch, 'other'), join(scratch, 'second'), scratch]) removeHome(folder);
    rmSync(scratch, { recursive: true, force: true });
    await upstream.stop();
  });

  it('run as they stand, without a question and without an error', () => {
    expect(lines.filter((line) => line.startsWith('FAILED'))).to.deep.equal([]);
  });

  it('run all, but for those that the list names with a reason', () => {
    expect(lines.map((line) => line.replace(/^ran /, ''))).to.deep.equal(run.map(({ name }) => name));
    expect(run.length).to.be.greaterThan(60);
  });

  it('are found, two at least for each command, and the list names none that is gone', () => {
    expect(
      examplesIn(
        '<#\n    .EXAMPLE\n    PS> a |\n    PS>     b\n\n    Text.\n\n    .EXAMPLE\n    PS> c\n    .LINK\n    PS> ' +
          'no\n#>',
      ),
    ).to.deep.equal(['a |\n    b', 'c']);
    const names = examples.map(({ name }) => name);
    expect(Object.keys(notes).filter((name) => !names.includes(name))).to.deep.equal([]);
    expect(examples.filter(({ code }) => code === '')).to.deep.equal([]);
  });
});
