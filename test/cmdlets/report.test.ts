import { expect } from 'chai';
import { join } from 'node:path';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, quoted, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Export-CMSyncReport', (engine) => {
  it('writes the form that the name says, over a file only with -Force, and warns of what is missing', () =>
    withFake('', async (fake) => {
      const none = join(fake.folder, 'none');
      const script = `$folder = ${quoted(fake.folder)}
$at = { param($name) Join-Path $folder $name }
$WarningPreference = 'SilentlyContinue'
$files = 'a.html', 'b.csv', 'c.json', 'd.txt', 'e' |
  ForEach-Object { Export-CMSyncReport (& $at $_) -WarningVariable warned }
$refused = try { Export-CMSyncReport (& $at 'e') -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
$folderless = try { Export-CMSyncReport (& $at 'none/a.html') -ErrorAction Stop } catch { $_.Exception.Message }
$since = [datetime]::new(2026, 11, 1, 0, 0, 0, [DateTimeKind]::Utc)
$null = Export-CMSyncReport (& $at 'e') -Format Csv -Since $since -Force
$shown = $files[0] | Format-Table | Out-String -Width 200
[ordered]@{ shown = $shown -match " $($files[0].Length) +a\\.html"
texts = @($files | ForEach-Object { [System.IO.File]::ReadAllText($_.FullName) })
refused = $refused; folderless = $folderless; warned = [string] $warned } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        shown: true,
        texts: ['Html', 'Csv', 'Json', 'Text', 'Csv'].map((format) => `report in ${format}\n`),
        folderless: `Writing ${join(none, 'a.html')} failed: there is no folder ${none}.`,
        refused: 'PackageExists,Export-CMSyncReport',
        warned: 'Something is missing.',
      });
      const asked = fake.notes('report/get').map(({ value }) => value as { since: string; format: string });
      expect(asked.at(-1)).to.deep.equal({ since: '2026-11-01T00:00:00.000Z', format: 'Csv' });
    }));
});
