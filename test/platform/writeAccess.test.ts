import { expect } from 'chai';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { inheritedAccess } from '../../server/platform/accounts/windowsAccess.js';
import { quoted } from '../cmdlets/fakeSession.js';
import { jsonInSession, powershellSuite } from '../powershell/powershellEngine.js';

const system = join(packageFolder(), 'cmdlets', 'system');

/** A site with a file, a kept file and two folders, and what opens them: each test says what is found by then. */
const start = `. ${quoted(join(system, 'Write-CMSyncAccess.ps1'))}
$site = Join-Path ([IO.Path]::GetTempPath()) "cmsync-write-$PID-$([guid]::NewGuid())"
foreach ($name in 'Logs', 'Transfer') { $null = New-Item -ItemType Directory -Path (Join-Path $site $name) }
foreach ($name in 'site.json', 'kept.json', 'Logs/engine.log') {
    $null = New-Item -ItemType File -Path (Join-Path $site $name)
}
$done = New-Object System.Collections.ArrayList
$found = @{}
$open = {
    param($Path, $WithOwner)
    $name = $Path.Substring($site.Length).Trim('/')
    $now = $found[$name]
    if ($now.Missing) { throw (New-Object System.ComponentModel.Win32Exception $now.Missing) }
    $file = [pscustomobject]@{
        Name = $name; WithOwner = $WithOwner; IsFolder = Test-Path -LiteralPath $Path -PathType Container
        IsLink = [bool] $now.IsLink; Names = 1 + [int] $now.More
        FinalPath = $(if ($now.Final) { $now.Final } else { $Path })
        Later = [int] $now.Later
    }
    $file | Add-Member ScriptMethod Write {
        [void] $done.Add("$($this.Name) $($args[0]) $($this.WithOwner)".Trim())
        $this.Names += $this.Later
    }
    $file | Add-Member -PassThru ScriptMethod Dispose { [void] $done.Add('closed') }
}
$tree = @{ path = $site; sddl = 'O:BAD:S'; keeps = @('kept.json'); below = @{ folder = 'O:BAD:F'; file = 'O:BAD:I' } }
$try = {
    param($Items)
    $done.Clear()
    $given = @{ items = @($Items) }
    $refused = try { Write-CMSyncAccess $given -Open $open | ForEach-Object { $_ } } catch { @{ error = [string] $_ } }
    $told = $refused | ForEach-Object { "$($_.path)$($_.error) $($_.reason)".Replace("$site/", '').Trim() }
    $closed = @($done -eq 'closed').Count
    @{ set = @($done | Where-Object { $_ -ne 'closed' }); closed = $closed; refused = @($told | Where-Object { $_ }) }
}
`;
const end = '\nRemove-Item -Recurse -Force -LiteralPath $site\nConvertTo-Json -Compress -Depth 5 -InputObject $said';

interface Said {
  readonly set: readonly string[];
  readonly closed: number;
  readonly refused: readonly string[];
}

describe('platform: what is inherited', () => {
  it('is given as text of each file and folder', () => {
    const { folder, file } = inheritedAccess('O:BAD:PAI(A;OICI;FA;;;S-1-5-18)(A;OICI;0x1200a9;;;S-1-5-21-7)');
    expect(folder).to.equal('O:BAD:AI(A;OICIID;FA;;;S-1-5-18)(A;OICIID;0x1200a9;;;S-1-5-21-7)');
    expect(file).to.equal('O:BAD:AI(A;ID;FA;;;S-1-5-18)(A;ID;0x1200a9;;;S-1-5-21-7)');
  });
});

powershellSuite('platform: access lists of a tree', (engine) => {
  const said = async (script: string): Promise<readonly Said[]> =>
    jsonInSession<readonly Said[]>(engine(), `${start}${script}${end}`);

  it('are set of what was opened, from the top down, each closed again', async () => {
    const [all, other] = await said(`$said = @((& $try $tree), (& $try @{ path = "$site/Logs"; sddl = 'D:P' }))`);
    expect(all?.set[0]).to.equal('O:BAD:S True');
    expect([...(all?.set ?? [])].sort()).to.deep.equal([
      'Logs O:BAD:F True',
      'Logs/engine.log O:BAD:I True',
      'O:BAD:S True',
      'Transfer O:BAD:F True',
      'site.json O:BAD:I True',
    ]);
    expect([all?.closed, all?.refused]).to.deep.equal([5, []]);
    expect(other?.set).to.deep.equal(['Logs D:P False']);
  });

  it('are not set of what was put in the place of a listed name: a link, another folder, a second name', async () => {
    const [found] = await said(`$found['Logs'] = @{ IsLink = $true }
$found['Transfer'] = @{ Final = 'C:\\Windows' }
$found['site.json'] = @{ More = 1 }
$said = , (& $try $tree)`);
    expect(found?.set).to.deep.equal(['O:BAD:S True']);
    expect([...(found?.refused ?? [])].sort()).to.deep.equal([
      'Logs it is a link that points elsewhere',
      'Transfer it leads to C:\\Windows',
      'site.json the file has a second hard link elsewhere',
    ]);
    expect(found?.closed).to.equal(4);
  });

  it('are looked at again: a name that came while one was set is told, and nothing more follows', async () => {
    const [found] = await said(`$found['Logs/engine.log'] = @{ Later = 1 }
$said = , (& $try @($tree, @{ path = "$site/Transfer"; sddl = 'D:P' }))`);
    expect(found?.refused).to.deep.equal(['Logs/engine.log the file has a second hard link elsewhere']);
    expect(found?.set).not.to.include('Transfer D:P False');
  });

  it('end at a first one that is a link, pass over what has gone, and tell what the system says', async () => {
    const [first, gone, shut] = await said(`$found[''] = @{ IsLink = $true }
$one = & $try @(@{ path = $site; sddl = 'D:P' }, @{ path = "$site/Logs"; sddl = 'D:P' })
$found.Clear(); $found['site.json'] = @{ Missing = 2 }
$two = & $try $tree
$found['site.json'] = @{ Missing = 5 }
$said = @($one, $two, (& $try $tree))`);
    expect([first?.set, first?.refused.length]).to.deep.equal([[], 1]);
    expect([gone?.set.length, gone?.refused]).to.deep.equal([4, []]);
    expect(shut?.refused).to.have.length(1);
  });
});
