import { expect } from 'chai';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../server/contract/generated/types.js';
import { removeHome } from '../fixtures/removeHome.js';
import { powershellSuite, jsonInSession } from '../powershell/powershellEngine.js';
import { GatedUpstream } from '../process/GatedUpstream.js';
import { errorsOf, IMPORT_MODULE_JSON, jsonOf, quoted, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Set-CMSoftwareUpdate asks the engine', (engine) => {
  const sent = (value: Readonly<Record<string, unknown>>): object =>
    Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'requestId'));

  it('by id, by name, by objects fresh and from a file, with the names that scripts use', () =>
    withFake('', async (fake) => {
      const script = `Set-CMSoftwareUpdate -Id 16777300 -CustomSeverity None
Set-CMSoftwareUpdate -CI_ID ' 5 ' -MaximumExecutionMinutes 10
Set-CMSoftwareUpdate -LocalizedDisplayName 'KB[1]*' -CustomSeverity Critical
Set-CMSoftwareUpdate -Name 'KB*' -ForceWildcardHandling -MaximumExecutionMins 60
$updates = @(Get-CMSoftwareUpdate -Fast)
$saved = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($updates))
$updates[0] | Set-CMSoftwareUpdate -CustomSeverity Low
$saved | Set-CMSoftwareUpdate -CustomSeverity Moderate -MaximumExecutionMins 20
$updates | Set-CMSoftwareUpdate -CustomSeverity Important -WhatIf 3> $null
@() | Set-CMSoftwareUpdate -CustomSeverity Important
$saved[0].PSObject.TypeNames[0] | ConvertTo-Json`;
      expect(await jsonOf(engine(), fake, `$CMPSSuppressFastNotUsedCheck = $true\n${script}`)).to.equal(
        'Deserialized.IResultObject#SMS_SoftwareUpdate',
      );
      expect(fake.notes('update/set').map(({ value }) => sent(value))).to.deep.equal([
        { ciIds: [16_777_300], customSeverity: 'None' },
        { ciIds: [5], maximumExecutionMins: 10 },
        { name: 'KB[1]*', customSeverity: 'Critical', wildcard: false },
        { name: 'KB*', maximumExecutionMins: 60, wildcard: true },
        { ciIds: [1], customSeverity: 'Low' },
        { ciIds: [1, 2, 3], customSeverity: 'Moderate', maximumExecutionMins: 20 },
      ]);
    }));

  it('in groups of 500', () =>
    withFake('updates=1200', async (fake) => {
      await jsonOf(engine(), fake, "Get-CMSoftwareUpdate -Fast | Set-CMSoftwareUpdate -CustomSeverity Low; '1'");
      const groups = fake.notes('update/set').map(({ value }) => value['ciIds'] as number[]);
      expect(groups.map((ids) => [ids.length, ids[0], ids.at(-1)])).to.deep.equal([
        [500, 1, 500],
        [500, 501, 1000],
        [200, 1001, 1200],
      ]);
      expect(new Set(fake.notes('update/set').map(({ value }) => value['requestId'])).size).to.equal(3);
    }));

  const mistakes: readonly (readonly [string, string])[] = [
    ['Set-CMSoftwareUpdate -Id 5', 'ContradictoryParameters'],
    ['Set-CMSoftwareUpdate -Id abc -CustomSeverity Low', 'UpdateNotFound'],
    ['Set-CMSoftwareUpdate -Id 5 -CustomSeverity Huge', 'ParameterArgumentValidationError'],
    ['Set-CMSoftwareUpdate -InputObject (Get-Date) -CustomSeverity Low', 'ContradictoryParameters'],
    [
      'Set-CMSoftwareUpdate -Name x -CustomSeverity Low -DisableWildcardHandling -ForceWildcardHandling',
      'ContradictoryParameters',
    ],
  ];
  it('mistakes are told and send nothing', () =>
    withFake('', async (fake) => {
      const commands = mistakes.map(([command]) => command);
      expect((await errorsOf(engine(), fake, commands)).map(({ id }) => id)).to.deep.equal(
        mistakes.map(([, id]) => `${id},Set-CMSoftwareUpdate`),
      );
      expect(fake.notes('update/set')).to.deep.equal([]);
    }));
});

interface Shown {
  readonly families: readonly string[];
  readonly subscribed: number;
  readonly before: { readonly severity: string; readonly minutes: number };
  readonly after: { readonly severity: string; readonly seconds: number; readonly changed: boolean };
  readonly rule: readonly number[];
  readonly missing: string;
  readonly kinds: readonly string[];
  readonly log: string;
}

