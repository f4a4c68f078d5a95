import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import type { FakeSession } from './fakeSession.js';
import { jsonOf, quoted, withFake } from './fakeSession.js';

const NAMES = {
  Product: ['Windows 10', 'Windows 11', "O'Hara \u00e9dition"],
  ProductFamily: ['Windows'],
  Company: ['Microsoft', 'Local Publisher'],
  UpdateClassification: ['Security Updates', 'Upgrades'],
  Language: ['English'],
  SoftwareUpdatePoint: ['sup1.contoso.com'],
  ArticleId: ['5034441', '5034442'],
};

/** A root with two sites; the fake engine notes when anything is asked of it. */
function sites(fake: FakeSession): string {
  for (const [code, found] of [
    ['ABC', NAMES],
    [
      'XYZ',
      {
        ...NAMES,
        Product: ['Office', 'Visio'],
        Subscribed: ['Product:Office', 'Company:Office'],
        Run: [{ Id: 12, State: 'Succeeded', StartTime: '2026-11-30T03:20:54.000Z' }],
      },
    ],
  ] as const) {
    mkdirSync(join(fake.folder, 'sites', code), { recursive: true });
    writeFileSync(join(fake.folder, 'sites', code, 'site.json'), '{}');
    writeFileSync(join(fake.folder, 'sites', code, 'completion.json'), JSON.stringify({ SiteCode: code, ...found }));
  }
  return (
    `$env:CONFIGMGRSYNC_HOME = ${quoted(join(fake.folder, 'sites'))}
function Complete($line) { @((TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches | ` +
    `ForEach-Object CompletionText) }
`
  );
}

powershellSuite('cmdlets: completion', (engine) => {
  it('gives the names of the site, quoted where that is needed, and starts no engine', () =>
    withFake('', async (fake) => {
      const lines = [
        ['Set-CMSoftwareUpdatePointComponent -SiteCode ABC -AddProduct win', ["'Windows 10'", "'Windows 11'"]],
        ["Set-CMSoftwareUpdatePointComponent -SiteCode ABC -AddProduct 'Windows 10', hara", ["'O''Hara \u00e9dition'"]],
        ['Set-CMSoftwareUpdatePointComponent -SiteCode ABC -SetProduct hara', ["'O''Hara \u00e9dition'"]],
        ['Set-CMSoftwareUpdatePointComponent -SiteCode XYZ -RemoveProduct ', ['Office']],
        ['Set-CMSoftwareUpdatePointComponent -SiteCode ABC -AddProduct w*1', ["'Windows 10'", "'Windows 11'"]],
        ['Set-CMSoftwareUpdatePointComponent -AddUpdateClassification up', ['Upgrades', "'Security Updates'"]],
        ['Set-CMSoftwareUpdatePointComponent -AddLanguageUpdateFile ', ['English']],
        ['Get-CMSoftwareUpdate -ArticleId 50344', ['5034441', '5034442']],
        ['Get-CMSoftwareUpdate -Vendor mic', ['Microsoft']],
        ['Get-CMSoftwareUpdateCategory -TypeName Company -Name ', ['Microsoft', "'Local Publisher'"]],
        ['Get-CMSyncRun -SiteCode XYZ -Id ', ['12']],
        ['Get-CMSyncChange -SiteCode XYZ -Run 1', ['12']],
        ['Get-CMSoftwareUpdate -Classification secu', ["'Security Updates'"]],
        ['Connect-CMSyncSite -SiteCode ', ['ABC', 'XYZ']],
      ] as const;
      const script =
        `${sites(fake)}ConvertTo-Json -Compress -Depth 3 ` +
        `@(${lines.map(([line]) => `, @(Complete ${quoted(line)})`).join('\n')})`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(lines.map(([, found]) => found));
      expect(fake.notes('hello')).to.deep.equal([]);
    }));

  it('works on every parameter of every command that names such a thing', () =>
    withFake('', async (fake) => {
      const script =
        `${sites(fake)}$bad = foreach ($command in Get-Command -Module ConfigMgrSync) {
  foreach ($name in $command.Parameters.Keys) {
    if ($name -notmatch (` +
        `'^(Add|Remove|Set)?(Product|ProductFamily|Company|UpdateClassification)$|SiteCode$|^ArticleId$|' +
         '^CategoryName$|^Vendor$|^SiteSystemServerName$|Language(SummaryDetail|UpdateFile)$')) { continue }
    if ($command.Name -eq 'New-CMSyncSite') { continue }
    $found = Complete "$($command.Name) -$name "
    if (-not ($found -match '^(ABC|XYZ|Office|.Windows ` +
        `10.|Windows|Microsoft|Upgrades|English|sup1.contoso.com|5034441|.Security Updates.)$')) { ` +
        `"$($command.Name) -$name" }
  }
}
ConvertTo-Json -Compress @($bad)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([]);
    }));

  it('completes nothing of ours without sites, or from a file that is broken', () =>
    withFake('', async (fake) => {
      const script =
        `${sites(fake)}Set-Content -LiteralPath (Join-Path $env:CONFIGMGRSYNC_HOME ` +
        `'ABC/completion.json') -Value '{'
$broken = @(Complete 'Set-CMSoftwareUpdatePointComponent -AddProduct ')
$env:CONFIGMGRSYNC_HOME = Join-Path $env:CONFIGMGRSYNC_HOME 'none'
$none = @(Complete 'Connect-CMSyncSite -SiteCode A' | Where-Object { $_ -eq 'ABC' })
ConvertTo-Json -Compress @($broken.Count, $broken[0], $none.Count)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([2, 'Office', 0]);
    }));
});
