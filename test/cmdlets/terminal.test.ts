import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import type { PowerShellEngine } from '../powershell/powershellEngine.js';
import { skipSuite } from '../powershell/skipSuite.js';
import { CTRL_C, ENTER, runInTerminal, terminalMissing } from '../powershell/terminal.js';
import type { TerminalRun } from '../powershell/terminal.js';
import type { TerminalStep } from '../powershell/TerminalUser.js';
import { IMPORT_MODULE, withFake } from './fakeSession.js';
import type { FakeSession } from './fakeSession.js';

powershellSuite('cmdlets: at a terminal', (engine) => {
  before(function () {
    const reason = terminalMissing();
    if (reason !== undefined) skipSuite(this, reason);
  });

  it('Ctrl+C ends the wait at once, not the synchronization, and the script', () =>
    withFake('joined;hang', async (fake) => {
      const script = "try { Sync-CMSoftwareUpdate -Wait } finally { [Console]::WriteLine('cleaned up') }\n'after'";
      const { screen } = await at(engine(), fake, script, [{ shown: 'Getting updates', keys: CTRL_C }]);
      expect(screen)
        .to.contain('waiting for it')
        .and.contain('WARNING: The synchronization continues (run 7).')
        .and.contain('cleaned up')
        .and.not.contain('after');
      // The engine may hear of it when the terminal has gone.
      await fake.noted('cancelled');
      expect(fake.notes('run/stop')).to.have.length(0);
    }));

  it('a wait shows how far it is, and takes that off the screen at its end', () =>
    withFake('', async (fake) => {
      const { screen } = await at(engine(), fake, "Sync-CMSoftwareUpdate -Wait; 'after'", []);
      expect(screen).to.match(/Synchronizing \S+ \(run 7\) *\[Getting updates \(\d+ of 100\)/);
      expect(screen.trimEnd().endsWith('after'), screen).to.equal(true);
    }));

  for (const [answer, removed] of [
    ['n', 0],
    ['y', 1],
  ] as const) {
    it(`what cannot be undone asks first, and ${answer} is heard`, () =>
      withFake('', async (fake) => {
        const steps = [{ shown: '(default is "Y"):', keys: `${answer}${ENTER}` }];
        const { screen } = await at(engine(), fake, "Remove-CMSoftwareUpdatePoint sup2; 'after'", steps);
        expect(screen)
          .to.contain('Are you sure you want to perform this action?')
          .and.match(/Performing the operation "Remove software update point" on target "sup2\S* of site/)
          .and.contain('after');
        expect(fake.notes('sup/remove')).to.have.length(removed);
      }));
  }

  it('asks for a parameter that must be there', () =>
    withFake('', async (fake) => {
      const steps = [{ shown: 'SiteCode:', keys: `LAB${ENTER}` }];
      await at(engine(), fake, '[void] (New-CMSyncSite)', steps);
      expect(fake.notes('site/new').map(({ value }) => value['siteCode'])).to.deep.equal(['LAB']);
    }));
});

function at(
  engine: PowerShellEngine,
  fake: FakeSession,
  script: string,
  steps: readonly TerminalStep[],
): Promise<TerminalRun> {
  return runInTerminal(engine, IMPORT_MODULE + script, { env: fake.env, steps });
}
