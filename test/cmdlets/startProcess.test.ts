import { expect } from 'chai';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { jsonInSession, powershellSuite } from '../powershell/powershellEngine.js';
import { quoted } from './fakeSession.js';

const file = join(packageFolder(), 'cmdlets', 'private', 'connection', 'Start-CMSyncProcess.ps1');

powershellSuite('cmdlets: the process of a session', (engine) => {
  it('starts with an encoding without a mark, which is put back, and where no console has one', async () => {
    const script = `. ${quoted(file)}
$start = New-Object -TypeName System.Diagnostics.ProcessStartInfo -ArgumentList ${quoted(process.execPath)}, '-v'
$start.RedirectStandardOutput = $true
$start.UseShellExecute = $false
$seen = New-Object -TypeName System.Collections.ArrayList
$marks = { param($Encoding) [void] $seen.Add($Encoding.GetPreamble().Length) }
$none = { param($Encoding) & $marks $Encoding; throw 'The handle is invalid.' }
$said = @(foreach ($way in $marks, $none) {
        $seen.Clear()
        $process = Start-CMSyncProcess -StartInfo $start -Found (New-Object Text.UTF8Encoding $true) -Set $way
        $process.WaitForExit()
        "$($process.ExitCode): $($seen -join ' ')"
    })
ConvertTo-Json -Compress -InputObject $said`;
    expect(await jsonInSession(engine(), script)).to.deep.equal(['0: 0 3', '0: 0']);
  });
});
