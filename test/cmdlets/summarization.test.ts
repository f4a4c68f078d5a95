import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, jsonOf, withFake } from './fakeSession.js';
import type { Caught } from './fakeSession.js';

powershellSuite('cmdlets: the summarization of software updates', (engine) => {
  it('is shown, set and made', () =>
    withFake('', async (fake) => {
      const script =
        `$set = @(Set-CMSoftwareUpdateSummarizationSchedule -Interval 10 -Unit Minutes; ` +
        `Set-CMSoftwareUpdateSummarizationSchedule -Interval 31 -Unit Days -PassThru; ` +
        `Invoke-CMSoftwareUpdateSummarization)
Invoke-CMSoftwareUpdateSummarization -WhatIf 3> $null
ConvertTo-Json -Compress @($set.Count; Get-CMSoftwareUpdateSummarizationSchedule -PassThru | Select-Object ` +
        `Interval, Unit, NextRunTime, Current)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        1,
        { Interval: 12, Unit: 'Hours', NextRunTime: null, Current: 4 },
      ]);
      expect(fake.notes('summarization/set').map(({ value }) => [value['interval'], value['unit']])).to.deep.equal([
        [10, 'Minutes'],
        [31, 'Days'],
      ]);
      expect(fake.notes('summarization/run')).to.have.length(1);
    }));

  it('refuses an interval before anything is sent', () =>
    withFake('', async (fake) => {
      const caught = await jsonOf<Caught>(
        engine(),
        fake,
        errorOf('Set-CMSoftwareUpdateSummarizationSchedule -Interval 24 -Unit Hours'),
      );
      expect([caught.id, caught.message]).to.deep.equal([
        'ContradictoryParameters,Set-CMSoftwareUpdateSummarizationSchedule',
        'Interval 24 is not possible: Hours go from 1 to 23.',
      ]);
      expect(fake.notes('summarization/set')).to.deep.equal([]);
    }));
});
