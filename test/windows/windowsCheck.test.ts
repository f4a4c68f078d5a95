import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { quoted } from '../cmdlets/fakeSession.js';
import { writeEngineRecord } from '../../server/rpc/enginePlace.js';
import { jsonInSession, powershellSuite } from '../powershell/powershellEngine.js';
import { caughtFrom } from '../rpc/caught.js';
import { fakeEngineSite } from '../rpc/fakeEngineSite.js';

type VerifyCommand = (
  words: readonly string[],
  system: { platform: string; script: string; windowsPowerShell: string },
) => { program?: string; args?: readonly string[]; problem?: string; needsProgram?: boolean };

const folder = join(packageFolder(), 'test', 'windows');
const load = (...names: readonly string[]): string =>
  names.map((name) => `. ${quoted(join(folder, `${name}.ps1`))}\n`).join('');

describe('bootstrap: npm run verify', () => {
  let verify: VerifyCommand;
  before(async () => {
    const file = join(packageFolder(), 'server', 'bootstrap', 'verifyCommand.mjs');
    verify = ((await import(pathToFileURL(file).href)) as { verifyCommand: VerifyCommand }).verifyCommand;
  });
  const on = (platform: string, ...words: readonly string[]): ReturnType<VerifyCommand> =>
    verify(words, { platform, script: 's.ps1', windowsPowerShell: 'powershell.exe' });

  it('starts the checks in Windows PowerShell, or PowerShell 7, and elsewhere shows them', () => {
    expect(on('win32', '--windows')).to.deep.equal({
      program: 'powershell.exe',
      args: ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', 's.ps1'],
      needsProgram: true,
    });
    expect(on('win32', '--windows', '--pwsh', '--report', '--x.json').args?.slice(-2)).to.deep.equal([
      '-Report',
      '--x.json',
    ]);
    for (const preview of ['--what-if', '-WhatIf'])
      expect(on('linux', '--windows', preview)).to.deep.include({ program: 'pwsh', needsProgram: false });
  });

  it('says what is wrong', () => {
    expect(on('linux', '--windows').problem).to.contain('need Windows');
    expect(on('win32').problem).to.contain('--windows');
    expect(on('win32', '--windows', '--nonsense').problem).to.contain('--nonsense');
    expect(on('win32', '--windows', '--report').problem).to.contain('needs a file');
    for (const word of ['-What-If', 'whatif'])
      expect(on('win32', '--windows', word).problem).to.contain(`${word} is not`);
  });
});

