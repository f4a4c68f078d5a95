import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { agedFolder } from '../engine/agedFolder.js';
import { powershellSuite, runInSession } from '../powershell/powershellEngine.js';
import { removeHome } from '../fixtures/removeHome.js';
import { IMPORT_MODULE_JSON } from './fakeSession.js';

const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

interface Shown {
  readonly before: number;
  readonly afterPreview: number;
  readonly preview: readonly string[];
  readonly done: { readonly DeletedUpdates: number; readonly DeletedRevisions: number; readonly Interrupted: boolean };
  readonly again: number;
  readonly after: number;
}

powershellSuite('cmdlets: an administrator looks at what maintenance would do, and lets it', (engine) => {
  let home = '';
  const options = {
    env: { CONFIGMGRSYNC_SITE: undefined, CONFIGMGRSYNC_ENGINE_MAIN: main, CONFIGMGRSYNC_NODE: process.execPath },
  };
  before(async function () {
    home = mkdtempSync(join(tmpdir(), 'configmgrsync-maintenance-'));
    Object.assign(options.env, { CONFIGMGRSYNC_HOME: home });
    await runInSession(engine(), `${IMPORT_MODULE_JSON}[void] (New-CMSyncSite -SiteCode ABC)`, options);
    await agedFolder(join(home, 'ABC'));
  });
  after(() => {
    const { processId } = JSON.parse(readFileSync(join(home, 'ABC', 'engine.json'), 'utf8')) as { processId: number };
    process.kill(processId);
    removeHome(home);
  });

  it('names every update, changes nothing, then removes exactly these', async () => {
    const listed = await runInSession(engine(), `${IMPORT_MODULE_JSON}Invoke-CMSyncMaintenance -WhatIf`, options);
    expect(listed.stdout).to.contain(
      '"Delete the update from the catalogue of site ABC" on target "Update 20 ' +
        '(00000000-0000-4000-8000-000000000014, revision 1).',
    );
    expect(listed.stdout).to.contain(
      '"Delete the revision from the catalogue of site ABC" on target "Update 1 ' +
        '(00000000-0000-4000-8000-000000000001, ' +
        'revision 1).',
    );
    const session = await runInSession(
      engine(),
      `${IMPORT_MODULE_JSON}
$before = @(Get-CMSoftwareUpdate -Fast).Count
$preview = Invoke-CMSyncMaintenance -WhatIf -PassThru
$afterPreview = @(Get-CMSoftwareUpdate -Fast).Count
$done = Invoke-CMSyncMaintenance -PassThru
[ordered]@{
  before = $before; afterPreview = $afterPreview
  preview = @($preview.Items | Where-Object { $_.Action -eq 'DeleteUpdate' } | ForEach-Object { ` +
        `$_.LocalizedDisplayName } | Sort-Object)
  done = [ordered]@{ DeletedUpdates = $done.DeletedUpdates; DeletedRevisions = $done.DeletedRevisions; ` +
        `Interrupted = $done.Interrupted }
  again = (Invoke-CMSyncMaintenance -WhatIf -PassThru).Items.Count
  after = @(Get-CMSoftwareUpdate -Fast).Count
} | ConvertTo-Json -Depth 4 -Compress`,
      options,
    );
    // The messages of -WhatIf go to the host, before the one line of JSON.
    const shown = JSON.parse(session.stdout.trimEnd().split(/\r?\n/).at(-1) ?? '') as Shown;
    expect(shown).to.deep.equal({
      before: 7,
      afterPreview: 7,
      preview: ['Update 20', 'Update 22', 'Update 60'],
      done: { DeletedUpdates: 3, DeletedRevisions: 8, Interrupted: false },
      again: 0,
      after: 7,
    });
  });
});
