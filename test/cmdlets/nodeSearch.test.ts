import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, jsonOf, manifest, quoted, withFake } from './fakeSession.js';
import type { Caught, FakeSession } from './fakeSession.js';

const inside = (body: string): string => `& (Get-Module ConfigMgrSync) { ${body} }`;

function fakeNode(fake: FakeSession, version: string): string {
  const file = join(fake.folder, 'node');
  writeFileSync(file, `#!/bin/sh\necho ${version}\n`);
  chmodSync(file, 0o755);
  return file;
}

powershellSuite('cmdlets: where Node.js is looked for', (engine) => {
  const candidates = (fake: FakeSession, more: string): Promise<readonly string[]> =>
    jsonOf(
      engine(),
      fake,
      inside(
        `$variables = @{ PATH = 'C:\\a;"D:\\b c\\";;'; ProgramW6432 = 'C:\\Program Files'; ProgramFiles = ` +
          `'C:\\Program Files (x86)' }
$found = Get-CMSyncNodeCandidate -Environment $variables -Windows $true -InstallPath 'E:\\nodejs\\' ${more}
@($found | ForEach-Object { $_.Source + ' ' + $_.Path }) | ConvertTo-Json -Compress`,
      ),
    );
  const inPath = ['PATH C:\\a\\node.exe', 'PATH D:\\b c\\node.exe'];
  const ofMachine = [
    'ProgramW6432 C:\\Program Files\\nodejs\\node.exe',
    'ProgramFiles C:\\Program Files (x86)\\nodejs\\node.exe',
    'registry E:\\nodejs\\node.exe',
  ];

  it('on Windows: PATH, the Program Files folders, the 64-bit registry', () =>
    withFake('', async (fake) => {
      expect(await candidates(fake, '')).to.deep.equal([...inPath, ...ofMachine]);
    }));

  it('in an elevated session: the places of the machine before PATH, which others may write', () =>
    withFake('', async (fake) => {
      expect(await candidates(fake, '-Elevated $true')).to.deep.equal([...ofMachine, ...inPath]);
    }));

  it('CONFIGMGRSYNC_NODE is the only candidate when it is set', () =>
    withFake('', async (fake) => {
      const script = inside(
        "@(Get-CMSyncNodeCandidate -Environment @{ CONFIGMGRSYNC_NODE = '/x/node'; PATH = '/bin' } -Windows " +
          "$false | ForEach-Object { $_.Path }) -join ',' | ConvertTo-Json -Compress",
      );
      expect(await jsonOf(engine(), fake, script)).to.equal('/x/node');
    }));

  it('names what it looked at when there is none', () =>
    withFake('', async (fake) => {
      const caught = await jsonOf<Caught>(
        engine(),
        fake,
        `$env:CONFIGMGRSYNC_NODE = '/no/node'\n${errorOf('Get-CMSyncRun')}`,
      );
      expect(caught).to.deep.include({ id: 'NodeNotFound,Get-CMSyncRun', category: 'NotInstalled' });
      expect(caught.message).to.contain('20.19').and.to.contain('/no/node does not exist');
      expect(caught.next).to.contain('SYSTEM');
    }));

  it('refuses one that is too old', function () {
    if (process.platform === 'win32') this.skip();
    return withFake('', async (fake) => {
      const caught = await jsonOf<Caught>(
        engine(),
        fake,
        `$env:CONFIGMGRSYNC_NODE = ${quoted(fakeNode(fake, 'v18.20.1'))}\n${errorOf('Get-CMSyncRun')}`,
      );
      expect(caught.message).to.contain('is version 18.20.1');
    });
  });

  it('says that the engine is not built', () =>
    withFake('', async (fake) => {
      const caught = await jsonOf<Caught>(
        engine(),
        fake,
        `$env:CONFIGMGRSYNC_ENGINE_MAIN = '/no/main.js'\n${errorOf('Get-CMSyncRun')}`,
      );
      expect(caught).to.deep.include({
        id: 'EngineNotBuilt,Get-CMSyncRun',
        message: 'The engine is not built: /no/main.js does not exist.',
      });
    }));

  it('quotes arguments as every program reads them', () =>
    withFake('', async (fake) => {
      const script = inside(
        `ConvertTo-CMSyncArgument -Argument 'a', 'b c', '', 'C:\\x y\\', 'say "hi"', 'a\\"b' | ConvertTo-Json ` +
          `-Compress`,
      );
      expect(await jsonOf(engine(), fake, script)).to.equal('a "b c" "" "C:\\x y\\\\" "say \\"hi\\"" "a\\\\\\"b"');
    }));

  it('in ConstrainedLanguage is imported and explained, and its first command is one error with both ways out', () =>
    withFake('', async (fake) => {
      const script =
        `Remove-Module ConfigMgrSync
$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
Import-Module ${quoted(manifest)} -ErrorVariable failed
$caught = try { @(Get-CMSyncRun) } catch { @($_) }
$caught = @($caught)
if ($caught.Count -eq 0) { $caught = @('nothing') }
$line = 'Get-CMSyncRun -SiteCode '
$completed = TabExpansion2 $line $line.Length
@{ mode = [string] $ExecutionContext.SessionState.LanguageMode; failed = @($failed).Count; count = $caught.Count; ` +
        `id = $caught[0].FullyQualifiedErrorId; next = [string] $caught[0].ErrorDetails.RecommendedAction
  help = (Get-Help Get-CMSyncRun).Synopsis; completes = ($null -ne $completed) } | ConvertTo-Json -Compress`;
      const seen = await jsonOf<Record<string, string | number | boolean>>(engine(), fake, script);
      expect(seen).to.deep.include({ mode: 'ConstrainedLanguage', failed: 0, count: 1, completes: true });
      expect(seen['id']).to.match(/^ConstrainedLanguage/);
      expect(seen['next'])
        .to.match(/sign/i)
        .and.to.match(/FullLanguage/);
      expect(seen['help']).to.match(/^[A-Z][^[\]]+\.$/);
    }));
});
