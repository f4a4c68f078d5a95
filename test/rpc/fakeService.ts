import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunProgress } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import type { EngineService, RequestContext } from '../../server/rpc/requests.js';
import { FAKE_RUN, FAKE_SITE } from './fakeObjects.js';

const unused = (): Promise<never> => Promise.reject(new SyncError('RunNotFound', { run: 9 }));

/** What the service asks of its host. */
export interface FakeHost {
  stop(): void;
  yieldTo(successor: string): void;
}

/** A service that answers from a folder; `sync/start` dies once before its answer when the folder holds `die`. */
export function fakeService(folder: string, host: FakeHost): EngineService {
  return {
    'site/get': () =>
      Promise.resolve({
        ...FAKE_SITE,
        ServerName: String(process.pid),
        InstallDir: String(process.memoryUsage().rss),
        ReportingSiteCode: 'x'.repeat(1000),
      }),
    'component/get': unused,
    'component/set': unused,
    'backup/begin': unused,
    'backup/end': unused,
    'store/check': unused,
    'store/repair': unused,
    'sync/start': ({ requestId }) => {
      const stored = join(folder, `${requestId}.json`);
      const started = !existsSync(stored);
      if (started) writeFileSync(stored, '');
      if (existsSync(join(folder, 'die')) && readFileSync(join(folder, 'die'), 'utf8') !== String(process.pid)) {
        const marker = readFileSync(join(folder, 'die'), 'utf8');
        if (marker === '') {
          writeFileSync(join(folder, 'die'), 'done');
          process.kill(process.pid, 'SIGKILL');
        }
      }
      return Promise.resolve({ run: FAKE_RUN, started });
    },
    'run/list': () => Promise.resolve({ runs: [{ ...FAKE_RUN, Id: -1 }] }),
    'run/wait': (_params, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new SyncError('Cancelled', { what: 'The wait' }))),
      ),
    'run/stop': unused,
    'run/watch': ({ id }, context) => {
      for (let step = 1; step <= 5000; step += 1) notify(context, { id, step });
      return Promise.resolve({});
    },
    'maintenance/start': unused,
    'status/get': () => Promise.resolve({ status: [] }),
    'health/get': unused,
    'category/list': () => Promise.reject(new TypeError('a mistake')),
    'update/list': unused,
    'engine/handover': ({ successor }) => {
      const isService = existsSync(join(folder, 'stays'));
      if (!isService) host.yieldTo(successor);
      return Promise.resolve({ isService, run: existsSync(join(folder, 'runs')) ? 7 : 0 });
    },
    'update/set': unused,
    'content/save': unused,
    'summarization/run': unused,
    'summarization/set': unused,
    'summarization/get': unused,
    'content/list': unused,
    'run/changes': unused,
    'source/test': unused,
    'alert/set': unused,
    'componentStatus/list': unused,
    'componentStatus/clear': unused,
    'maintenanceTask/list': unused,
    'maintenanceTask/set': unused,
    'statusRule/list': unused,
    'statusRule/set': unused,
    'statusRule/remove': unused,
    'alert/switch': unused,
    'alert/remove': unused,
    'alert/list': unused,
    'subscription/list': unused,
    'subscription/add': unused,
    'subscription/set': unused,
    'subscription/remove': unused,
    'subscription/test': unused,
    'notification/get': unused,
    'notification/set': unused,
    'message/list': unused,
    'sup/add': unused,
    'sup/list': unused,
    'sup/set': unused,
    'sup/remove': unused,
    'siteSystem/add': unused,
    'siteSystem/set': unused,
    'catalog/export': unused,
    'catalog/inspect': unused,
    'catalog/import': unused,
    'site/joinToken': unused,
    'database/key': unused,
    'database/updateKey': unused,
    'server/list': unused,
    'server/remove': unused,
    'statusToken/new': unused,
    'statusToken/list': unused,
    'statusToken/remove': unused,
    'site/certificate': unused,
    'report/get': unused,
    'site/revoke': unused,
    'site/updateKey': unused,
    'site/tree': unused,
    'engine/stop': () => {
      host.stop();
      return Promise.resolve({});
    },
  };
}

function notify(context: RequestContext, { id, step }: { id: number; step: number }): void {
  const progress: RunProgress = {
    RunId: id,
    State: 'Running',
    Phase: 'x'.repeat(2000),
    Activity: '',
    Processed: step,
    Total: 5000,
    PercentComplete: 0,
  };
  context.notify('run/progress', progress);
}
