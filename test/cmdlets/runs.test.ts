import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, jsonOf, withFake } from './fakeSession.js';
import type { Caught } from './fakeSession.js';

powershellSuite('cmdlets: Wait-CMSyncRun and Stop-CMSyncRun', (engine) => {
  const shown = '| Select-Object Id, State, Succeeded, ErrorId | ConvertTo-Json -Compress';

  it('gives the run for success, failure and time-out alike, without an error', () =>
    withFake('', async (fake) => {
      expect(await jsonOf(engine(), fake, `Wait-CMSyncRun 7 -ErrorAction Stop ${shown}`)).to.include({
        Id: 7,
        State: 'Succeeded',
        Succeeded: true,
      });
      expect(
        await jsonOf(engine(), fake, `7 | Wait-CMSyncRun -TimeoutSeconds 5 -ErrorAction Stop ${shown}`),
      ).to.include({ Id: 7, State: 'Running', Succeeded: false });
      expect(fake.notes('run/wait').at(-1)?.value['timeoutSeconds']).to.be.within(0, 5);
    }));

  it('gives a failed run that a script can test', () =>
    withFake('runFails', async (fake) => {
      expect(
        await jsonOf(engine(), fake, `$ErrorActionPreference = 'Stop'; Get-CMSyncRun | Wait-CMSyncRun ${shown}`),
      ).to.include({ State: 'Failed', Succeeded: false, ErrorId: 'UpstreamUnreachable' });
    }));

  it('says that there is nothing to wait for', () =>
    withFake('noRuns', async (fake) => {
      const caught = await jsonOf<Caught>(engine(), fake, errorOf('Wait-CMSyncRun'));
      expect([caught.id, caught.message]).to.deep.equal([
        'RunNotFound,Wait-CMSyncRun',
        'There is no run on this site yet.',
      ]);
    }));

  it('stops a run, the one under way without a number, and returns it when asked', () =>
    withFake('', async (fake) => {
      expect(await jsonOf(engine(), fake, '@(Stop-CMSyncRun).Count | ConvertTo-Json')).to.equal(0);
      expect(fake.notes('run/stop').at(-1)?.value).to.have.all.keys('requestId', 'requester');
      expect(await jsonOf(engine(), fake, `Get-CMSyncRun | Stop-CMSyncRun -PassThru ${shown}`)).to.include({
        Id: 7,
        State: 'Cancelled',
      });
      expect(fake.notes('run/stop').at(-1)?.value).to.include({ id: 7 });
    }));

  it('warns when the run was finished already or nothing is running', async () => {
    const warned = (command: string): string =>
      `${command} -WarningVariable warned -WarningAction SilentlyContinue; [string] $warned[0] | ConvertTo-Json`;
    await withFake('finished', async (fake) =>
      expect(await jsonOf(engine(), fake, warned('Stop-CMSyncRun 7'))).to.equal('Run 7 had already finished (Failed).'),
    );
    await withFake('idle', async (fake) =>
      expect(await jsonOf(engine(), fake, warned('Stop-CMSyncRun'))).to.equal('No synchronization is running.'),
    );
  });

  it('asks nothing with -WhatIf', () =>
    withFake('', async (fake) => {
      await jsonOf(engine(), fake, "Stop-CMSyncRun -WhatIf; '1'");
      expect(fake.notes('hello')).to.have.length(0);
    }));
});
