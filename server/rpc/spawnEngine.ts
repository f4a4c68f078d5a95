import { spawn } from 'node:child_process';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { filesOf } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { completeSharing } from '../site/completeSharing.js';
import type { EngineDeps } from './EngineDeps.js';
import { linesSince, openEngineLog } from './engineLogFile.js';
import { spawnApart } from './spawnApart.js';
import { readStartFailure } from './startFailure.js';

/** An engine that was started: what it came to, if it ended already. */
export interface StartedEngine {
  /**
   * True while the process lives; throws what the engine says of its end, else EngineStartFailed, when it ended with an
   * error.
   */
  isAlive(): boolean;
  /** Called once the engine answers: what has only started it is not needed any more. */
  leave?(): void;
}

/** Starts the engine of a site detached: it outlives this process and has no window. */
export function spawnEngine(site: SiteFolder, deps: EngineDeps): StartedEngine {
  const [program] = deps.engineCommand;
  if (program === undefined || !plainFiles.existsSync(program))
    throw new SyncError('EngineNotBuilt', { path: program ?? '?' });
  completeSharing(site);
  if (deps.startsApart) return spawnApart(site, deps, () => spawnEngine(site, { ...deps, startsApart: false }));
  const log = openEngineLog(site);
  const files = filesOf(site);
  const before = files.fstatSync(log.descriptor).size;
  let end: { reason: string } | undefined;
  const child = spawn(process.execPath, [...deps.engineCommand, '--site-path', site.path], {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', log.descriptor],
    // Not the caller's folder: Windows would hold it as long as the engine runs.
    cwd: site.path,
    env: deps.env,
  });
  files.closeSync(log.descriptor);
  child.on('error', (error) => (end = { reason: reasonOf(error) }));
  child.on('exit', (code, signal) => {
    // 0: it found another engine at work.
    end ??= { reason: code === 0 ? '' : `it ended with ${signal ?? `exit code ${String(code)}`}` };
  });
  child.unref();
  return {
    isAlive: () => {
      if (end === undefined || end.reason === '') return end === undefined;
      throw failureOf(site, linesSince(files.readFileSync(log.path), before), end.reason);
    },
  };
}

/** The last line says it for programs, the one before for people. */
function failureOf(site: SiteFolder, lines: readonly string[], reason: string): SyncError {
  const last = lines.at(-1) ?? '';
  const text = last.startsWith('{') ? lines.at(-2) : last;
  return (
    readStartFailure(last) ??
    new SyncError('EngineStartFailed', {
      site: site.siteCode,
      reason: text === undefined || text === '' ? `${reason} and wrote no line to engine.log` : withoutStop(text),
    })
  );
}

function withoutStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}
