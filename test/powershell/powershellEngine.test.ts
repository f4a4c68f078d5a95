import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { choosePowerShell } from './powershellChoice.js';
import { powershellSuite, runInSession, runPowerShell, runPowerShellJson, trailingJson } from './powershellEngine.js';
import { failureOfSkip } from './skipSuite.js';

describe('choice of the PowerShell that runs the tests', () => {
  it('takes the configured one first, then pwsh, then the .NET tool, then powershell.exe', () => {
    const all = { pwsh: '/a/pwsh', windowsPowerShell: '/b/powershell.exe', dotnet: '/c/dotnet' };
    expect(choosePowerShell({ ...all, configured: { path: '/x/pwsh', exists: true } }))
      .to.deep.include({ use: 'executable' })
      .and.nested.include({ 'engine.command': '/x/pwsh' });
    expect(choosePowerShell(all)).to.nested.include({ 'engine.kind': 'pwsh', 'engine.command': '/a/pwsh' });
    expect(choosePowerShell({ ...all, pwsh: undefined })).to.deep.equal({ use: 'tool', dotnet: '/c/dotnet' });
    expect(choosePowerShell({ windowsPowerShell: '/b/powershell.exe' })).to.nested.include({
      'engine.kind': 'windows-powershell',
    });
  });

  it('says in plain words what is missing', () => {
    expect(choosePowerShell({}).use).to.equal('none');
    expect(choosePowerShell({ configured: { path: '/x/pwsh', exists: false }, dotnet: '/c' })).to.deep.include({
      use: 'none',
      missing: 'CONFIGMGRSYNC_PWSH names /x/pwsh, but there is no such file.',
    });
  });

  it('skips with that reason on a desk and fails under CI=true', () => {
    expect(failureOfSkip('None here.', undefined)).to.equal(undefined);
    expect(failureOfSkip('None here.', 'true')).to.equal('None here. With CI=true no test may be skipped.');
  });

  it('finds the JSON document behind warnings', () => {
    expect(trailingJson({ stdout: 'WARNING: a [b]\n[\n  1\n]\n', stderr: '', exitCode: 0 })).to.deep.equal([1]);
    expect(() => trailingJson({ stdout: 'no', stderr: 'why', exitCode: 0 })).to.throw('why');
  });
});

