import path from 'node:path';
import { OperationCounts } from '../downstream/OperationCounts.js';
import type { OtherPaths, RolePage } from '../downstream/UpstreamServerOptions.js';
import { systemClock } from '../platform/Clock.js';
import { LoopDelay } from '../platform/LoopDelay.js';
import type { EngineService } from '../rpc/requests.js';
import { filesOf } from '../site/SiteFolder.js';
import type { SiteContext } from '../state/SiteContext.js';
import { StatusTokens } from '../state/statusTokens.js';
import type { EngineLog } from '../status/engineLog.js';
import { readLogBackwards } from '../status/readLog.js';
import type { SyncRunner } from '../sync/SyncRunner.js';

/** What the status page is made of. */
interface PageParts {
  readonly context: SiteContext;
  readonly log: EngineLog;
  readonly service: () => EngineService;
  readonly runner: SyncRunner;
}

/** The status page of a site; its code is loaded when somebody first asks for it. */
export function statusPage(parts: PageParts): RolePage {
  const counts = new OperationCounts();
  let opened: Promise<OtherPaths> | undefined;
  return {
    onOperation: counts.count,
    answer: async (request, response, work) => {
      opened ??= open(parts, counts);
      return (await opened)(request, response, work);
    },
  };
}

async function open({ context, log: tell, service, runner }: PageParts, counts: OperationCounts): Promise<OtherPaths> {
  const { openPage } = await import('../page/openPage.js');
  const { site, zone, now, database } = context;
  const { siteCode, serverName } = site;
  return openPage({
    ...{ service: service(), siteCode, serverName, zone, now, tell },
    log: () => readLogBackwards(path.join(site.path, 'Logs'), filesOf(site)),
    tokens: new StatusTokens(database, now),
    progress: {
      clock: systemClock,
      watch: (watcher) => runner.watch(watcher),
      current: () => runner.current,
    },
    facts: engineFacts(context, counts),
  });
}

function engineFacts({ database, documents }: SiteContext, counts: OperationCounts) {
  const delay = new LoopDelay();
  return async () => {
    const { softwareUpdates, revisions } = await database.counts();
    const segments = await documents.segments();
    return {
      updates: softwareUpdates,
      documents: revisions,
      storeBytes: segments.reduce((sum, { size }) => sum + size, 0),
      operations: counts.all(),
      loopDelay: delay.take(),
    };
  };
}
