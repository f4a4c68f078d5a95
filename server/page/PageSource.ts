import { type EngineMethod, METHODS, type RequestOf, type ResultOf } from '../contract/methods.js';
import { checked } from '../contract/checked.js';
import type { EngineService } from '../rpc/requests.js';
import type { LogEntry } from '../status/readLog.js';
import type { Clock } from './times.js';

/** What the page may ask: it shows what the commands show, and changes nothing. */
export type PageMethod =
  | 'alert/list'
  | 'category/list'
  | 'component/get'
  | 'content/list'
  | 'health/get'
  | 'message/list'
  | 'run/changes'
  | 'run/list'
  | 'site/get'
  | 'site/tree'
  | 'status/get'
  | 'update/list';

/** Asks the engine as a command would. */
export type Ask = <M extends PageMethod & EngineMethod>(method: M, params: RequestOf<M>) => Promise<ResultOf<M>>;

/** Asks the service of an open site until the signal is aborted: within the limits that hold for a command. */
export function asking(service: EngineService, signal: AbortSignal): Ask {
  return async (method, params) => {
    await checked(METHODS[method].requestSchema, params, method);
    return service[method](params, { signal, closed: signal, notify: () => undefined });
  };
}

/** Somebody who reads: what the page may ask for him, what he asked for, when, and the zone of the site. */
export interface Reader extends Clock {
  readonly ask: Ask;
  readonly query: URLSearchParams;
  /** The log of the site, the newest entries first. */
  readonly log: () => AsyncIterable<readonly LogEntry[]>;
}
