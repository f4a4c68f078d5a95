import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrivateFolder } from '../platform/ensurePrivateFolder.js';
import { generationOfSocket, socketFolder, socketPath, windowsPipe } from '../platform/pipeAddress.js';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { siteFiles, type SiteFolder } from '../site/SiteFolder.js';

/** What the running engine says of itself in `engine.json` of its site folder. */
export interface EngineNote {
  readonly processId: number;
  readonly address: string;
  readonly generation: number;
  /** True while it opens the site: it listens, but answers only afterwards. */
  readonly opening?: boolean;
}

/** Where the engine of a site listens; undefined on Windows, where the pipe has one name. */
export function engineSocketFolder(site: SiteFolder): string | undefined {
  if (process.platform === 'win32') return undefined;
  const userId = process.getuid?.() ?? 0;
  const folder = socketFolder({
    sitePath: `${site.path}\n${site.siteGuid}`,
    runtimeFolder: process.env['XDG_RUNTIME_DIR'],
    temporaryFolder: tmpdir(),
    userId,
  });
  ensurePrivateFolder(folder, { userId, sharedGroup: site.operators.length > 0 ? statSync(site.path).gid : undefined });
  return folder;
}

/** Numbers of the socket files, the highest first. */
export function socketGenerations(folder: string): readonly number[] {
  const numbers = readdirSync(folder)
    .map(generationOfSocket)
    .filter((generation) => generation !== undefined);
  return numbers.sort((a, b) => b - a);
}

/** Where a relay looks for the engine, most likely place first. */
export function engineAddresses(site: SiteFolder): readonly string[] {
  const folder = engineSocketFolder(site);
  if (folder === undefined) return [windowsPipe(site.pipeName)];
  const highest = socketGenerations(folder)[0];
  const own = highest === undefined ? [] : [socketPath(folder, highest)];
  // An engine started from another session may listen below another temporary folder: its note says where.
  const noted = readEngineNote(site)?.address;
  return noted === undefined || own.includes(noted) ? own : [...own, noted];
}

/** Reads `engine.json`; undefined when there is none. */
export function readEngineNote(site: SiteFolder): EngineNote | undefined {
  try {
    return JSON.parse(readFileSync(join(site.path, siteFiles.engine), 'utf8')) as EngineNote;
  } catch (caught) {
    if (caught instanceof SyntaxError || systemErrorCode(caught) !== '') return undefined;
    throw caught;
  }
}

/** Writes `engine.json`. */
export async function writeEngineNote(site: SiteFolder, note: EngineNote): Promise<void> {
  const mode = site.operators.length > 0 ? 0o660 : 0o600;
  await replaceFile(join(site.path, siteFiles.engine), `${JSON.stringify(note)}\n`, { mode });
}
