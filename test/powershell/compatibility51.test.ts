import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findIncompatibilities, shippedScripts } from './compatibility51.js';
import type { Incompatibility } from './compatibility51.js';
import { powershellSuite, repositoryRoot } from './powershellEngine.js';

/**
 * One line of script for each thing that 5.1 lacks, and the rule that has to name it. Syntax rules need an engine of
 * version 7.
 */
const BAD: ReadonlyArray<readonly [rule: string, script: string, syntaxOf7?: true]> = [
  ['ternary', '$a = $b ? 1 : 2', true],
  ['ternary', "$source = @'\nclass A { [int] f($b) { return $b ? 1 : 2 } }\n'@", true],
  ['null-coalescing', '$a = $b ?? 1', true],
  ['null-coalescing-assignment', '$a ??= 1', true],
  ['null-conditional', '${a}?.Length', true],
  ['null-conditional', '${a}?[0]', true],
  ['pipeline-chain', 'Get-Date && Get-Date', true],
  ['pipeline-chain', 'Get-Date || Get-Date', true],
  ['background', 'Get-Date &', true],
  ['enum-underlying-type', 'enum Small : byte { A }', true],
  ['clean-block', 'function f { process { 1 } clean { 2 } }', true],
  ['requires', '#requires -Version 7.0'],
  ['number-literal', '$a = 5u', true],
  ['number-literal', '$a = 10n', true],
  ['number-literal', '$a = 0xFFul', true],
  ['number-literal', '$a = 0b101', true],
  ['unicode-escape', '"`u{1F600}"', true],
  ['escape-character', '"`e[31m"'],
  ['platform-variable', 'if ($IsWindows) { 1 }'],
  ['platform-variable', 'if (-not $IsLinux -or $IsMacOS) { 1 }'],
  ['platform-variable', "if ($PSVersionTable.PSEdition -eq 'Desktop') { $IsCoreCLR }"],
  ['variable', '$PSStyle.OutputRendering = 1'],
  ['command', "'{}' | Test-Json"],
  ['command', 'Get-Error'],
  ['command', 'Start-ThreadJob { 1 }'],
  ['encoding-name', 'Set-Content a b -Encoding utf8NoBOM'],
  ['type', '[System.HashCode]::Combine(1, 2)'],
  ['type', "[System.Text.Json.JsonDocument]::Parse('1')"],
  ['type', "New-Object System.Net.Sockets.UnixDomainSocketEndPoint 'a'"],
  ['type', 'param([semver] $Version)'],
  ['attribute', "param([ArgumentCompletions('a')] $A)"],
  ['attribute', "param([ValidateSet('a', ErrorMessage = 'no')] $A)"],
  ['attribute', "param([ValidateRange('Positive')] $A)"],
  ...[
    'ConvertFrom-Json -AsHashtable',
    'ConvertFrom-Json -Depth 9',
    'ConvertFrom-Json -NoEnumerate',
    'ConvertTo-Json -AsArray',
    'ForEach-Object -Parallel { 1 }',
    '% -Para { 1 }',
    'Get-Content a -AsByteStream',
    'Join-Path a b -AdditionalChildPath c',
    'Join-Path a b c',
    'Split-Path a -LeafBase',
    'Split-Path a -Extension',
    'Get-Date -AsUTC',
    'Sort-Object -Stable',
    'Sort-Object -Top 3',
    'Where-Object -Not A',
    'Invoke-WebRequest a -SkipCertificateCheck',
    'Get-Item a -ProgressAction Ignore',
    'Microsoft.PowerShell.Utility\\ConvertFrom-Json -AsHash',
  ].map((script) => ['parameter', script] as const),
  ...[
    '[System.IO.Path]::GetRelativePath(1, 2)',
    '[IO.Path]::TrimEndingDirectorySeparator(1)',
    '[IO.Path]::Join(1, 2)',
    '[Convert]::ToHexString($b)',
    '[System.Security.Cryptography.RandomNumberGenerator]::Fill($b)',
    '[System.Security.Cryptography.RandomNumberGenerator]::GetBytes(4)',
    '[System.Security.Cryptography.SHA256]::HashData($b)',
    '[Math]::Clamp(1, 2, 3)',
    '[Environment]::ProcessId',
    '[System.Text.Encoding]::Latin1',
    '[OperatingSystem]::IsWindows()',
    '[StringSplitOptions]::TrimEntries',
    '[Random]::Shared',
    '[System.IO.Pipes.PipeOptions]::CurrentUserOnly',
  ].map((script) => ['static-member', script] as const),
  ...[
    '$start.ArgumentList.Add(1)',
    '$process.WaitForExitAsync()',
    '$task.WaitAsync(5)',
    '$start.StandardInputEncoding = 1',
  ].map((script) => ['instance-member', script] as const),
  ...[
    '$process.Kill($true)',
    "$text.Contains('a', 5)",
    "$text.Replace('a', 'b', 5)",
    "$text.Split('ab')",
    "[string]::Join([char] 'a', 'b')",
    '$stream.ReadAsync($memory)',
    '$stream.WriteAsync([Memory[byte]] $b)',
    '$reader.ReadLineAsync($token)',
    "[System.IO.File]::Move('a', 'b', $true)",
    "[Enum]::TryParse([DayOfWeek], 'a', [ref] $x)",
  ].map((script) => ['overload', script] as const),
  ['parse-error', 'if (1) {'],
];

