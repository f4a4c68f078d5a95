import { PowerShellRunError } from './powershellRun.js';

/** From a hook: the tests of its suite are skipped with the reason in their titles; where all has to run they fail. */
export function skipSuite(context: Mocha.Context, reason: string): void {
  const failure = failureOfSkip(reason, process.env['CI']);
  if (failure !== undefined) throw new PowerShellRunError(failure);
  context.test?.parent?.eachTest((test) => {
    test.title += ` (skipped: ${reason})`;
  });
  context.skip();
}

/** A skip is welcome on a developer's machine and a failure where everything has to run. */
export function failureOfSkip(reason: string, ci: string | undefined): string | undefined {
  return ci === 'true' ? `${reason} With CI=true no test may be skipped.` : undefined;
}
