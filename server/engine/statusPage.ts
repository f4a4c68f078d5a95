import path from 'node:path';
import type { OtherPaths } from '../downstream/UpstreamServerOptions.js';
import type { EngineService } from '../rpc/requests.js';
import { filesOf } from '../site/SiteFolder.js';
import type { SiteContext } from '../state/SiteContext.js';
import { StatusTokens } from '../state/statusTokens.js';
import type { EngineLog } from '../status/engineLog.js';
import { readLogBackwards } from '../status/readLog.js';

/** What the status page is made of. */
interface PageParts {
  readonly context: SiteContext;
  readonly log: EngineLog;
  readonly service: () => EngineService;
}

/** The status page of a site; its code is loaded when somebody first asks for it. */
export function statusPage(parts: PageParts): OtherPaths {
  let opened: Promise<OtherPaths> | undefined;
  return async (request, response) => {
    opened ??= open(parts);
    return (await opened)(request, response);
  };
}

async function open({ context, log: tell, service }: PageParts): Promise<OtherPaths> {
  const { openPage } = await import('../page/openPage.js');
  const { site, zone, now, database } = context;
  const { siteCode, serverName } = site;
  const log = () => readLogBackwards(path.join(site.path, 'Logs'), filesOf(site));
  const tokens = new StatusTokens(database, now);
  return openPage({ service: service(), siteCode, serverName, zone, now, log, tokens, tell });
}
