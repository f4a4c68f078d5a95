import { reasonOf } from '../errors/SyncError.js';
import { processState } from '../platform/processState.js';
import { quoteWindowsArgument, runScript } from '../platform/windowsScript.js';
import type { ScriptCall } from '../platform/windowsScript.js';
import { filesOf } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { EngineDeps } from './EngineDeps.js';
import { linesSince, openEngineLog } from './engineLogFile.js';
import type { StartedEngine } from './spawnEngine.js';
import { readStartFailure } from './startFailure.js';

/**
 * Starts the engine of a site on Windows through the system, so that it inherits nothing of this process: who captures
 * the output of a command gets its end when the command ends. Where that is forbidden, `otherwise` starts it.
 */
export function spawnApart(site: SiteFolder, deps: EngineDeps, otherwise: () => StartedEngine): StartedEngine {
  const log = openEngineLog(site);
  const files = filesOf(site);
  const before = files.fstatSync(log.descriptor).size;
  files.closeSync(log.descriptor);
  let processId: number | undefined;
  let instead: StartedEngine | (() => never) | undefined;
  const startOtherwise = (reason: string): void => {
    try {
      noteInLog(
        site,
        `The engine inherits what its caller has open, because it could not be started apart: ${reason}.`,
      );
      instead = otherwise();
    } catch (caught) {
      instead = () => {
        throw caught;
      };
    }
  };
  void runScript(startCall(site, deps), deps).then(
    (answer) => ('value' in answer ? (processId = Number(answer.value)) : startOtherwise(answer.reason)),
    (caught: unknown) => startOtherwise(reasonOf(caught)),
  );
  return {
    isAlive: () => {
      if (typeof instead === 'function') return instead();
      if (instead !== undefined) return instead.isAlive();
      if (processId === undefined || processState(processId) !== 'gone') return true;
      const failure = readStartFailure(linesSince(files.readFileSync(log.path), before).at(-1) ?? '');
      if (failure !== undefined) throw failure;
      return false;
    },
  };
}

/** The script with the whole command line and environment of the engine, which writes its log itself. */
export function startCall(site: Pick<SiteFolder, 'path'>, deps: Pick<EngineDeps, 'engineCommand' | 'env'>): ScriptCall {
  const words = [process.execPath, ...deps.engineCommand, '--site-path', site.path, '--own-log'];
  // The current folders of drives are variables that begin with =.
  const variables = Object.entries(deps.env).filter(([name]) => !name.startsWith('='));
  return {
    name: 'Invoke-CMSyncEngineStart',
    given: {
      commandLine: words.map(quoteWindowsArgument).join(' '),
      folder: site.path,
      environment: variables.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
    },
  };
}

function noteInLog(site: SiteFolder, line: string): void {
  const files = filesOf(site);
  const { descriptor } = openEngineLog(site);
  try {
    files.writeSync(descriptor, `${new Date().toISOString()} ${line}\n`);
  } finally {
    files.closeSync(descriptor);
  }
}
