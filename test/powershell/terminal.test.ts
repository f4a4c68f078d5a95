import { expect } from 'chai';
import { powershellSuite } from './powershellEngine.js';
import { skipSuite } from './skipSuite.js';
import { CTRL_C, ENTER, runInTerminal, terminalMissing } from './terminal.js';

powershellSuite('PowerShell at a terminal', (engine) => {
  before(function () {
    const reason = terminalMissing();
    if (reason !== undefined) skipSuite(this, reason);
  });

  it('stops the pipeline on Ctrl+C and runs finally', async () => {
    const script =
      "try { 'waiting'; Start-Sleep -Seconds 100; 'never' } finally { [Console]::WriteLine('cleaned up') }";
    const { screen } = await runInTerminal(engine(), script, { steps: [{ shown: 'waiting', keys: CTRL_C }] });
    expect(screen).to.contain('cleaned up').and.not.contain('never');
  });

  it('asks and hears the answer, and gives the exit code', async () => {
    const steps = [{ shown: 'Your name:', keys: `Ada${ENTER}` }];
    const script = '$name = Read-Host -Prompt \'Your name\'; "Hello $name"; exit 7';
    const { screen, exitCode } = await runInTerminal(engine(), script, { steps });
    expect(screen).to.contain('Hello Ada');
    expect(exitCode).to.equal(7);
  });

  it('says what it waited for when that does not come', async () => {
    const steps = [{ shown: 'never', keys: ENTER }];
    const run = runInTerminal(engine(), "'shown'; Start-Sleep -Seconds 100", { steps, timeoutMs: 3000 });
    const problem = await run.then(
      () => '',
      (error: unknown) => String(error),
    );
    expect(problem).to.contain('did not come to "never"');
  });
});
