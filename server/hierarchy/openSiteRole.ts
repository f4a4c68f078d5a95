import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { SiteContext } from '../engine/SiteContext.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import { checkListenPlan } from './checkListenPlan.js';
import { createUpstreamHandler } from './createUpstreamHandler.js';
import { limitedLog } from './limitedLog.js';
import { type OpenPort, openPort, type PortOptions } from './openPort.js';
import { SiteCatalogue } from './SiteCatalogue.js';
import { DEFAULT_LIMITS } from './UpstreamServerOptions.js';

/** What the port of a site has beside the server role. */
export interface SiteRoleOptions extends Pick<PortOptions, 'certificate' | 'onUpgrade' | 'onRefused'> {
  readonly log: (line: string) => void;
}

/**
 * Opens the port of a site: downstream servers (MS-WSUSSS) are served from its own store, inside TLS and over plain
 * HTTP.
 * @throws SyncError PortInUse
 */
export async function openSiteRole(
  context: SiteContext,
  plan: ListenPlan,
  options: SiteRoleOptions,
): Promise<OpenPort> {
  const { log, ...port } = options;
  const address = checkListenPlan(plan);
  const catalogue = await SiteCatalogue.open(context, randomUUID);
  const clock = (): number => context.now().getTime();
  const say = limitedLog((line) => log(`Server role: ${line}`), clock);
  // Documents go plain, and packed as gzip for who accepts it: that other servers read our MSZIP cabinets has never
  // been tried.
  const handler = createUpstreamHandler({
    catalogue,
    blob: 'plain',
    redirectsContent: plan.redirectsContent === true,
    serverName: context.site.serverName,
    clock,
    random: randomBytes,
    key: cookieKey(context.site.secret),
    log: say,
  });
  return openPort({ ...port, address, handler, ...DEFAULT_LIMITS, log: say, allowsHttp: plan.allowHttp === true });
}

/** Cookies outlive the engine: a downstream server goes on after a restart. */
function cookieKey(secret: string): Uint8Array {
  return createHmac('sha256', secret).update('cookies of the server role').digest();
}
