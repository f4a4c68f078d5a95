import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Test-CMSyncSource', (engine) => {
  it('gives the stages, or only whether all passed', () =>
    withFake('', async (fake) => {
      const script =
        `$stages = @(Test-CMSyncSource)
[ordered]@{ failed = @($stages | Where-Object Status -eq 'Failed').ErrorId; names = $stages[0].CertificateNames; ` +
        `until = $stages[0].CertificateNotAfter.Kind.ToString()
  quiet = @((Test-CMSyncSource -Quiet), (Test-CMSyncSource -UpstreamSourceLocation 'https://x:8531' -Quiet)); ` +
        `table = ($stages | Out-String -Width 300) -match 'CN=Z.rich until' } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        failed: 'UpstreamDenied',
        names: ['a', 'b'],
        until: 'Local',
        quiet: [true, false],
        table: true,
      });
      expect(fake.notes('source/test').map(({ value }) => value)).to.deep.equal([
        {},
        {},
        { upstreamSourceLocation: 'https://x:8531' },
      ]);
    }));
});