/** Item 1's surface and overrides as an administrator sees them, against the real engine and a real upstream. */
const session = (url: string, hook: string): string =>
  `${IMPORT_MODULE_JSON}
[void] (New-CMSyncSite -SiteCode ABC)
Set-CMSoftwareUpdatePointComponent -UpstreamSourceLocation ${quoted(url)} -SetProductFamily 'Windows' ` +
  `-SetUpdateClassification '*' -AfterSyncCommand ${quoted(hook)} -AfterSyncArgument 'a b', '$x' -WarningAction ` +
  `SilentlyContinue
[void] (Sync-CMSoftwareUpdate -Wait -PassThru)
$component = Get-CMSoftwareUpdatePointComponent
$subscribed = @(Get-CMSoftwareUpdateCategory -Fast -TypeName Product | Where-Object IsSubscribed).Count
$update = @(Get-CMSoftwareUpdate -Fast)[0]
$saved = [Management.Automation.PSSerializer]::Serialize($update)
[Management.Automation.PSSerializer]::Deserialize($saved) |
  Set-CMSoftwareUpdate -MaximumExecutionMins 77 -CustomSeverity Critical
Set-CMSoftwareUpdatePointComponent -ImmediatelyExpireSupersedence $true -WaitMonthForFeature 2
$run = Sync-CMSoftwareUpdate -Wait -PassThru -FullSync $true
$after = Get-CMSoftwareUpdate -Fast -Id $update.CI_ID
$props = (Get-CMSoftwareUpdatePointComponent).Props
$caught = $null; try { Set-CMSoftwareUpdate -Id 1 -CustomSeverity Low } catch { $caught = $_ }
[ordered]@{
  families = $component.ProductFamilies; subscribed = $subscribed
  before = [ordered]@{ severity = $update.CustomSeverityName; minutes = $update.MaxExecutionTime / 60 }
  after = [ordered]@{ severity = $after.CustomSeverityName; seconds = $after.MaxExecutionTime; changed = ` +
  `$after.CIVersion -gt $update.CIVersion }
  rule = @('Sync Supersedence Mode For NonFeature', 'Sync Supersedence Mode For Feature', 'Sync Supersedence Age ` +
  `For Feature' | ForEach-Object { $name = $_; ($props | Where-Object PropertyName -eq $name).Value })
  missing = $caught.FullyQualifiedErrorId; kinds = @((Get-CMSyncRun | Sort-Object Id).Kind)
  log = [System.IO.Path]::Combine((Connect-CMSyncSite ABC).InstallDir, 'Logs', 'wsyncmgr.log')
} | ConvertTo-Json -Depth 4`;

powershellSuite('cmdlets: an administrator selects families, overrides updates and has a hook', (engine) => {
  it('and all of it holds', async function () {
    if (process.platform === 'win32') this.skip();
    const home = mkdtempSync(join(tmpdir(), 'configmgrsync-overrides-'));
    const upstream = await GatedUpstream.start(80);
    try {
      // The engine finds pwsh on its PATH; the shell of the tests need not be there.
      writeFileSync(
        join(home, 'pwsh'),
        `#!/bin/sh\nexec ${[engine().command, ...engine().leadingArguments].map(quoted).join(' ')} "$@"\n`,
      );
      chmodSync(join(home, 'pwsh'), 0o755);
      const hook = join(home, 'hook.ps1');
      writeFileSync(
        hook,
        '$text = [Console]::In.ReadToEnd()\n[System.IO.File]::AppendAllText("$PSCommandPath.got", $text)\n"run ' +
          '$((ConvertFrom-Json $text).Id) with $($args.Count) arguments: $($args[0]), $($args[1])"\n',
      );
      const env = {
        CONFIGMGRSYNC_HOME: join(home, 'sites'),
        CONFIGMGRSYNC_SITE: undefined,
        CONFIGMGRSYNC_NODE: process.execPath,
        PATH: `${home}${delimiter}${process.env['PATH'] ?? ''}`,
        CONFIGMGRSYNC_ENGINE_MAIN: fileURLToPath(new URL('../../server/main.js', import.meta.url)),
      };
      const { log, before, subscribed, kinds, ...shown } = await jsonInSession<Shown>(
        engine(),
        session(upstream.url, hook),
        { env },
      );
      expect(shown).to.deep.equal({
        families: ['Windows'],
        after: { severity: 'Critical', seconds: 77 * 60, changed: true },
        rule: [0, 1, 2],
        missing: 'UpdateNotFound,Set-CMSoftwareUpdate',
      });
      expect(before.severity).to.equal('None');
      expect([60, 120]).to.include(before.minutes);
      expect(subscribed).to.be.greaterThan(1);
      expect(kinds).to.deep.equal(['Full', 'Full']);
      await eventually(() => readFileSync(log, 'utf8').split('The after-sync command is done.').length === 3);
      expect(readFileSync(log, 'utf8')).to.include('After-sync command: run 2 with 2 arguments: a b, $x');
      expect(
        readFileSync(`${hook}.got`, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as Run).Id),
      ).to.deep.equal([1, 2]);
    } finally {
      await upstream.close();
      removeHome(join(home, 'sites'));
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    }
  });
});

/** Waits for what an engine in another process does, as long as the test may take. */
async function eventually(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 100));
}
