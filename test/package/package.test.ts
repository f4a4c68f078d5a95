import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { packageFolder, packageVersion } from '../../server/platform/packageFolder.js';
import { startSampleUpstream } from '../bench/SampleUpstream.js';
import { quoted } from '../cmdlets/fakeSession.js';
import { removeHome } from '../fixtures/removeHome.js';
import { powershellSuite, runPowerShellJson } from '../powershell/powershellEngine.js';

interface Shown {
  readonly base: string;
  readonly commands: readonly string[];
  readonly help: { readonly synopsis: string; readonly about: string; readonly errors: string };
  readonly run: { readonly State: string; readonly New: number; readonly Failed: number };
  readonly updates: number;
  readonly files: readonly string[];
  readonly views: number;
}

const session = (url: string): string =>
  `$ErrorActionPreference = 'Stop'
Import-Module ConfigMgrSync
$module = Get-Module ConfigMgrSync
$null = New-CMSyncSite -SiteCode ABC
Set-CMSoftwareUpdatePointComponent -SynchronizeAction SynchronizeFromAnUpstreamDataSourceLocation ` +
  `-UpstreamSourceLocation ${quoted(url)} -AddProduct '*' -AddUpdateClassification '*' -WarningAction SilentlyContinue
$run = Sync-CMSoftwareUpdate -Wait -PassThru
[ordered]@{
  base = $module.ModuleBase
  commands = @($module.ExportedFunctions.Keys | Sort-Object)
  help = [ordered]@{ synopsis = (Get-Help Sync-CMSoftwareUpdate).Synopsis; about = [string] (Get-Help ` +
  `about_ConfigMgrSync); errors = [string] (Get-Help about_ConfigMgrSync_Errors) }
  run = [ordered]@{ State = $run.State; New = $run.Counts.New; Failed = $run.Counts.Failed }
  updates = @(Get-CMSoftwareUpdate -Fast).Count
  files = @((Test-ModuleManifest (Join-Path $module.ModuleBase 'ConfigMgrSync.psd1')).FileList)
  views = @($module.ExportedFormatFiles).Count
} | ConvertTo-Json -Depth 4 -Compress`;

powershellSuite('package: a folder that was copied to a PSModulePath with spaces and other letters', (engine) => {
  const scratch = mkdtempSync(join(tmpdir(), 'configmgrsync-package-'));
  const modules = join(scratch, 'Mes modules \u00e9\u00fc \u65e5\u672c (1)');
  const home = join(scratch, 'Standorte \u00e4\u00f6');
  let written: { readonly folder: string };
  let shown: Shown;
  const env = {
    CONFIGMGRSYNC_HOME: home,
    CONFIGMGRSYNC_NODE: process.execPath,
    CONFIGMGRSYNC_ENGINE_MAIN: undefined,
    CONFIGMGRSYNC_SITE: undefined,
    PSModulePath: [modules, process.env['PSModulePath']].filter((part) => part !== undefined).join(delimiter),
  };

  before(async function () {
    mkdirSync(home);
    const { writePackage } = (await import(
      pathToFileURL(join(packageFolder(), 'server', 'bootstrap', 'package', 'writePackage.mjs')).href
    )) as { writePackage: (out: string) => Promise<{ folder: string }> };
    written = await writePackage(modules);
    const upstream = await startSampleUpstream(['--updates', '60', '--seed', '1', '--blob', 'mszip']);
    try {
      shown = await runPowerShellJson<Shown>(engine(), session(upstream.url), { env });
    } finally {
      await upstream.stop();
    }
  });

  after(() => {
    removeHome(home);
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is imported by its name, with the commands of the manifest', () => {
    const manifest = readFileSync(join(packageFolder(), 'ConfigMgrSync.psd1'), 'utf8');
    const block = /FunctionsToExport\s*=\s*@\(([^)]*)\)/.exec(manifest)?.[1] ?? '';
    const exported = [...block.matchAll(/'([^']+)'/g)].map(([, name]) => name);
    expect(shown.base).to.equal(join(modules, 'ConfigMgrSync', packageVersion()));
    expect(shown.commands).to.deep.equal(exported.sort());
  });

  it('synchronizes with its own engine, cabinets included, and lists', () => {
    expect(shown.run).to.deep.include({ State: 'Succeeded', Failed: 0 });
    expect(shown.run.New).to.be.greaterThan(0);
    expect(shown.updates).to.be.greaterThan(0);
  });

  it('brings help and views', () => {
    expect(shown.help.synopsis).to.match(/^[A-Z].*\.$/);
    expect(shown.help.about).to.contain('about_ConfigMgrSync').and.to.contain('Node.js');
    const errors = readFileSync(join(packageFolder(), 'en-US', 'about_ConfigMgrSync_Errors.help.txt'), 'utf8');
    expect(shown.help.errors.replaceAll('\r\n', '\n').trim()).to.equal(errors.trim());
    expect(shown.views).to.equal(1);
  });

  it('has what the gallery asks for, and names each of its files, which are there', () => {
    for (const name of ['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.txt', 'CHANGELOG.md'])
      expect(existsSync(join(written.folder, name)), name).to.equal(true);
    expect(shown.files.length).to.be.greaterThan(50);
    expect(
      shown.files.filter((file) => !existsSync(file.startsWith(written.folder) ? file : join(written.folder, file))),
    ).to.deep.equal([]);
    expect(readFileSync(join(written.folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8'))
      .to.contain('undici')
      .and.to.contain('sql.js')
      .and.to.contain('SQLite');
    // With what it brings along.
    for (const name of ['pg', 'pg-pool', 'pg-protocol', 'pg-types', 'pgpass'])
      expect(readFileSync(join(written.folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).to.match(
        new RegExp(`^${name} \\d[\\d.]* \\((?:MIT|ISC)`, 'm'),
      );
  });

  it('is loaded by its first command, the newer of two versions, and writes nothing into its folder', async () => {
    const older = join(modules, 'ConfigMgrSync', '0.0.9');
    cpSync(written.folder, older, { recursive: true });
    const manifest = join(older, 'ConfigMgrSync.psd1');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(`'${packageVersion()}'`, "'0.0.9'"));
    const before = contents(modules);
    const script =
      `$row = Get-CMSoftwareUpdateSyncStatus; $versions = @(Get-Module -ListAvailable ConfigMgrSync ` +
      `| ForEach-Object { [string] $_.Version } | Sort-Object)
ConvertTo-Json -Compress @{ state = $row.LastSyncState; loaded = [string] (Get-Module ConfigMgrSync).Version; ` +
      `versions = $versions }`;
    expect(await runPowerShellJson(engine(), script, { env })).to.deep.equal({
      state: 6702,
      loaded: packageVersion(),
      versions: ['0.0.9', packageVersion()],
    });
    expect(contents(modules)).to.deep.equal(before);
  });
});

/** Every file below a folder with the time of its last change. */
function contents(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return files.map((file) => `${file} ${statSync(join(folder, file)).mtimeMs}`);
}
