import { randomUUID } from 'node:crypto';
import type { EngineHandoverRequest, EngineHandoverResult } from '../contract/generated/types.js';
import type { ContractNeed } from '../contract/versions.js';
import { SyncError } from '../errors/SyncError.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { fromResponseError } from '../rpc/errors.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { type EngineConnection, isConnectionLost } from './handshake.js';

/** The engine that is asked. */
interface AskedEngine {
  readonly connection: EngineConnection;
  readonly site: SiteFolder;
  readonly deps: EngineDeps;
}

/**
 * The outcome of a request, however long it takes, as long as the engine answers small questions beside it.
 * @throws SyncError EngineHung
 */
export function whileEngineAnswers<R>(work: Promise<R>, asked: AskedEngine): Promise<R> {
  const { connection, site, deps } = asked;
  return new Promise((resolve, reject) => {
    let stop = (): void => undefined;
    let isOver = false;
    const later = (seconds: number, action: () => void): void => {
      if (!isOver) stop = deps.clock.after(seconds * 1000, action);
    };
    const hung = (): void =>
      reject(new SyncError('EngineHung', { site: site.siteCode, processId: connection.processId }));
    const probe = (): void => {
      later(deps.answerSeconds, hung);
      const again = (): void => {
        stop();
        later(deps.helloSeconds, probe);
      };
      // Lost connections are noticed by the request itself.
      connection.rpc.sendRequest('site/get', {}).then(again, () => stop());
    };
    later(deps.helloSeconds, probe);
    work.then(resolve, reject).finally(() => {
      isOver = true;
      stop();
    });
  });
}

/**
 * Ends an engine that is too old for what is asked, so that the next connection starts one of ours; true when it has
 * ended.
 * @throws SyncError EngineTooOld when it stays, for good or for now
 */
export async function replaceOlderEngine(asked: AskedEngine, need: ContractNeed, isLast: boolean): Promise<boolean> {
  const { connection, site } = asked;
  if (need.version <= connection.contract) return false;
  if (site.use.as === 'guest') throw tooOld(asked, need, 'only the account of the site can start a newer engine');
  if (isLast) throw tooOld(asked, need, 'older sessions start it again and again');
  const ended = new Promise<'ended'>((resolve) => connection.rpc.onDispose(() => resolve('ended')));
  const answer = await askToEnd(asked, need);
  if (answer?.isService === true) throw tooOld(asked, need, 'it runs as a service and keeps running');
  if (answer !== undefined && answer.run !== 0)
    throw tooOld(asked, need, `it finishes run ${answer.run} first and then ends`);
  if (answer !== undefined && (await endedInTime(asked, ended)) === 'late')
    throw tooOld(asked, need, 'it still answers others and then ends');
  return true;
}

/** Undefined when the connection ended before the answer. */
async function askToEnd(
  { connection, deps }: AskedEngine,
  { what }: ContractNeed,
): Promise<EngineHandoverResult | undefined> {
  const request: EngineHandoverRequest = { requestId: randomUUID(), successor: `version ${deps.version} for ${what}` };
  try {
    return await connection.rpc.sendRequest<EngineHandoverResult>('engine/handover', request);
  } catch (caught) {
    if (isConnectionLost(caught)) return undefined;
    throw fromResponseError(caught, 'engine/handover');
  }
}

async function endedInTime({ deps }: AskedEngine, ended: Promise<'ended'>): Promise<'ended' | 'late'> {
  let cancel = (): void => undefined;
  const late = new Promise<'late'>((resolve) => {
    cancel = deps.clock.after(deps.helloSeconds * 1000, () => resolve('late'));
  });
  return Promise.race([ended, late]).finally(() => cancel());
}

function tooOld({ connection, site }: AskedEngine, { what }: ContractNeed, reason: string): SyncError {
  return new SyncError('EngineTooOld', { site: site.siteCode, version: connection.version, what, reason });
}
