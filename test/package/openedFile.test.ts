import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { quoted } from '../cmdlets/fakeSession.js';
import { powershellSuite, repositoryRoot, runPowerShellJson } from '../powershell/powershellEngine.js';
import { compiledOnce } from './compiledOnce.js';

const script = join(repositoryRoot(), 'cmdlets', 'system', 'Open-CMSyncFile.ps1');
const project = join(repositoryRoot(), 'server', 'bootstrap', 'package', 'CMSyncOpenedFile.csproj');

powershellSuite('package: the compiled class that sets access lists', (engine) => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'configmgrsync-opened-'));
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  /** Writes the script, so that its class can be compiled or not. */
  const put = (name: string, isWhole: boolean): string => {
    const text = readFileSync(script, 'utf8');
    writeFileSync(join(copy, name), isWhole ? text : text.replace('using System;', 'nothing'));
    return join(copy, name);
  };

  /** Where the class came from with each of the files, and how far it got: Windows is not here. */
  const opened = async (...files: readonly string[]): Promise<readonly string[]> =>
    runPowerShellJson<readonly string[]>(
      engine(),
      `$said = foreach ($file in ${files.map(quoted).join(', ')}) {
    . $file
    try { Open-CMSyncFile -Path '/x' } catch { "$($_.Exception.Message) $($_.Exception.GetBaseException().StackTrace)" }
    [string] ('CMSyncOpenedFile' -as [type]).Assembly.Location
}
ConvertTo-Json -Compress -InputObject @($said)`,
    );

  it('is taken where it lies beside the script, and nothing is compiled', async function () {
    this.timeout(600_000);
    const { folder, failure } = await compiledOnce('compileOpenedFile', [script, project]);
    if (failure?.includes('not on this machine') === true) return this.skip();
    expect(failure).to.equal(undefined);
    cpSync(join(folder, 'cmdlets', 'system'), copy, { recursive: true });
    const [reached, place] = await opened(put('one.ps1', false));
    expect(place).to.equal(join(copy, 'CMSyncOpenedFile.dll'));
    expect(reached).to.contain('CMSyncOpenedFile.CreateFileW');
  });

  it('is compiled where it cannot be loaded; where that fails too, both reasons are said', async () => {
    writeFileSync(join(copy, 'CMSyncOpenedFile.dll'), 'no assembly');
    const [failed, none, reached, place] = await opened(put('one.ps1', false), put('two.ps1', true));
    expect([none, place]).to.deep.equal(['', '']);
    expect(failed).to.match(/CMSyncOpenedFile\.dll was not loaded: .+ .*Add type/i);
    expect(reached).to.contain('CMSyncOpenedFile.CreateFileW');
  });
});
