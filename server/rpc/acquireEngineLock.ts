import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { socketPath, windowsPipe } from '../platform/pipeAddress.js';
import { processState } from '../platform/processState.js';
import { runProgram } from '../platform/runProgram.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { readServiceRecord } from '../site/ServiceRecord.js';
import { SITE_FILES } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { refuseHeldElsewhere } from '../site/heldElsewhere.js';
import { EngineLock, type EngineLockParts } from './EngineLock.js';
import { sharePipes } from './sharePipes.js';
import { connectSocket, listen, openEarlierPipe } from './sockets.js';
import { engineSocketFolder, readEngineRecord, socketGenerations, writeEngineRecord } from './enginePlace.js';
import type { EngineRecord } from './enginePlace.js';

/** More rounds than engines can start at once; each lost round means that another engine won it. */
const ROUNDS = 1000;

/** Who has the site. */
type LockOwner =
  // The address of its engine.
  | { readonly ownedBy: string; readonly remark?: undefined }
  // On Windows, that the lock file is held and no engine answers.
  | { readonly ownedBy?: undefined; readonly remark: string };

/** Either the lock, or who holds it. */
export type LockResult = EngineLock | LockOwner;

/**
 * Takes the site for this process. The caller then creates its journal generation exclusively and asks
 * `verifyHighest()` before it writes.
 * @throws SyncError SiteHeldElsewhere where an engine of another machine has the site, StoreWriteFailed
 */
export async function acquireEngineLock(
  site: SiteFolder,
  generationsOnDisk: () => Promise<number>,
): Promise<LockResult> {
  const result = await acquire(site, generationsOnDisk);
  if (result instanceof EngineLock) await noteOrRelease(site, result);
  return result;
}

async function noteOrRelease(site: SiteFolder, lock: EngineLock): Promise<void> {
  try {
    await writeEngineRecord(site, { ...lock.record, opening: true });
  } catch (caught) {
    await lock.release();
    throw caught;
  }
}

async function acquire(site: SiteFolder, generationsOnDisk: () => Promise<number>): Promise<LockResult> {
  const hasSockets = engineSocketFolder(site) !== undefined;
  const elsewhere = hasSockets ? readEngineRecord(site)?.address : undefined;
  if (elsewhere !== undefined && (await isAlive(elsewhere))) return { ownedBy: elsewhere };
  refuseHeldElsewhere(site);
  if (!hasSockets) return acquirePipe(site, generationsOnDisk);
  let folder = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    // Anew in each round: the engine that ends takes the folder away.
    folder = engineSocketFolder(site) ?? '';
    const result = await tryRound(folder, generationsOnDisk);
    if (result !== undefined) return result;
  }
  throw new SyncError('EngineStartFailed', { site: site.siteCode, reason: `the lock in ${folder} could not be taken` });
}

/**
 * One look at the sockets and one attempt to put the next one beside them; undefined when another engine was faster.
 */
async function tryRound(folder: string, generationsOnDisk: () => Promise<number>): Promise<LockResult | undefined> {
  const highest = socketGenerations(folder)[0] ?? 0;
  if (highest > 0 && (await isAlive(socketPath(folder, highest)))) return { ownedBy: socketPath(folder, highest) };
  const generation = Math.max(highest, await generationsOnDisk()) + 1;
  const address = socketPath(folder, generation);
  const server = createServer();
  if (!(await listenAs(server, folder, address))) return undefined;
  const lock = new EngineLock({ server, address, generation, folder });
  if (lock.verifyHighest()) return lock;
  await lock.release();
  return undefined;
}

/**
 * Listens under a random name first and then links the socket to its number: a numbered socket that refuses is dead
 * for good, there is no moment between bind and listen in which a living one looks dead, and link() fails when the
 * number is taken.
 */
async function listenAs(server: Server, folder: string, address: string): Promise<boolean> {
  const temporary = join(folder, `t.${randomBytes(4).toString('hex')}`);
  try {
    await listen(server, temporary);
    plainFiles.linkSync(temporary, address);
    return true;
  } catch (caught) {
    server.close();
    // EACCES is what Node.js makes of a folder that is gone.
    if (['EEXIST', 'ENOENT', 'EACCES'].includes(systemErrorCode(caught))) return false;
    throw caught;
  } finally {
    plainFiles.rmSync(temporary, { force: true });
  }
}

const machine = { env: process.env, run: runProgram };

