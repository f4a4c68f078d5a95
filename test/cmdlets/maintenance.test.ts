import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, runWithModule, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Invoke-CMSyncMaintenance', (engine) => {
  it('asks for the maintenance and returns what it did when told to', () =>
    withFake('', async (fake) => {
      const script =
        `$none = @(Invoke-CMSyncMaintenance); $all = Invoke-CMSyncMaintenance -PassThru ` +
        `-WarningVariable warned
[ordered]@{ none = $none.Count; declined = $all.Declined; bytes = $all.FreedBytes; item = ` +
        `$all.Items[0].LocalizedDisplayName; noId = $null -eq $all.Items[2].CI_ID; warned = $warned.Count } | ` +
        `ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        none: 0,
        declined: 1,
        bytes: 5_000_000_000,
        item: 'Ein gelöschtes Update',
        noId: true,
        warned: 0,
      });
      const asked = fake.notes('maintenance/start').map(({ value }) => value);
      expect(asked.map((value) => value['whatIf'])).to.deep.equal([false, false]);
      expect(new Set(asked.map((value) => value['requestId'])).size).to.equal(2);
    }));

  it('names with -WhatIf what would go and why, and asks only for the preview', () =>
    withFake('', async (fake) => {
      const { stdout } = await runWithModule(engine(), fake, 'Invoke-CMSyncMaintenance -WhatIf');
      const lines = stdout.split(/\r?\n/).filter((line) => line.startsWith('What if'));
      const said = lines.map((line) => /operation "(.*)" on target "(.*)"/.exec(line)?.slice(1));
      expect(said).to.deep.equal([
        [
          'Remove from the database of site ABC',
          'Ein gelöschtes Update (a, revision 1). It expired more than 7 days ago (publisher).',
        ],
        ['Remove from the database of site ABC', '2 more update(s)'],
        ['Decline in the catalogue of site ABC', 'Another (b, revision 2). It is gone.'],
        ['Delete the update from the catalogue of site ABC', 'Nobody (c, revision 3). Nothing refers to it.'],
        ['Delete the revision from the catalogue of site ABC', 'Old (d, revision 4). It is not the latest revision.'],
        ['Delete from the catalogue of site ABC', '3 revision(s) in total'],
        ['Free disk space on site ABC', '2 file(s) of documents, about 5000000000 bytes'],
      ]);
      expect(fake.notes('maintenance/start').map(({ value }) => value['whatIf'])).to.deep.equal([true]);
    }));

  it('says with -WhatIf that nothing is there to clean up', () =>
    withFake('nothing', async (fake) => {
      const { stdout } = await runWithModule(engine(), fake, 'Invoke-CMSyncMaintenance -WhatIf');
      expect(stdout.split(/\r?\n/)).to.include('What if: Nothing to clean up on site ABC.');
    }));

  it('gives the preview as objects with -PassThru', () =>
    withFake('', async (fake) => {
      const script =
        '$preview = Invoke-CMSyncMaintenance -WhatIf -PassThru; [ordered]@{ what = $preview.WhatIf; actions = ' +
        '@($preview.Items.Action) } | ConvertTo-Json -Compress';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        what: true,
        actions: ['Remove', 'Decline', 'DeleteUpdate', 'DeleteRevision'],
      });
    }));

  it('warns when it made way for a synchronization', () =>
    withFake('interrupted', async (fake) => {
      expect(
        await jsonOf(
          engine(),
          fake,
          'Invoke-CMSyncMaintenance -WarningVariable warned -WarningAction SilentlyContinue; [string] $warned[0] ' +
            '| ConvertTo-Json -Compress',
        ),
      ).to.contain('continues automatically');
    }));
});