/** What may look suspicious and runs on 5.1. */
const GOOD: readonly string[] = [
  'if ((Get-Variable -Name IsWindows -ValueOnly -ErrorAction SilentlyContinue) -eq $false) { 1 }',
  "if ($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) { 1 }",
  "$unix = $PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows",
  "if ($PSVersionTable.PSEdition -eq 'Core') { 'x' | ConvertFrom-Json -AsHashtable; $process.Kill($true) }",
  "if ($PSVersionTable.PSEdition -eq 'Desktop') { 1 } else { $IsLinux }",
  "using namespace System.Text\nclass A { [int] $B; A() { $this.B = 0xFFL } [string] C() { return '`u{1}' } " +
    '}\nenum D { E }',
  '"a ``u{1} `n `t `"" + 1.5e3 + 10kb + 5d + 0xABCDEF',
  "'a' | ConvertFrom-Json | ConvertTo-Json -Depth 9 -Compress; Join-Path 'a' 'b'; Join-Path -Path a -ChildPath b " +
    '-Resolve; Split-Path a -Leaf; Select-Object -Skip 1; Resolve-Path a -Relative; Get-Date -Format u; ' +
    'Get-Content a -Raw -Encoding UTF8',
  "$text.Split(','); $text.Split([char[]] ',', 2); $text.Contains('a'); $text.Replace('a', 'b'); $process.Kill(); " +
    "$stream.ReadAsync($bytes, 0, 5); $start.Arguments = 'a'; [IO.Path]::Combine('a', 'b'); [string]::Join(',', 'a')",
  '[guid]::NewGuid(); [Math]::Max(1, 2); $generator = ' +
    '[System.Security.Cryptography.RandomNumberGenerator]::Create(); $generator.GetBytes($b); [OperatingSystem] $x',
  'param([ValidateRange(1, 5)] $A)',
  'Get-Item a 2>$null; & { 1 }',
];

powershellSuite('what Windows PowerShell 5.1 cannot parse or run', (engine) => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'configmgrsync-samples-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function check(scripts: readonly string[], name = (at: number) => `s${at}.ps1`): Promise<Incompatibility[][]> {
    const files = scripts.map((_, at) => name(at));
    await Promise.all(scripts.map((script, at) => writeFile(join(folder, files[at]!), script)));
    const found = await findIncompatibilities(engine(), folder, files);
    return files.map((file) => found.filter((finding) => finding.file === file));
  }

  it('is not in the scripts of this repository', async () => {
    const root = repositoryRoot();
    const found = await findIncompatibilities(engine(), root, await shippedScripts(root));
    expect(found.map((f) => `${f.file}:${f.line} ${f.rule}: ${f.text}`)).to.deep.equal([]);
  });

  it('is found in every bad sample', async () => {
    const samples = BAD.filter(([, , syntaxOf7]) => syntaxOf7 !== true || engine().kind !== 'windows-powershell');
    const found = await check(samples.map(([, script]) => script));
    const wrong = samples.flatMap(([rule, script], at) =>
      found[at]!.some((f) => f.rule === rule) ? [] : [{ rule, script, found: found[at]!.map((f) => f.rule) }],
    );
    expect(wrong).to.deep.equal([]);
  });

  it('is not seen in scripts that 5.1 runs', async () => {
    const found = await check(GOOD);
    expect(found.flat().map((f) => `${GOOD[Number(f.file.slice(1, -4))] ?? ''}: ${f.rule} ${f.text}`)).to.deep.equal(
      [],
    );
  });

  it('names file, line and text, also inside a format file', async () => {
    const [script] = await check(["'fine'\n'fine'\n  $IsWindows  "]);
    expect(script).to.deep.equal([{ file: 's0.ps1', line: 3, rule: 'platform-variable', text: '$IsWindows' }]);
    const [format] = await check(
      ['<a>\n<ScriptBlock>1 +\n $_.Kill($true) -or "&lt;" -eq "a"</ScriptBlock>\n</a>'],
      () => 'x.ps1xml',
    );
    expect(format).to.deep.equal([{ file: 'x.ps1xml', line: 3, rule: 'overload', text: '$_.Kill($true)' }]);
  });

  it('wants a byte order mark where a script is not ASCII', async () => {
    const [bare, marked] = await check(["'a'\n'caf\u00e9'", "\ufeff'caf\u00e9'"]);
    expect(bare).to.deep.equal([{ file: 's0.ps1', line: 2, rule: 'non-ascii-without-bom', text: "'caf\u00e9'" }]);
    expect(marked).to.deep.equal([]);
  });
});