async function acquirePipe(site: SiteFolder, generationsOnDisk: () => Promise<number>): Promise<LockResult> {
  // An engine of version 0.1: the name of its pipe was its lock.
  const earlier = windowsPipe(site.pipeName);
  const isOfEngine = (): boolean => isRecordOfEngine(readEngineRecord(site), earlier);
  if (isOfEngine() && (await isAlive(earlier))) return { ownedBy: earlier };
  const descriptor = takeLockFile(site);
  if (descriptor === undefined) return ownerOfLockFile(site);
  const free = (): void => site.files.closeSync(descriptor);
  try {
    // Before it listens: who comes then is waited for by the lock.
    const generation = (await generationsOnDisk()) + 1;
    const found = await openEarlierPipe({ address: earlier, isOfEngine });
    if (!('isTaken' in found)) return await openPipes(site, { generation, earlier: found, free });
    free();
    return { ownedBy: earlier };
  } catch (caught) {
    free();
    throw caught instanceof SyncError
      ? caught
      : new SyncError('EngineStartFailed', { site: site.siteCode, reason: reasonOf(caught) }, { cause: caught });
  }
}

type PipeParts = Required<Pick<EngineLockParts, 'generation' | 'earlier' | 'free'>>;

/** Under another name for each start, which nobody can have taken before, and under that of version 0.1. */
async function openPipes(site: SiteFolder, parts: PipeParts): Promise<EngineLock> {
  const address = windowsPipe(`configmgrsync-${randomBytes(16).toString('hex')}`);
  const server = createServer();
  try {
    await listen(server, address);
    const lock = new EngineLock({ ...parts, server, address, folder: undefined });
    const pipes = parts.earlier.server === undefined ? [address] : [address, windowsPipe(site.pipeName)];
    if (isSharedPipe(site)) lock.note(await sharePipes(site, pipes, machine));
    return lock;
  } catch (caught) {
    for (const one of [server, parts.earlier.server]) one?.close();
    throw caught;
  }
}

/** True where a record says that an engine that lives listens under that name. */
export function isRecordOfEngine(record: EngineRecord | undefined, address: string): boolean {
  return record?.address === address && processState(record.processId) !== 'gone';
}

/** For libuv on Windows: while it is open nobody else can open the file, whatever the account. */
const SHARE_NOTHING = 0x10000000;

/** Opens the file of the lock; undefined where another engine has it open. @throws SyncError SiteFolderNotWritable */
export function takeLockFile(site: Pick<SiteFolder, 'path' | 'files' | 'operators'>): number | undefined {
  const path = join(site.path, SITE_FILES.lock);
  try {
    return site.files.openSync(path, constants.O_RDWR | constants.O_CREAT | SHARE_NOTHING, 0o600);
  } catch (caught) {
    if (systemErrorCode(caught) === 'EBUSY') return undefined;
    if (caught instanceof SyncError) throw caught;
    throw new SyncError('SiteFolderNotWritable', { path, reason: reasonOf(caught) }, { cause: caught });
  }
}

/** Who has the lock file open. To read it is enough, which operators may too: only an engine answers. */
export async function ownerOfLockFile(site: SiteFolder): Promise<LockOwner> {
  const record = readEngineRecord(site);
  if (record !== undefined && (processState(record.processId) !== 'gone' || (await isAlive(record.address))))
    return { ownedBy: record.address };
  return {
    remark:
      `no engine answers, and ${join(site.path, SITE_FILES.lock)} is held: by an engine that has just started, or by ` +
      'another program, possibly that of an operator',
  };
}

/** What is to be added where no engine answers on Windows; '' where the lock file is free, or that of an engine. */
export async function remarkOnLockFile(site: SiteFolder): Promise<string> {
  try {
    const descriptor = takeLockFile(site);
    if (descriptor === undefined) return (await ownerOfLockFile(site)).remark ?? '';
    site.files.closeSync(descriptor);
  } catch (caught) {
    if (!(caught instanceof SyncError)) throw caught;
  }
  return '';
}

/**
 * The system lets only the account of the engine and administrators write to a pipe; true where others may use the
 * site.
 */
export function isSharedPipe(site: Pick<SiteFolder, 'operators' | 'path'>): boolean {
  return site.operators.length > 0 || readServiceRecord(site) !== undefined;
}

async function isAlive(address: string): Promise<boolean> {
  try {
    const socket = await connectSocket(address);
    socket?.destroy();
    return socket !== undefined;
  } catch (caught) {
    // EAGAIN (its queue is full), EACCES: somebody is there.
    if (systemErrorCode(caught) !== '') return true;
    throw caught;
  }
}
