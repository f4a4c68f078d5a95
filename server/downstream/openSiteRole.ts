import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { contentSourceOf } from '../content/contentFiles.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import type { SiteContext } from '../state/SiteContext.js';
import { ServedCabinets } from './ServedCabinets.js';
import { SiteCatalogue } from './SiteCatalogue.js';
import { DEFAULT_LIMITS, type RolePage } from './UpstreamServerOptions.js';
import { createUpstreamHandler } from './createUpstreamHandler.js';
import { openPort, type OpenPort } from './port/Port.js';
import type { PortOptions, ServerLog } from './port/PortOptions.js';
import { checkListenPlan } from './port/listen.js';
import { peerLog } from './port/peers.js';

/** What the port of a site has beside the server role. */
export interface SiteRoleOptions extends Pick<
  Required<PortOptions>,
  'certificate' | 'onUpgrade' | 'onRefused' | 'isKnown'
> {
  readonly log: (line: string) => void;
  /** The status page. */
  readonly page?: RolePage | undefined;
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
  const { log, page, ...port } = options;
  const address = checkListenPlan(plan);
  const catalogue = await SiteCatalogue.open(context, {
    newGuid: randomUUID,
    sourceBase: async () => (await contentSourceOf(context)).base,
  });
  const clock = (): number => context.now().getTime();
  const say = serverLog((line) => log(`Server role: ${line}`), clock);
  const handler = createUpstreamHandler({
    catalogue,
    blob: 'plain',
    cabinets: new ServedCabinets(),
    redirectsContent: plan.redirectsContent === true,
    serverName: context.site.serverName,
    clock,
    random: randomBytes,
    key: cookieKey(context.site.sharedSecret ?? context.site.secret),
    log: say,
    refusal: () => context.shared?.role.standing.newer,
    ...(page === undefined ? {} : { otherPaths: page.answer, onOperation: page.onOperation }),
  });
  const allowsHttp = plan.allowHttp === true;
  return openPort({ ...port, address, handler, ...DEFAULT_LIMITS, portLimits: sharesOf(plan), log: say, allowsHttp });
}

function sharesOf({ addressShare }: ListenPlan): PortOptions['portLimits'] {
  return addressShare === undefined ? undefined : { addressShare: addressShare / 100 };
}

/** Lines a minute: what peers do takes no room from our own failures. */
const RATE = { most: 60, perPeer: 20 };

function serverLog(write: (line: string) => void, clock: () => number): ServerLog {
  const [peers, failures] = [peerLog(write, RATE, clock), peerLog(write, RATE, clock)];
  return (line, { peer, isOurs }) => (isOurs ? failures : peers)(peer, line);
}

/** Cookies outlive the engine, and count on each server of the site: a downstream server goes on after a restart. */
function cookieKey(secret: string): Uint8Array {
  return createHmac('sha256', secret).update('cookies of the server role').digest();
}
