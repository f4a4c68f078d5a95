import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { enginePlaces } from '../rpc/enginePlace.js';
import { connectSocket } from '../rpc/sockets.js';
import { startRefusal } from '../service/startRefusal.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { startUnderAccount } from './AccountRelay.js';
import { StartLock } from './StartLock.js';
import { type EngineConnection, handshake } from './handshake.js';
import { spawnEngine, type StartedEngine } from './spawnEngine.js';

/** A look costs a small file and a connection that fails at once; an engine needs a quarter of a second to start. */
const MOST_PAUSE_MS = 25;

/** Connects to the engine of a site; starts it when none runs, unless a service is installed under another account. */
export async function connectEngine(site: SiteFolder, deps: EngineDeps): Promise<EngineConnection> {
  const lock = new StartLock(site, deps.startSeconds * 1000);
  try {
    return await connectOrStart({ site, deps, lock });
  } finally {
    lock.release();
  }
}

async function connectOrStart({
  site,
  deps,
  lock,
}: {
  site: SiteFolder;
  deps: EngineDeps;
  lock: StartLock;
}): Promise<EngineConnection> {
  const began = deps.clock.now().getTime();
  const deadline = began + deps.startSeconds * 1000;
  let started: StartedEngine | undefined;
  for (let pause = 5; ; pause = Math.min(pause * 1.5, MOST_PAUSE_MS)) {
    const connection = await connectRunningEngine(site, deps);
    if (connection !== undefined) {
      started?.leave?.();
      return connection;
    }
    if (started?.isAlive() === false) started = undefined;
    if (deps.clock.now().getTime() > deadline) throw await notAnswered(site, deps);
    // One start is enough: engines that lose the race for the lock end by themselves.
    started ??=
      (await anyoneListens(site)) || (await isForService(site, deps, began)) || !mayStart(site, lock)
        ? undefined
        : start(site, deps);
    await delay(pause);
  }
}

async function notAnswered(site: SiteFolder, deps: EngineDeps): Promise<SyncError> {
  // Only what fails needs it: a session waits for what is loaded.
  const { remarkOnLockFile } = await import('../rpc/acquireEngineLock.js');
  const remark = deps.platform === 'win32' ? await remarkOnLockFile(site) : '';
  const reason = `it did not answer within ${deps.startSeconds} seconds${remark === '' ? '' : `; ${remark}`}`;
  return new SyncError('EngineStartFailed', { site: site.siteCode, reason });
}

/** Root leaves nothing in the folder of others: the relay under their account takes the lock. */
function mayStart(site: SiteFolder, lock: StartLock): boolean {
  return site.use.as !== 'self' || lock.take();
}

function start(site: SiteFolder, deps: EngineDeps): StartedEngine {
  switch (site.use.as) {
    case 'self':
      return spawnEngine(site, deps);
    case 'account':
      return startUnderAccount(site, site.use.account, deps);
    case 'guest':
      if (deps.platform === 'win32') throw mayOnlyAsk(site);
      throw new SyncError('SiteAccountNeeded', { site: site.siteCode });
  }
}

/** Operators on Windows read the folder of their site: an engine of theirs could write nothing. */
function mayOnlyAsk(site: SiteFolder): SyncError {
  const reason = 'operators cannot start its engine: an administrator must install and start the service';
  return new SyncError('SiteFolderNotWritable', { path: site.path, reason });
}

/** Connects to the engine that runs; undefined while there is none, or one that is about to end. */
export async function connectRunningEngine(site: SiteFolder, deps: EngineDeps): Promise<EngineConnection | undefined> {
  for (const place of enginePlaces(site)) {
    const socket = await openSocket(site, place.address);
    if (socket !== undefined) return handshake(socket, { site, place, deps });
  }
  return undefined;
}

/** True while the service is given time to come back by itself. @throws SyncError ServiceNotRunning */
async function isForService(site: SiteFolder, deps: EngineDeps, began: number): Promise<boolean> {
  const refusal = await startRefusal(site, { now: () => deps.clock.now(), ownAccountId: deps.ownAccountId });
  if (refusal === undefined) return false;
  if (refusal.comesBack && deps.clock.now().getTime() - began < deps.serviceSeconds * 1000) return true;
  const { withLastResult } = await import('../service/whyNotRunning.js');
  throw await withLastResult(refusal.error, site.siteCode, deps);
}

/** On Windows an engine that an elevated session started has a pipe of Administrators. */
export function unreachableReason(caught: unknown, platform: NodeJS.Platform): string {
  const isDenied = ['EPERM', 'EACCES'].includes(systemErrorCode(caught));
  if (platform !== 'win32' || !isDenied) return reasonOf(caught);
  return (
    'an elevated session, or another account, started it, and this session is not elevated: use an elevated session, ' +
    'or let an administrator install the service'
  );
}

async function anyoneListens(site: SiteFolder): Promise<boolean> {
  for (const { address } of enginePlaces(site)) {
    const socket = await openSocket(site, address);
    socket?.destroy();
    if (socket !== undefined) return true;
  }
  return false;
}

async function openSocket(site: SiteFolder, address: string): Promise<Socket | undefined> {
  try {
    return await connectSocket(address);
  } catch (caught) {
    const reason = unreachableReason(caught, process.platform);
    throw new SyncError('EngineUnreachable', { site: site.siteCode, reason }, { cause: caught });
  }
}
