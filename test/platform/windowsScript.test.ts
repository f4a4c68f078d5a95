import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { runProgram } from '../../server/platform/runProgram.js';
import { taskResultReason } from '../../server/platform/service/taskResult.js';
import { answerOf, scriptCall, withoutClixml, withoutModulePath } from '../../server/platform/windowsScript.js';
import { quoted } from '../cmdlets/fakeSession.js';
import { jsonInSession, powershellSuite } from '../powershell/powershellEngine.js';
import { fileArguments } from '../powershell/powershellProcess.js';

const folder = join(packageFolder(), 'cmdlets', 'system');
const entry = join(folder, 'Invoke-CMSyncSystemCall.ps1');

describe('platform: scripts of Windows PowerShell', () => {
  it('are files, by full path, with what varies on standard input only, in ASCII', () => {
    const given = { action: 'seal', value: 'pä$$"\u{1F600}' };
    const call = scriptCall({ name: 'Convert-CMSyncSecret', given }, { SystemRoot: 'D:\\Windows' });
    expect(call.command).to.equal('D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
    expect(call.args.slice(-3, -1)[0]).to.equal('-File');
    expect(call.args).not.to.include.members(['-EncodedCommand', '-Command']);
    expect(existsSync((call.args.at(-2) ?? '').replaceAll('\\', '/'))).to.equal(true);
    expect(call.args.join(' ')).not.to.contain('pä');
    expect(call.input).to.match(/^[\x20-\x7e]+$/);
    expect(JSON.parse(call.input ?? '')).to.deep.equal(given);
  });

  it('have no folders of modules of PowerShell 7, of which Windows PowerShell loads nothing', async () => {
    const { env } = scriptCall({ name: 'Read-CMSyncAccess', given: {} }, { Psmodulepath: 'C:\\7', SystemRoot: 'W' });
    expect(env).to.deep.equal({ SystemRoot: 'W' });
    const script = 'process.stdout.write(String(process.env.PSModulePath) + process.env.X)';
    const run = { command: process.execPath, args: ['-e', script] };
    expect((await runProgram({ ...run, env: withoutModulePath({ PSModulePath: '7', X: 'x' }) })).stdout).to.equal(
      'undefinedx',
    );
  });

  it('answer with a value or a reason; what stands before the line is passed over', () => {
    const said = (stdout: string, code = 0, stderr = ''): unknown => answerOf({ code, stdout, stderr });
    expect(said('\ufeffWARNUNG {"value":[1]}'.slice(9))).to.deep.equal({ value: [1] });
    expect(said('\ufeff{"value":"x"}\r\n')).to.deep.equal({ value: 'x' });
    expect(said('{"error":"Zugriff verweigert.\\r\\nAt line 1"}', 1)).to.deep.equal({
      reason: 'Zugriff verweigert. At line 1',
    });
    expect(said('secret!', 1)).to.deep.equal({ reason: 'it ended with exit code 1' });
    expect(said('', 127, 'spawn ENOENT')).to.deep.equal({ reason: 'spawn ENOENT' });
  });

  it('have the sentence of PowerShell for a reason where it does not load them, however wide the console is', () => {
    const reason = (lines: readonly string[]): unknown => answerOf({ code: 1, stdout: '', stderr: lines.join('\r\n') });
    const error = [
      '    + CategoryInfo          : SecurityError: (:) [], ParentContainsErrorRecordException',
      '    + FullyQualifiedErrorId : UnauthorizedAccess',
      '',
    ];
    const said = ['File C:\\x.ps1 cannot be loaded. The file C:\\x.ps1 is not digitally', 'signed. You cannot run it.'];
    expect(reason(['', ...said, 'At line:1 char:1', '+ & x', ...error])).to.deep.equal({
      reason: said.join(' ').slice(0, -1),
    });
    expect(reason([...said, ...error])).to.deep.equal({ reason: said.join(' ').slice(0, -1) });
    expect(reason(error)).to.deep.equal({ reason: 'it ended with exit code 1' });
  });

  it('have a readable reason where PowerShell itself speaks XML', () => {
    const clixml =
      '#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">' +
      '<S S="Error">File C:\\x.ps1 cannot be loaded &lt;policy&gt;._x000D__x000A_</S>' +
      '<S S="Error">At line:1_x000D_</S>' +
      '<Obj S="progress" RefId="0"><MS><S N="Record">Preparing modules for first use.</S></MS></Obj></Objs>';
    expect(withoutClixml(clixml)).to.equal('File C:\\x.ps1 cannot be loaded <policy>.');
    expect(withoutClixml('plain')).to.equal('plain');
    expect(answerOf({ code: 1, stdout: '', stderr: clixml })).to.deep.equal({
      reason: 'File C:\\x.ps1 cannot be loaded <policy>',
    });
  });

  it('name the results of a task that did not start', () => {
    expect(taskResultReason(0x80070569)).to.contain('Log on as a batch job');
    expect(taskResultReason(0x80070520 | 0)).to.contain('stored passwords');
    expect(taskResultReason(0x8007ffff)).to.equal('the last result of the task is 0x8007FFFF');
    // The last: the trigger of every five minutes found it running.
    for (const harmless of [0, 0x41303, 0x41301, 75, 0x800710e0, 0x800710e0 | 0])
      expect(taskResultReason(harmless), String(harmless)).to.equal(undefined);
  });
});

powershellSuite('platform: the entry of the scripts', (engine) => {
  it('reads JSON with a mark before it, and answers in one ASCII line with what came', async () => {
    const { command } = engine();
    const input = '\ufeff{"path":"/no/such/M\\u00fcller"}';
    const end = await runProgram({ command, args: fileArguments(engine(), entry, ['Read-CMSyncVoucher']), input });
    expect([end.code, /^[\x20-\x7e]+$/.test(end.stdout)]).to.deep.equal([1, true]);
    const answer = answerOf(end);
    expect('reason' in answer && answer.reason)
      .to.contain('/no/such/Müller')
      .and.not.to.contain('Exception calling');
  });

  it('names each function of its folder, which has one in each file', async () => {
    const others = ['Invoke-CMSyncSystemCall.ps1', 'Open-CMSyncFile.ps1'];
    const isCalled = (file: string): boolean => !others.includes(file);
    const files = readdirSync(folder).filter(isCalled);
    const script = `$folder = ${quoted(folder)}
$entry = Get-Command -Name (Join-Path $folder 'Invoke-CMSyncSystemCall.ps1')
$set = $entry.Parameters['Function'].Attributes | Where-Object { $_ -is [ValidateSet] }
$named = @($set.ValidValues)
$files = Get-ChildItem -LiteralPath $folder | Where-Object { $_.Name -notmatch '^(Invoke-CMSyncSystem|Open-)' }
$made = @($files | ForEach-Object {
        . $_.FullName
        (Get-Command -Name $_.BaseName -CommandType Function).Name
    })
ConvertTo-Json -Compress @{ named = @($named | Sort-Object); made = @($made | Sort-Object) }`;
    const names = files.map((file) => file.replace('.ps1', '')).sort();
    expect(await jsonInSession(engine(), script)).to.deep.equal({ named: names, made: names });
  });

  it('resolves accounts one by one, so that a bad one does not stop the others', async () => {
    const script = `. ${quoted(join(folder, 'Resolve-CMSyncAccount.ps1'))}
ConvertTo-Json -Compress -InputObject (Resolve-CMSyncAccount @{ accounts = @('no\\such', 'S-1-x') })`;
    const found = await jsonInSession<readonly object[]>(engine(), script);
    expect(found).to.have.length(2);
    for (const one of found) expect(one).to.have.property('reason').that.is.a('string');
  });

  it('give the folder of the tasks and then the task to administrators, and name an owner that stays', async () => {
    const script = `. ${quoted(join(folder, 'Invoke-CMSyncTask.ps1'))}
function Get-Place {
    param($Path, $Owner)
    $place = [pscustomobject]@{ Path = $Path; Owner = $Owner; Task = $null }
    $place | Add-Member ScriptMethod SetSecurityDescriptor {
        $script:set += "$($this.Path) $($args -join ' ')"
        if (-not $this.Owner) { $this.Owner = $args[0] }
    }
    $place | Add-Member ScriptMethod GetSecurityDescriptor { $this.Owner }
    $place | Add-Member -PassThru ScriptMethod GetTask { $script:set += "task $($args[0])"; $this.Task }
}
function Protect-Fake {
    param($Owner)
    $script:set = @()
    $tasks = Get-Place '\\ConfigMgrSync' $Owner
    $tasks.Task = Get-Place '\\ConfigMgrSync\\ABC' ''
    function New-Object {
        $service = [pscustomobject]@{ Folder = $tasks } | Add-Member -PassThru ScriptMethod Connect { }
        $service | Add-Member -PassThru ScriptMethod GetFolder { $script:set += "folder $($args[0])"; $this.Folder }
    }
    $given = @{ action = 'Protect'; folder = '\\ConfigMgrSync\\'; name = 'ABC' }
    $given += @{ folderList = 'O:BAG:BAF'; taskList = 'O:BAT' }
    try { Invoke-CMSyncTask $given } catch { $script:set += [string] $_ }
    , $script:set
}
ConvertTo-Json -Compress -InputObject @((Protect-Fake ''), (Protect-Fake 'O:S-1-5-21-7'))`;
    const steps = ['folder \\ConfigMgrSync', '\\ConfigMgrSync O:BAG:BAF 0', 'task ABC', '\\ConfigMgrSync\\ABC O:BAT 0'];
    expect(await jsonInSession(engine(), script)).to.deep.equal([
      steps,
      [...steps, '\\ConfigMgrSync still belongs to S-1-5-21-7.'],
    ]);
  });
});
