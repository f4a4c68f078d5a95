import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { type FolderFiles, plainFiles } from '../platform/files/folderFiles.js';
import { withoutSecrets } from '../platform/secretVariables.js';
import { processState } from '../platform/processState.js';
import { quoteWindowsArgument, runScript, type ScriptCall } from '../platform/windowsScript.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { readStartFailure } from '../rpc/errors.js';
import { filesOf, SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { completeSharing } from '../site/completeSharing.js';

/** `engine.log` of a site, opened to add to it. @throws SyncError SiteFolderNotWritable */
function openEngineLog(site: SiteFolder): { readonly path: string; readonly descriptor: number } {
  const path = join(site.path, SITE_FILES.logs, 'engine.log');
  try {
    const files = filesOf(site);
    files.mkdirSync(join(site.path, SITE_FILES.logs), { recursive: true });
    return { path, descriptor: files.openSync(path, 'a', site.operators.length > 0 ? 0o660 : 0o600) };
  } catch (caught) {
    if (caught instanceof SyncError) throw caught;
    throw new SyncError('SiteFolderNotWritable', { path: site.path, reason: reasonOf(caught) }, { cause: caught });
  }
}

/** No start writes more, and a log can have any size. */
const LONGEST = 64 * 1024;

/** The last of what was written since a log had that size. */
function linesSince(files: FolderFiles, path: string, from: number): readonly string[] {
  const descriptor = files.openSync(path, 'r');
  try {
    const { size } = files.fstatSync(descriptor);
    const piece = Buffer.alloc(Math.max(0, Math.min(LONGEST, size - from)));
    const read = files.readSync(descriptor, piece, 0, piece.length, size - piece.length);
    const lines = piece.subarray(0, read).toString('utf8').split(/\r?\n/);
    return lines.filter((line) => line.trim() !== '');
  } finally {
    files.closeSync(descriptor);
  }
}

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
        `The engine inherits the open handles of its caller, because it could not be started separately: ${reason}.`,
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
      const failure = readStartFailure(linesSince(files, log.path, before).at(-1) ?? '');
      if (failure !== undefined) throw failure;
      return false;
    },
  };
}

/** The script with the whole command line and environment of the engine, which writes its log itself. */
export function startCall(site: Pick<SiteFolder, 'path'>, deps: Pick<EngineDeps, 'engineCommand' | 'env'>): ScriptCall {
  const words = [process.execPath, ...deps.engineCommand, '--site-path', site.path, '--own-log'];
  // The current folders of drives are variables that begin with =.
  const variables = Object.entries(withoutSecrets(deps.env)).filter(([name]) => !name.startsWith('='));
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
    env: withoutSecrets(deps.env),
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
      throw failureOf(site, linesSince(files, log.path, before), end.reason);
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