powershellSuite('windows: the checks that wait for somebody with Windows', (engine) => {
  it('have numbers in their order, a session, and an expectation that is a pattern', async () => {
    const lists = ['Check', 'AccountCheck', 'AccessCheck', 'FileCheck'].map((name) => `Get-Windows${name}`);
    const script = `${load(...lists)}
ConvertTo-Json -Compress -InputObject @(Get-WindowsCheck | ForEach-Object {
        $bad = ('x' -match $_.Expected) -isnot [bool]
        @{ id = $_.Id; session = $_.Session; uses = [int] $_.Uses; kind = $_.Script.GetType().Name; bad = $bad }
    })`;
    const checks = await jsonInSession<
      readonly { id: number; session: string; uses: number; kind: string; bad: boolean }[]
    >(engine(), script);
    expect(checks.map(({ id }) => id)).to.deep.equal(checks.map((_, index) => index + 1));
    for (const { id, session, uses, kind, bad } of checks) {
      expect(['Elevated', 'Ordinary', 'Any'], String(id)).to.include(session);
      expect([kind, bad, uses < id], String(id)).to.deep.equal(['ScriptBlock', false, true]);
    }
  });

  it('say why one is not run', async () => {
    const script = `${load('Select-WindowsCheck')}
$of = {
    param($Session, $Uses, $Elevated, $Passed)
    $check = @{ Session = $Session; Uses = $Uses }
    "$(Select-WindowsCheck -Check $check -IsElevated $Elevated -Passed $Passed)"
}
$cases = ('Any', 0, $false, @()), ('Elevated', 0, $false, @()), ('Ordinary', 0, $true, @()), ('Any', 4, $true, @(1)),
    ('Any', 4, $true, @(1, 4))
ConvertTo-Json -Compress -InputObject @($cases | ForEach-Object { & $of $_[0] $_[1] $_[2] $_[3] })`;
    expect(await jsonInSession(engine(), script)).to.deep.equal([
      '',
      'it needs an elevated session',
      'it needs a session that is not elevated',
      'it needs check 4, which did not come out as expected',
      '',
    ]);
  });

  it('tell what came, an error too', async () => {
    const script = `${load('Measure-WindowsCheck')}
ConvertTo-Json -Compress -InputObject @('^same$', '^other$', 'x', 'tried' | ForEach-Object {
        $text = { 'same' }
        if ($_ -eq 'x') { $text = { throw 'broken' } }
        if ($_ -eq 'tried') { $text = { 'not tried: it is off' } }
        $result = Measure-WindowsCheck -Check @{ Id = 1; Title = 't'; Expected = $_; Script = $text }
        "$($result.Result) $($result.Came)"
    })`;
    expect(await jsonInSession(engine(), script)).to.deep.equal([
      'AsExpected same',
      'Different same',
      'Different broken: broken',
      'NotRun not tried: it is off',
    ]);
  });

  it('get what a program says, end an engine, serve its pipe, and take all away or say why not', async () => {
    const script = `${load('Invoke-CheckProgram', 'Stop-CheckEngine', 'Start-CheckOperator', 'Clear-WindowsCheck')}
$ErrorActionPreference = 'Stop'
$node = ${quoted(process.execPath)}
$said = @(Invoke-CheckProgram -Path $node -Argument '-e', 'console.log(1); console.error(2); process.exit(3)')
$said += [string] $LASTEXITCODE
$site = Join-Path ([IO.Path]::GetTempPath()) "cmsync-stop-$PID"
$null = New-Item -ItemType Directory -Path $site
Stop-CheckEngine -SitePath $site
$engine = Start-Process -FilePath $node -ArgumentList '-e', 'setInterval(()=>0,1000)' -PassThru
Set-Content -LiteralPath "$site/engine.json" -Value "{\`"processId\`":$($engine.Id)}"
Stop-CheckEngine -SitePath $site
$said += [string] $engine.HasExited
Set-Content -LiteralPath "$site/pipe.json" -Value '{"secret":"00"}'
Set-Content -LiteralPath "$site/engine.json" -Value "{\`"address\`":\`"$site/operator.sock\`"}"
$operator = Start-CheckOperator -SitePath $site -NodePath $node -SaidPath "$site/said.txt"
$said += Get-Content -LiteralPath "$site/said.txt"
Stop-Process -Id $operator.Id -Force
$clear = @{ Folder = $site; SitePath = "$site/T01"; NodePath = $node; MainPath = 'none' }
$said += & { function Remove-Item { throw 'it is held' }; Clear-WindowsCheck @clear }
$said += "$(Clear-WindowsCheck @clear)"
$said += [string] (Test-Path -LiteralPath $site)
ConvertTo-Json -Compress -InputObject $said`;
    const [both, ...more] = await jsonInSession<readonly string[]>(engine(), script);
    const cleared = ['it is held', '', 'False'];
    expect([(both ?? '').split('\n').sort(), ...more]).to.deep.equal([['1', '2'], '3', 'True', 'serves', ...cleared]);
  });

  it('serve the pipe of an engine as an operator could, and are refused', async function () {
    if (process.platform === 'win32') this.skip();
    const site = await fakeEngineSite();
    try {
      const address = join(site.home, 'operator.sock');
      await writeEngineRecord(site.site, { processId: process.pid, address, generation: 1, key: 'another' });
      const operator = spawn(process.execPath, [join(folder, 'operatorPipe.cjs'), site.site.path]);
      const said: string[] = [];
      operator.stdout.on('data', (chunk: Buffer) => said.push(String(chunk)));
      await once(operator.stdout, 'data');
      expect((await caughtFrom(site.client().request('site/get', {}))).errorId).to.equal('HelloRefused');
      operator.kill();
      await once(operator, 'close');
      expect(said.join('')).to.equal('serves\nasked hello\n');
    } finally {
      await site.remove();
    }
  });

  it('get what a script of another account says once it is whole, and name one that says nothing', async () => {
    const script = `${load('Write-CheckScript', 'Read-CheckResult')}
$folder = Join-Path ([IO.Path]::GetTempPath()) "cmsync-said-$PID"
$null = New-Item -ItemType Directory -Path $folder
$said = @(Read-CheckResult -Folder $folder -TimeoutSeconds 0)
& (Write-CheckScript -Folder $folder -Line '"one"', 'Write-Error two', 'try { throw "x" } catch { "three" }')
$said += Read-CheckResult -Folder $folder
$null = Write-CheckScript -Folder $folder -Line '"again"'
$said += [string] (Test-Path (Join-Path $folder 'result.txt'))
Remove-Item -Recurse -LiteralPath $folder
ConvertTo-Json -Compress -InputObject $said`;
    const [nothing, said, left] = await jsonInSession<readonly string[]>(engine(), script);
    expect(nothing).to.equal('the script said nothing within 0 s');
    expect(said).to.match(/^one[^]*two[^]*three$/);
    expect(left).to.equal('False');
  });

  it('read lists of tasks and of folders, in which accounts have numbers in every language', async () => {
    const script = `${load('Read-ListText', 'Get-AccountRight')}
$texts = 'O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;FR;;;AU)', 'O:BAD:P(A;;0x1f01ff;;;BA)(A;;0x120089;;;AU)',
    ('O:S-1-5-21-1-2-3-1001G:S-1-5-21-1-2-3-513D:AI(A;ID;0x1f019f;;;BA)(A;ID;0x1f019f;;;S-1-5-18)' +
        '(A;;FRFX;;;S-1-5-21-1-2-3-1001)'),
    'O:SYD:(A;;0x1200ab;;;AU)(A;;GRSD;;;S-1-5-21-1-2-3-1001)(D;;FA;;;BG)', ''
$entries = 'S-1-5-32-546 1245631', 'S-1-5-32-546 1179817', 'S-1-5-18 2032127' | ForEach-Object {
    $sid, $rights = $_ -split ' '
    [pscustomobject]@{ sid = $sid; rights = [long] $rights }
}
$item = [pscustomobject]@{ entries = @($entries) }
$shut = '{"reason":"Der Zugriff wurde verweigert."}' | ConvertFrom-Json
$said = @($texts | ForEach-Object { Read-ListText -Text $_ })
$said += @('S-1-5-32-546', 'S-1-5-32-545' | ForEach-Object { Get-AccountRight -Item $item -Sid $_ })
$said += Get-AccountRight -Item $shut -Sid 'S-1-5-18'
ConvertTo-Json -Compress -InputObject $said`;
    expect(await jsonInSession(engine(), script)).to.deep.equal([
      ...['BA 0', 'BA 0', 'S-1-5-21-1-2-3-1001 0', 'SY 2', 'nobody 0'],
      ...['1200A9,1301BF', 'none', 'Der Zugriff wurde verweigert.'],
    ]);
  });

  it('are taken away with the folder, a link without its target', async () => {
    const script = `${load('Clear-WindowsCheck', 'Stop-CheckEngine')}
$folder = Join-Path ([IO.Path]::GetTempPath()) "cmsync-clear-$PID"
$null = New-Item -ItemType Directory -Path "$folder/T01/Logs"
Clear-WindowsCheck -Folder $folder -SitePath "$folder/T01" -NodePath 'none' -MainPath 'none'
ConvertTo-Json -Compress -InputObject @((Test-Path $folder))`;
    expect(await jsonInSession(engine(), script)).to.deep.equal([false]);
  });
});
