import { lstatSync, type Stats } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { distrust, ensurePrivateFolder } from '../platform/accounts/ensurePrivateFolder.js';
import type { PrivateFolderOwner } from '../platform/accounts/ensurePrivateFolder.js';
import { type FolderFiles, plainFiles } from '../platform/files/folderFiles.js';
import { readText } from '../platform/files/readText.js';
import { isSameVolume } from '../platform/files/windowsPlace.js';
import { generationOfSocket, socketFolder, socketPath } from '../platform/pipeAddress.js';
import { processState } from '../platform/processState.js';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { namedFolder } from '../platform/trustedEnvironment.js';
import { filesOf, SITE_FILES } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { writingLater } from '../store/fileCalls.js';

/** What the running engine says of itself in `engine.json` of its site folder. */
export interface EngineRecord {
  /** 1 where there is none. */
  readonly format?: number;
  readonly processId: number;
  readonly address: string;
  readonly generation: number;
  /** True while it opens the site: it listens, but answers only afterwards. */
  readonly opening?: boolean;
  /** Since format 2, elsewhere than on Windows: the user it works as; written with the record. */
  readonly account?: number | undefined;
  /**
   * Which folder it is the engine of: in a copy of the folder the record says nothing. Older engines did not write it.
   */
  readonly folder?: string;
  /** What the engine signs its answer to hello with. Older engines, which sign nothing, did not write it. */
  readonly key?: string;
}

/** Where an engine may be, and its key where the note that says so has one. */
export interface EnginePlace {
  readonly address: string;
  readonly key?: string | undefined;
}

/** Where the engine of a site listens, made for it; undefined on Windows, where the pipe has one name. */
export function engineSocketFolder(site: SiteFolder): string | undefined {
  const folder = socketFolderOf(site);
  if (folder !== undefined) ensurePrivateFolder(folder, socketOwner(site));
  return folder;
}

/** The same where it already exists. @throws SyncError SiteFolderNotTrusted when it is that of somebody else */
function foundSocketFolder(site: SiteFolder, files: FolderFiles): string | undefined {
  const folder = socketFolderOf(site);
  const found = folder === undefined ? undefined : statsOf(folder, files);
  if (folder === undefined || found === undefined) return undefined;
  const reason = distrust(found, socketOwner(site));
  if (reason !== undefined) throw new SyncError('SiteFolderNotTrusted', { path: folder, reason });
  return folder;
}

/** An engine that ends takes the folder away, maybe in this very moment. */
function statsOf(folder: string, files: FolderFiles): Stats | undefined {
  try {
    return files.lstatSync(folder);
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return undefined;
    throw caught;
  }
}

function socketFolderOf(site: SiteFolder): string | undefined {
  const userId = process.geteuid?.();
  if (userId === undefined) return undefined;
  return socketFolder({
    sitePath: `${site.path}\n${site.siteGuid}`,
    runtimeFolder: namedFolder(process.env['XDG_RUNTIME_DIR'], { userId }),
    temporaryFolder: namedFolder(tmpdir(), { userId }) ?? '/tmp',
    userId,
  });
}

function socketOwner(site: SiteFolder): PrivateFolderOwner {
  const { gid } = site.files.lstatSync(site.path);
  return { userId: process.geteuid?.() ?? 0, sharedGroup: site.operators.length > 0 ? gid : undefined };
}

/** Numbers of the socket files, the highest first. */
export function socketGenerations(folder: string, files: FolderFiles = plainFiles): readonly number[] {
  const numbers = namesIn(folder, files)
    .map(generationOfSocket)
    .filter((generation) => generation !== undefined);
  return numbers.sort((a, b) => b - a);
}

/** The engine that ended last takes the folder away. */
function namesIn(folder: string, files: FolderFiles): readonly string[] {
  try {
    return files.readdirSync(folder);
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return [];
    throw caught;
  }
}

