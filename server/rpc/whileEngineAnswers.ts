import { SyncError } from '../errors/SyncError.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { EngineDeps } from './EngineDeps.js';
import type { EngineConnection } from './connectEngine.js';

/** The engine that is asked. */
export interface AskedEngine {
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
