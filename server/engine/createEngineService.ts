import type * as Contract from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { listCategories } from './handlers/listCategories.js';
import { listUpdates } from './handlers/listUpdates.js';
import { getComponent, setComponent } from './handlers/component.js';
import { getStatus } from './handlers/getStatus.js';
import { listRuns, startSync, waitForRun, watchRun } from './handlers/runs.js';
import type { RequestContext } from './RequestContext.js';
import type { SiteContext } from './SiteContext.js';
import type { SyncRunner } from './SyncRunner.js';
import { toSite } from './objects/toSite.js';

/** What the handlers share. */
export interface ServiceParts {
  readonly context: SiteContext;
  readonly runner: SyncRunner;
  /** Keeps the password of the proxy, '' to forget it. */
  readonly keepProxyPassword: (password: string) => Promise<void>;
  /** Ends the engine once the answer is on its way. */
  readonly stop: () => void;
}

/** The engine's side of the contract: one entry per method. */
export interface EngineService {
  'site/get': (params: Contract.SiteGetRequest, request: RequestContext) => Promise<Contract.Site>;
  'component/get': (params: Contract.ComponentGetRequest, request: RequestContext) => Promise<Contract.Component>;
  'component/set': (params: Contract.ComponentSetRequest, request: RequestContext) => Promise<Contract.ComponentSetResult>;
  'sync/start': (params: Contract.SyncStartRequest, request: RequestContext) => Promise<Contract.SyncStartResult>;
  'run/list': (params: Contract.RunListRequest, request: RequestContext) => Promise<Contract.RunListResult>;
  'run/wait': (params: Contract.RunWaitRequest, request: RequestContext) => Promise<Contract.RunWaitResult>;
  'run/watch': (params: Contract.RunWatchRequest, request: RequestContext) => Promise<Contract.RunWatchResult>;
  'status/get': (params: Contract.StatusGetRequest, request: RequestContext) => Promise<Contract.StatusGetResult>;
  'category/list': (params: Contract.CategoryListRequest, request: RequestContext) => Promise<Contract.CategoryListResult>;
  'update/list': (params: Contract.UpdateListRequest, request: RequestContext) => Promise<Contract.UpdateListResult>;
  'engine/stop': (params: Contract.EngineStopRequest, request: RequestContext) => Promise<Contract.EngineStopResult>;
}

/** Makes the handlers over one open site. A change that was answered before a crash gets its stored answer. */
export function createEngineService(parts: ServiceParts): EngineService {
  const { context, runner } = parts;
  const once = async <Result>(requestId: string, work: () => Promise<Result>): Promise<Result> => {
    const stored = await context.database.requestResult(requestId);
    return stored === undefined ? work() : (JSON.parse(stored) as Result);
  };
  return {
    'site/get': async () => Promise.resolve(toSite(context)),
    'component/get': async (params) => getComponent(context, params),
    'component/set': async (params) => once(params.requestId, async () => setComponent(parts, params)),
    'sync/start': async (params) => once(params.requestId, async () => startSync(parts, params)),
    'run/list': async (params) => listRuns(parts, params),
    'run/wait': async (params, request) => waitForRun(parts, params, request),
    'run/watch': async (params, request) => watchRun(runner, params, request),
    'status/get': async () => getStatus(context),
    'category/list': async (params) => listCategories(context, params),
    'update/list': async (params) => listUpdates(context, params),
    'engine/stop': async () => {
      await runner.stop(new SyncError('EngineStopped', { run: runner.current?.Id ?? 0 }));
      parts.stop();
      return {};
    },
  };
}
