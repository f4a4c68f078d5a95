import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SyncError } from '../errors/SyncError.js';
import { removeWithRetry } from '../platform/files/heldFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { readEngineRecord } from '../rpc/enginePlace.js';
import { fromResponseError } from '../rpc/errors.js';
import type { RunningEngine } from '../service/ServiceControl.js';
import type { ServiceDeps } from '../service/ServiceDeps.js';
import { filesOf, SITE_FILES } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { connectRunningEngine } from './connectEngine.js';
import { isConnectionLost } from './handshake.js';

const PAUSE = 50;

type EndDeps = EngineDeps & Pick<ServiceDeps, 'endSeconds'>;

/**
 * Ends the engine of a site that runs, under whatever account, and waits until its process is gone. @throws SyncError
 * EngineHung, ServiceStopTimeout
 */
export async function endEngine(site: SiteFolder, deps: EndDeps): Promise<void> {
  const connection = await connectRunningEngine(site, deps);
  if (connection !== undefined) {
    await askToEnd(connection.rpc);
    await untilGone(connection.processId, site, deps);
  }
  // A socket that another account left behind cannot be asked by the next one, who would take it for a living engine.
  await removeWithRetry(filesOf(site), join(site.path, SITE_FILES.engine));
}

/** Waits until the engine of a service answers. @throws SyncError EngineStartFailed */
async function waitForEngine(site: SiteFolder, deps: ServiceDeps): Promise<void> {
  const deadline = deps.clock.now().getTime() + deps.startSeconds * 1000;
  for (;;) {
    const connection = await connectRunningEngine(site, deps);
    connection?.rpc.end();
    if (connection !== undefined) return;
    if (deps.clock.now().getTime() > deadline)
      throw new SyncError('EngineStartFailed', {
        site: site.siteCode,
        reason: `the service did not answer within ${deps.startSeconds} seconds`,
      });
    await delay(PAUSE);
  }
}

/** Waits until the process that the note of the site names is gone. @throws SyncError ServiceStopTimeout */
async function engineGone(site: SiteFolder, deps: EndDeps): Promise<void> {
  const record = readEngineRecord(site);
  if (record !== undefined) await untilGone(record.processId, site, deps);
  await removeWithRetry(filesOf(site), join(site.path, SITE_FILES.engine));
}

/** The engine as the service of a site meets it. */
export const runningEngine: RunningEngine = { end: endEngine, gone: engineGone, wait: waitForEngine };

async function askToEnd(rpc: { sendRequest: (method: string, params: object) => Promise<unknown> }): Promise<void> {
  try {
    await rpc.sendRequest('engine/stop', { requestId: randomUUID() });
  } catch (caught) {
    if (!isConnectionLost(caught)) throw fromResponseError(caught, 'engine/stop');
  }
}

async function untilGone(processId: number, site: SiteFolder, deps: EndDeps): Promise<void> {
  const deadline = deps.clock.now().getTime() + deps.endSeconds * 1000;
  while (isAlive(processId)) {
    if (deps.clock.now().getTime() > deadline)
      throw new SyncError('ServiceStopTimeout', { site: site.siteCode, processId, seconds: deps.endSeconds });
    await delay(PAUSE);
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (caught) {
    return systemErrorCode(caught) === 'EPERM';
  }
}