/** Where a relay looks for the engine, most likely place first; `sockets` are the files outside of the site. */
export function enginePlaces(site: SiteFolder, sockets: FolderFiles = plainFiles): readonly EnginePlace[] {
  // Elsewhere too the record of a copied folder counts for nothing.
  const noted = readEngineRecord(site);
  if (process.platform === 'win32') return pipePlaces(noted);
  // Root has none of its own for a site of others.
  const folder = site.use.as === 'self' ? foundSocketFolder(site, sockets) : undefined;
  const highest = folder === undefined ? undefined : socketGenerations(folder, sockets)[0];
  const own = folder === undefined || highest === undefined ? [] : [{ address: socketPath(folder, highest) }];
  // An engine started from another session may listen below another temporary folder: its record says where.
  return noted === undefined || own.some(({ address }) => address === noted.address) ? own : [...own, noted];
}

/** Whoever serves the pipe of an engine that is gone is somebody else, who would keep a new one from being started. */
export function pipePlaces(noted: EngineRecord | undefined, state = processState): readonly EnginePlace[] {
  return noted === undefined || state(noted.processId) === 'gone' ? [] : [noted];
}

/**
 * The key that the engine at a place has to sign with, once it has answered: only then it has surely written its note.
 * Undefined for an engine of a version that had none.
 */
export function keyOfEngine(site: SiteFolder, { address, key }: EnginePlace): string | undefined {
  const record = readEngineRecord(site);
  return record?.address === address ? record.key : key;
}

const RECORD_FORMAT = 2;

/** Reads `engine.json`; undefined when there is none, or one that says nothing that can be used. */
export function readEngineRecord(site: SiteFolder): EngineRecord | undefined {
  try {
    const record = usable(
      JSON.parse(readText(filesOf(site), join(site.path, SITE_FILES.engine))) as Partial<EngineRecord> | null,
    );
    return record?.folder === undefined || isSameIdentity(record.folder, folderIdentity(site)) ? record : undefined;
  } catch (caught) {
    if (caught instanceof SyntaxError || caught instanceof SyncError || systemErrorCode(caught) !== '')
      return undefined;
    throw caught;
  }
}

/** What a folder is however its path is written, and a copy of it is not. Of a path Windows has many spellings. */
export function folderIdentity({ path }: Pick<SiteFolder, 'path'>): string {
  // The numbers of Windows are longer than a number of JavaScript.
  const { dev, ino } = lstatSync(path, { bigint: true });
  return `${dev}.${ino}`;
}

/** True for the identities of one folder; engine and session need not have the same version of Node.js. */
export function isSameIdentity(one: string, other: string, platform: NodeJS.Platform = process.platform): boolean {
  if (one === other || platform !== 'win32') return one === other;
  const [a, b] = [one, other].map((text) => /^(-?\d+)\.(-?\d+)$/.exec(text));
  if (a?.[2] === undefined || a[2] !== b?.[2]) return false;
  return isSameVolume(BigInt(a[1] ?? ''), BigInt(b[1] ?? ''));
}

/** Operators can write it: an address that is not a socket or pipe would be one of the network. */
function usable(record: Partial<EngineRecord> | null): EngineRecord | undefined {
  const { format = 1, processId, address, generation } = record ?? {};
  const isKnown = format <= RECORD_FORMAT && Number.isSafeInteger(processId) && Number.isSafeInteger(generation);
  return isKnown && typeof address === 'string' && isOfThisMachine(address) ? (record as EngineRecord) : undefined;
}

/** On Windows a full path can name a pipe of another machine, which would get the name and a proof of this account. */
export function isOfThisMachine(address: string, platform: NodeJS.Platform = process.platform): boolean {
  // One name: `..` between names leads out of the pipes.
  return platform === 'win32' ? /^\\\\\.\\pipe\\[^\\/]+$/i.test(address) : isAbsolute(address);
}

/** Writes `engine.json`. @throws SyncError StoreWriteFailed */
export async function writeEngineRecord(site: SiteFolder, record: EngineRecord): Promise<void> {
  const mode = site.operators.length > 0 ? 0o660 : 0o600;
  const file = join(site.path, SITE_FILES.engine);
  const whole = { format: RECORD_FORMAT, ...record, account: process.geteuid?.(), folder: folderIdentity(site) };
  const text = `${JSON.stringify(whole)}\n`;
  await writingLater(file, async () => replaceFile(file, text, { files: filesOf(site), mode }));
}
