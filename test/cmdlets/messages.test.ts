import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, jsonOf, withFake } from './fakeSession.js';
import type { Caught } from './fakeSession.js';

powershellSuite('cmdlets: status messages', (engine) => {
  const time = "([datetime] '2026-01-02T03:04:05Z')";

  it('are asked for with every filter, by its aliases and by a table', () =>
    withFake('', async (fake) => {
      const script =
        `$site = Get-CMSiteStatusMessage -ViewingPeriod ${time} -ComputerNames 's*' -Severities ` +
        `Error, Warning -SiteCodes CM2 -ComponentName a, b -MessageIds 6702, 6703 -Modules m ` +
        `-DisableWildcardHandling -PassThru
$table = Get-CMSiteStatusMessage -FilterHashtable @{ severity = 'Error'; MessageID = 6703; startDateTime ` +
        `= ${time} } -Severity Warning
$old = Get-CMComponentStatusMessage -Component c -MachineName m -Severity All -SiteCode ABC -ViewingPeriod ${time}
@($site)[0], @($old)[0] | Select-Object MessageID, Severity, RecordID, @{ n = 'utc'; e = { ` +
        `$_.Time.ToUniversalTime().ToString('HH:mm:ss.fff') } }, InsertionStrings | ConvertTo-Json -Compress`;
      const shown = {
        MessageID: 6703,
        Severity: 3_221_225_472,
        RecordID: 5_000_000_000,
        utc: '03:04:05.678',
        InsertionStrings: ['UpstreamUnreachable', 'Der Upstream fehlt.'],
      };
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([shown, shown]);
      const startTime = '2026-01-02T03:04:05.000Z';
      expect(fake.notes('message/list').map(({ value }) => value)).to.deep.equal([
        {
          startTime,
          computerName: ['s*'],
          severity: ['Error', 'Warning'],
          siteCode: ['CM2'],
          component: ['a', 'b'],
          messageId: [6702, 6703],
          module: ['m'],
          wildcard: false,
        },
        {
          startTime,
          computerName: ['s*'],
          severity: ['Error', 'Warning'],
          siteCode: ['CM2'],
          component: ['a', 'b'],
          messageId: [6702, 6703],
          module: ['m'],
          wildcard: false,
          after: 9,
        },
        { startTime, messageId: [6703], severity: ['Warning'], wildcard: true },
        { startTime, messageId: [6703], severity: ['Warning'], wildcard: true, after: 9 },
        { startTime, component: ['c'], computerName: ['m'], severity: ['All'], siteCode: ['ABC'], wildcard: true },
        {
          startTime,
          component: ['c'],
          computerName: ['m'],
          severity: ['All'],
          siteCode: ['ABC'],
          wildcard: true,
          after: 9,
        },
      ]);
    }));

  it('refuse a table with a key that they do not know', () =>
    withFake('', async (fake) => {
      const caught = await jsonOf<Caught>(
        engine(),
        fake,
        errorOf('Get-CMSiteStatusMessage -FilterHashtable @{ Colour = 1 }'),
      );
      expect([caught.id, caught.message]).to.deep.equal([
        'ContradictoryParameters,Get-CMSiteStatusMessage',
        '-FilterHashtable accepts Component, ComputerName, MessageId, Module, Severity, SiteCode and StartDateTime, ' +
          'but not Colour.',
      ]);
      expect(fake.notes('message/list')).to.deep.equal([]);
    }));
});
