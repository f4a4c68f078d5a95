import { join } from 'node:path';
import { quoted } from '../cmdlets/fakeSession.js';
import { jsonInSession } from '../powershell/powershellEngine.js';
import type { PowerShellEngine } from '../powershell/powershellEngine.js';
import type { ActualCommand } from './compareSurface.js';
import { parityFile, repositoryRoot } from './surface.js';

let described: Promise<readonly ActualCommand[]> | undefined;

/** What our module really has; read once for all tests. */
export function describedCommands(engine: PowerShellEngine): Promise<readonly ActualCommand[]> {
  const module = join(repositoryRoot(), 'ConfigMgrSync.psd1');
  described ??= jsonInSession<ActualCommand[]>(
    engine,
    `& ${quoted(parityFile('describeCommand.ps1'))} -ModulePath ${quoted(module)}`,
  );
  return described;
}
