import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineHandoverRequest, EngineHandoverResult } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { connectRunningEngine } from '../relay/connectEngine.js';
import { type EngineConnection, isConnectionLost } from '../relay/handshake.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { EngineLock } from '../rpc/EngineLock.js';
import { acquireEngineLock } from '../rpc/acquireEngineLock.js';
import { fromResponseError } from '../rpc/errors.js';
import type { SiteFolder } from '../site/SiteFolder.js';

/** How a service takes a site over. */
interface TakeOverOptions {
  readonly deps: EngineDeps;
  readonly log: (line: string) => void;
  /** Aborted when the service is asked to end while it waits. */
  readonly signal: AbortSignal;
  readonly generationsOnDisk: () => Promise<number>;
}

/**
 * Takes a site for a service. An engine that was started on demand is asked to hand over: it finishes its run and what
 * it is asked for, then ends.
 * @throws SyncError EngineHeld when another service has the site, SiteHeldElsewhere, EngineHung, Cancelled
 */
export async function takeOverSite(site: SiteFolder, options: TakeOverOptions): Promise<EngineLock> {
  const elsewhere = new EngineElsewhere(options.log);
  let remark: string | undefined;
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 200)) {
    const result = await acquireEngineLock(site, options.generationsOnDisk).catch((caught: unknown) =>
      elsewhere.mayBeGone(caught),
    );
    if (result instanceof EngineLock) return result;
    const connection = await connectRunningEngine(site, options.deps);
    if (connection !== undefined) await waitForHandover(site, connection, options);
    else if (result?.remark !== undefined && result.remark !== remark) options.log(`Waiting: ${result.remark}.`);
    remark = result?.remark ?? remark;
    if (options.signal.aborted) throw new SyncError('Cancelled', { what: 'The start of the service' });
    await delay(pause);
  }
}

/**
 * An engine of another machine that has the site. A container or machine that was killed leaves its last beat: a
 * service that starts again waits until that is old, unless there is a newer one.
 */
class EngineElsewhere {
  readonly #log: (line: string) => void;
  #beat: unknown;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** @throws whatever it is, unless it says that there is one, which has not given a sign of life meanwhile */
  mayBeGone(caught: unknown): undefined {
    if (!(caught instanceof SyncError) || caught.errorId !== 'SiteHeldElsewhere') throw caught;
    const { beat } = caught.data;
    if (this.#beat !== undefined && this.#beat !== beat) throw caught;
    if (this.#beat === undefined)
      this.#log(`${caught.message} Waiting for its next heartbeat, or for it to stay silent.`);
    this.#beat = beat;
    return undefined;
  }
}

async function waitForHandover(
  site: SiteFolder,
  connection: EngineConnection,
  { log, signal }: TakeOverOptions,
): Promise<void> {
  const closed = new Promise<void>((resolve) => connection.rpc.onDispose(resolve));
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const answer = await askToHandOver(connection);
  if (answer?.isService === true) {
    connection.rpc.dispose();
    throw new SyncError('EngineHeld', { site: site.siteCode, processId: connection.processId });
  }
  if (answer !== undefined)
    log(
      `Waiting for the engine that was started on demand ` +
        `(process ${connection.processId})${answer.run === 0 ? '' : `, which finishes run ${answer.run}`}.`,
    );
  await Promise.race([closed, aborted]);
  connection.rpc.end();
}

/** Undefined when the connection ended before the answer. */
async function askToHandOver(connection: EngineConnection): Promise<EngineHandoverResult | undefined> {
  const request: EngineHandoverRequest = { requestId: randomUUID(), successor: `the service (process ${process.pid})` };
  try {
    return await connection.rpc.sendRequest<EngineHandoverResult>('engine/handover', request);
  } catch (caught) {
    if (isConnectionLost(caught)) return undefined;
    throw fromResponseError(caught, 'engine/handover');
  }
}
