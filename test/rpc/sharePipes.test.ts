import { expect } from 'chai';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import type { ProgramCall, ProgramEnd } from '../../server/platform/runProgram.js';
import { pipeAccess } from '../../server/platform/accounts/windowsAccess.js';
import { sharePipes } from '../../server/rpc/sharePipes.js';
import { quoted } from '../cmdlets/fakeSession.js';
import { jsonInSession, powershellSuite } from '../powershell/powershellEngine.js';
import {
  ADMINISTRATORS,
  allow,
  answered,
  FULL,
  ME,
  OPERATOR,
  READ,
  STRANGER,
  SYSTEM,
  WindowsAccounts,
} from '../fixtures/windowsAccounts.js';

const base = `(A;;FA;;;${SYSTEM})(A;;FA;;;${ADMINISTRATORS})`;

describe('rpc: who opens the pipe of an engine on Windows', () => {
  const site = { path: 'C:\\Sites\\ABC', operators: ['CONTOSO\\ops', 'CONTOSO\\nobody'] };
  const pipes = ['\\\\.\\pipe\\one', '\\\\.\\pipe\\two'];
  const given: unknown[] = [];
  let answer: ProgramEnd;
  const machine = new WindowsAccounts();
  const run = async (call: ProgramCall): Promise<ProgramEnd> => {
    if (call.args.at(-1) !== 'Write-CMSyncPipeAccess') return Promise.resolve(machine.answer(call) ?? answer);
    given.push(JSON.parse(call.input ?? ''));
    return Promise.resolve(answer);
  };
  beforeEach(() => {
    given.length = 0;
    answer = answered(null);
    machine.found.clear();
  });

  it('is who has full control of the folder, and its operators, and nobody else', async () => {
    const monitor = 'S-1-5-21-7-7-7-1010';
    const denied = { ...allow(STRANGER, FULL), isAllowed: false };
    const entries = [allow(SYSTEM, FULL), allow(ME, FULL), allow(OPERATOR, READ), allow(STRANGER, FULL, true), denied];
    entries.push(allow(monitor, READ), allow('S-1-1-0', FULL));
    machine.found.set(site.path, { entries });
    expect(await sharePipes(site, pipes, { env: {}, run })).to.equal(undefined);
    expect(given).to.deep.equal([
      { pipes: ['one', 'two'], sddl: `D:P${base}(A;;0x12019f;;;${ME})(A;;0x12019f;;;${OPERATOR})` },
    ]);
    expect(await sharePipes({ ...site, operators: [] }, pipes, { env: {}, run })).to.equal(undefined);
    expect(given[1]).to.deep.equal({ pipes: ['one', 'two'], sddl: `D:P${base}(A;;0x12019f;;;${ME})` });
    expect(pipeAccess([], [OPERATOR])).to.equal(`D:P${base}`);
  });

  it('is administrators alone where that is not done, and the log says so', async () => {
    answer = { code: 1, stdout: '{"error":"The pipe is busy."}', stderr: '' };
    const said = await sharePipes(site, pipes, { env: {}, run });
    expect(said).to.contain('Only administrators').and.to.contain('is busy)');
    machine.found.set(site.path, { entries: undefined, reason: 'Access is denied.' });
    expect(await sharePipes(site, pipes, { env: {}, run })).to.contain('Access is denied');
    expect(given).to.have.length(1);
  });
});

powershellSuite('rpc: the list of a pipe', (engine) => {
  it('is set through a connection in which the other end cannot act for this one', async () => {
    const script = `. ${quoted(join(packageFolder(), 'cmdlets', 'system', 'Write-CMSyncPipeAccess.ps1'))}
$done = New-Object System.Collections.ArrayList
function New-Object {
    param($TypeName, $ArgumentList)
    [void] $done.Add("$TypeName $($ArgumentList -join ',')".Trim())
    $made = [pscustomobject]@{ Name = @($ArgumentList)[1] }
    $made | Add-Member ScriptMethod SetSecurityDescriptorSddlForm { [void] $done.Add("list $($args -join ',')") }
    $made | Add-Member ScriptMethod Connect { [void] $done.Add("connect $($args[0])") }
    $made | Add-Member ScriptMethod Dispose { [void] $done.Add('dispose') }
    $made | Add-Member -PassThru ScriptMethod SetAccessControl {
        if ($this.Name -eq 'bad') { throw 'no' }
        [void] $done.Add('set')
    }
}
Write-CMSyncPipeAccess @{ pipes = @('one'); sddl = 'D:P' }
try { Write-CMSyncPipeAccess @{ pipes = @('bad'); sddl = 'D:P' } } catch { [void] $done.Add('told') }
ConvertTo-Json -Compress -InputObject $done`;
    const pipe = (name: string): string =>
      `System.IO.Pipes.NamedPipeClientStream .,${name},ReadWrite, ChangePermissions,None,Identification,None`;
    const list = ['System.IO.Pipes.PipeSecurity', 'list D:P,Access'];
    expect(await jsonInSession(engine(), script)).to.deep.equal([
      ...[...list, pipe('one'), 'connect 5000', 'set', 'dispose'],
      ...[...list, pipe('bad'), 'connect 5000', 'dispose', 'told'],
    ]);
  });
});