powershellSuite('PowerShell engine under the tests', (engine) => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'configmgrsync-host-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const output = async (script: string): Promise<string> =>
    (await runInSession(engine(), script)).stdout.replace(/\r\n/g, '\n').trim();

  it('is the real language with its automatic variables', async () => {
    const facts = await runPowerShellJson<Record<string, unknown>>(
      engine(),
      `
      class Point { [int] $X; Point([int] $x) { $this.X = $x } [int] Twice() { return 2 * $this.X } }
      [ordered]@{ version = $PSVersionTable.PSVersion.Major; edition = $PSEdition; home = (Test-Path $PSHOME); ` +
        `host = $Host.Name
        twice = [Point]::new(4).Twice(); switch = $(switch -Regex ('abc') { '^a' { 'yes' } }); script = ` +
        `Split-Path -Leaf $PSCommandPath } | ConvertTo-Json`,
    );
    expect(facts).to.deep.include({ home: true, host: 'ConsoleHost', twice: 8, switch: 'yes', script: 'script.ps1' });
    expect(facts['version']).to.be.oneOf([5, 7]);
  });

  it('binds parameters as the engine does: sets, validation, pipeline by property name, WhatIf', async () => {
    expect(
      await output(
        `
      function Test-Binding {
        [CmdletBinding(DefaultParameterSetName = 'ById', SupportsShouldProcess = $true)]
        param([Parameter(ParameterSetName = 'ById', ValueFromPipelineByPropertyName = $true)][int] $Id,
              [Parameter(ParameterSetName = 'ByName', Mandatory = $true)][ValidateSet('a', 'b')][string] $Name)
        process { if ($PSCmdlet.ShouldProcess('x')) { "$($PSCmdlet.ParameterSetName) $Id$Name" } }
      }
      [pscustomobject]@{ Id = 7 } | Test-Binding
      Test-Binding -Name b
      Test-Binding -Id 1 -WhatIf
      foreach ($bad in { Test-Binding -Id 1 -Name a }, { Test-Binding -Name c }, { Test-Binding -Id no }, { ` +
          `Test-Binding -Nope }) {
        try { & $bad } catch { $_.FullyQualifiedErrorId }
      }`,
      ),
    ).to.equal(
      [
        'ById 7',
        'ByName 0b',
        'What if: Performing the operation "Test-Binding" on target "x".',
        'AmbiguousParameterSet,Test-Binding',
        'ParameterArgumentValidationError,Test-Binding',
        'ParameterArgumentTransformationError,Test-Binding',
        'NamedParameterNotFound,Test-Binding',
      ].join('\n'),
    );
  });

  it('loads a module from its manifest, with format file, private functions, help and completion', async () => {
    await writeFile(
      join(folder, 'Sample.psd1'),
      `@{ RootModule = 'Sample.psm1'; ModuleVersion = '1.2.3'; GUID = '5b1a0f0e-6a1d-4c93-9f4a-0d6d0f6f2b11'
      FunctionsToExport = @('Get-Sample'); CmdletsToExport = @(); AliasesToExport = @(); VariablesToExport = @(); ` +
        `FormatsToProcess = @('Sample.Format.ps1xml') }`,
    );
    await writeFile(
      join(folder, 'Sample.psm1'),
      `
function Get-Hidden { 'from inside' }
function Get-Sample {
<#
.SYNOPSIS
Gives a sample.
.EXAMPLE
Get-Sample -Name one
#>
    [CmdletBinding()] param([ValidateSet('one', 'two')][string] $Name = 'one')
    [pscustomobject]@{ PSTypeName = 'Sample.Thing'; Name = $Name; Inside = Get-Hidden; Secret = 'not shown' }
}`,
    );
    await writeFile(
      join(folder, 'Sample.Format.ps1xml'),
      `<?xml version="1.0" encoding="utf-8"?><Configuration><ViewDefinitions><View>
<Name>Sample.Thing</Name><ViewSelectedBy><TypeName>Sample.Thing</TypeName></ViewSelectedBy><TableControl>
<TableHeaders><TableColumnHeader><Label>The name</Label></TableColumnHeader><TableColumnHeader /></TableHeaders>
<TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem>
<TableColumnItem><ScriptBlock>$_.Inside.ToUpper()</ScriptBlock></TableColumnItem></TableColumnItems>` +
        `</TableRowEntry></TableRowEntries>
</TableControl></View></ViewDefinitions></Configuration>`,
    );
    const text = await output(
      `
      Import-Module '${join(folder, 'Sample.psd1')}'
      (Get-Module Sample).Version.ToString()
      [bool](Get-Command Get-Hidden -ErrorAction SilentlyContinue)
      (Get-Help Get-Sample).Synopsis
      (Get-Command Get-Sample).Parameters['Name'].Attributes.ValidValues -join ','
      [System.Management.Automation.CommandCompletion]::CompleteInput('Get-Sample -Name t', 18, ` +
        `$null).CompletionMatches[0].CompletionText
      Get-Sample
      Get-Sample | Format-List Name | Out-String -Stream | Where-Object { $_ }`,
    );
    const lines = text
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '');
    expect(lines.slice(0, 5)).to.deep.equal(['1.2.3', 'False', 'Gives a sample.', 'one,two', 'two']);
    expect(lines[5]).to.match(/^The name +/);
    expect(lines[7]).to.match(/^one +FROM INSIDE$/);
    expect(lines[8]).to.equal('Name : one');
    expect(text).not.to.contain('not shown');
  });

  it('keeps error records: id, category, target, recommended action, streams', async () => {
    const run = await runPowerShell(
      engine(),
      `
      function Test-Failure { [CmdletBinding()] param() Write-Error -Message 'It failed.' -ErrorId 'SampleId' ` +
        `-Category ObjectNotFound -TargetObject 'thing' -RecommendedAction 'Try again.' }
      Test-Failure -ErrorVariable kept -ErrorAction SilentlyContinue
      $k = $kept[0]
      "$($k.FullyQualifiedErrorId)|$($k.CategoryInfo.Category)|$($k.TargetObject)|$($k.ErrorDetails.RecommendedAction)"
      try { Get-Item (Join-Path $PSScriptRoot 'absent') -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
      Test-Failure
      Write-Warning 'careful'`,
    );
    expect(run.stdout)
      .to.contain('SampleId,Test-Failure|ObjectNotFound|thing|Try again.')
      .and.contain('PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand')
      .and.contain('WARNING: careful');
    expect(run.stderr).to.contain('It failed.');
    expect(run.stdout).not.to.contain('It failed.');
  });

  it('gives the exit codes of pwsh', async () => {
    expect((await runPowerShell(engine(), '"fine"')).exitCode).to.equal(0);
    expect((await runPowerShell(engine(), 'try { exit 7 } finally { "cleaned" }')).exitCode).to.equal(7);
    const thrown = await runPowerShell(engine(), 'throw "boom"');
    expect(thrown.exitCode).to.equal(1);
    expect(thrown.stderr).to.contain('boom');
  });

  it('carries JSON there and back', async () => {
    const value = {
      text: 'h\u00e9 "q" \\ \u{1f600}',
      whole: 9007199254740991,
      part: 2.5,
      yes: true,
      none: null,
      list: [1, [2], {}],
      nested: { a: { b: { c: 1 } } },
    };
    await writeFile(join(folder, 'value.json'), JSON.stringify(value));
    const script =
      `Get-Content -LiteralPath '${join(folder, 'value.json')}' -Raw -Encoding UTF8 | ` +
      `ConvertFrom-Json | ConvertTo-Json -Depth 9 -Compress | Set-Content -Encoding UTF8 -LiteralPath ` +
      `'${join(folder, 'back.json')}'`;
    expect((await runInSession(engine(), script)).stderr).to.equal('');
    expect(JSON.parse((await readFile(join(folder, 'back.json'), 'utf8')).replace(/^\ufeff/, ''))).to.deep.equal(value);
    expect(
      await output(
        "[int64].Equals(('{\"a\":1}' | ConvertFrom-Json).a.GetType()) -or $PSEdition -eq 'Desktop'; @('{') | " +
          "ForEach-Object { try { $_ | ConvertFrom-Json } catch { 'refused' } }",
      ),
    ).to.equal('True\nrefused');
  });

  it('runs background jobs in a process of their own', async () => {
    expect(
      await output('(Start-Job { param($parent) $PID -ne $parent } -ArgumentList $PID | Wait-Job | Receive-Job)'),
    ).to.equal('True');
  });
});
