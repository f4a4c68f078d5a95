import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Test-CMSyncStore and Repair-CMSyncStore', (engine) => {
  it('asks for part after part and gives the sum', () =>
    withFake('', async (fake) => {
      const script =
        '$report = Test-CMSyncStore -Quick; [ordered]@{ h = $report.Healthy; d = $report.Documents; o = ' +
        '$report.OrphanedBytes; shown = ($report | Out-String -Width 250) -match "3: Damage, broken; Notice, broken"' +
        '; f = @($report.Findings | ForEach-Object { "$($_.Kind) $($_.Severity)" }) } | ' +
        'ConvertTo-Json -Compress';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        h: false,
        d: 20,
        o: 8,
        shown: true,
        f: ['Document Damage', 'Reference Damage', 'Document Notice'],
      });
      expect(fake.notes('store/check').map(({ value }) => value)).to.deep.equal([
        { quick: true },
        { quick: true, after: 'totals:0' },
      ]);
    }));

  it('says that a whole site is healthy', () =>
    withFake('healthy', async (fake) => {
      expect(
        await jsonOf(
          engine(),
          fake,
          '$report = Test-CMSyncStore; [ordered]@{ h = $report.Healthy; f = $report.Findings.Count } | ' +
            'ConvertTo-Json -Compress',
        ),
      ).to.deep.equal({ h: true, f: 0 });
    }));

  it('mends the database, then the documents, and says what remains', () =>
    withFake('', async (fake) => {
      const script =
        '$result = Repair-CMSyncStore -AcceptLoss; [ordered]@{ r = $result.Repaired; f = $result.Failed.Count; l ' +
        '= $result.Lost; m = @($result.Remaining | ForEach-Object Kind) } | ConvertTo-Json -Compress';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        r: 1,
        f: 0,
        l: 'all of journal.2.0',
        m: ['Reference'],
      });
      const asked = fake
        .notes('store/repair')
        .map(({ value: { requestId, ...rest } }) => ({ ...rest, hasId: typeof requestId === 'string' }));
      expect(asked).to.deep.equal([
        { acceptLoss: true, hasId: true },
        { revisions: [3], hasId: true },
      ]);
    }));

  it('makes the database again from the documents where that is asked for', () =>
    withFake('', async (fake) => {
      const rebuilt = await jsonOf(engine(), fake, '(Repair-CMSyncStore -Rebuild).Rebuilt | ConvertTo-Json');
      expect([rebuilt, fake.notes('store/repair')[0]?.value['rebuild']]).to.deep.equal([40, true]);
    }));

  it('repairs nothing on a whole site, and asks nothing with -WhatIf', async () => {
    await withFake('healthy', async (fake) =>
      expect(await jsonOf(engine(), fake, '(Repair-CMSyncStore).Repaired | ConvertTo-Json')).to.equal(0),
    );
    await withFake('', async (fake) => {
      await jsonOf(engine(), fake, "Repair-CMSyncStore -WhatIf; '1'");
      expect(fake.notes('hello')).to.have.length(0);
    });
  });
});
