import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

/**
 * What the session may keep more after the last update than after a fifth of them: 250 bytes for each update in
 * between.
 */
const ALLOWED_BYTES = 4_000_000;
const UPDATES = 20_000;

powershellSuite('cmdlets: memory', (engine) => {
  it('stays flat while all updates pass the pipeline, page after page', () =>
    withFake(`updates=${UPDATES}`, async (fake) => {
      const script =
        `$count = 0; $early = $late = 0
Get-CMSoftwareUpdate -Fast | ForEach-Object { $count++; if ($count -eq 4000) { $early = ` +
        `[System.GC]::GetTotalMemory($true) }; if ($count -eq ${UPDATES}) { $late = ` +
        `[System.GC]::GetTotalMemory($true) } }
ConvertTo-Json -Compress @{ count = $count; grown = $late - $early }`;
      const { count, grown } = await jsonOf<{ count: number; grown: number }>(engine(), fake, script);
      expect(count).to.equal(UPDATES);
      expect(grown).to.be.lessThan(ALLOWED_BYTES);
      expect(fake.notes('update/list').map(({ value }) => value['after'] ?? 0)).to.deep.equal([
        0,
        ...Array.from({ length: 40 }, (_, page) => 100 + page * 500),
      ]);
    }));
});
