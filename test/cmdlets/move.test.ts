import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, runWithModule, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Move-CMSyncSite, Remove-CMSyncOldDatabase', (engine) => {
  it('moves to the database that was named, with its address, and warns', () =>
    withFake('', async (fake) => {
      const script =
        `$address = ConvertTo-SecureString 'postgresql://u:p@s/d' -AsPlainText -Force
$WarningPreference = 'SilentlyContinue'
$moved = Move-CMSyncSite -Database postgres -DatabaseAddress $address -WarningVariable warned
[void] (Move-CMSyncSite -Database sqlite -SiteCode ABC)
$env:CONFIGMGRSYNC_DATABASE_URL = ' postgresql://env/d '
[void] (Move-CMSyncSite -Database Postgres -WhatIf)
[ordered]@{ type = $moved.PSObject.TypeNames[0]; to = $moved.Database; size = $moved.OldDatabaseSize; ` +
        `warned = [string] $warned[0] } | ConvertTo-Json -Compress`;
      const { stdout } = await runWithModule(engine(), fake, script);
      expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).to.deep.equal({
        type: 'ConfigMgrSync.SiteMove',
        to: 'Postgres',
        size: 5_000_000_000,
        warned: 'The old database is kept.',
      });
      const asked = fake.notes('site/move').map(({ value }) => value);
      expect(asked.map(({ database, databaseAddress, whatIf }) => [database, databaseAddress, whatIf])).to.deep.equal([
        ['Postgres', 'postgresql://u:p@s/d', false],
        ['Sqlite', undefined, false],
        ['Postgres', 'postgresql://env/d', true],
      ]);
    }));

  it('asks before an old database goes, with its size, and shows nothing', () =>
    withFake('', async (fake) => {
      const { stdout } = await runWithModule(engine(), fake, 'Remove-CMSyncOldDatabase -WhatIf');
      expect(stdout).to.match(/old database Embedded of site ABC in \/sites\/ABC\/move\.old, 4.768[.,]4 MB/);
      expect(await jsonOf(engine(), fake, '@(Remove-CMSyncOldDatabase -SiteCode ABC -Force).Count')).to.equal(0);
      const asked = fake.notes('site/removeOldDatabase').map(({ value }) => value['whatIf'] === true);
      expect(asked).to.deep.equal([true, true, false]);
      const { stdout: left } = await runWithModule(
        engine(),
        fake,
        'Remove-CMSyncOldDatabase -LeaveOnServer -Force -WarningVariable w -WarningAction SilentlyContinue; "$w"',
      );
      expect(left).to.match(/are left there, and the site forgets their address/);
      expect(
        fake
          .notes('site/removeOldDatabase')
          .slice(-2)
          .map(({ value }) => value['leaveOnServer']),
      ).to.deep.equal([true, true]);
    }));
});
