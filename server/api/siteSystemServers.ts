import type {
  EmbeddedProperty,
  SiteSystemAddRequest,
  SiteSystemServer,
  SiteSystemSetRequest,
  SiteSystemSetResult,
} from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { isSameServer } from '../site/isSameServer.js';
import type { SiteContext } from '../state/SiteContext.js';
import { stateChange } from '../state/siteState.js';
import { newNotedServer, type NotedServer } from '../state/NotedServer.js';
import { findServer, readNotedServers } from '../state/siteSystemServers.js';
import { readPoints } from '../state/softwareUpdatePoints.js';
import type { KeepAnswer } from './Handler.js';
import { placeOfRole } from './systemRole.js';

const ROLE = 'SMS Site System';

/** 8: a server that is not the site server. */
const NOT_CO_LOCATED = 8;

/** A server of a site as SMS_SCI_SysResUse, with what is noted of it. */
export function toSiteSystemServer(
  serverName: string,
  siteCode: string,
  { type, noted }: { readonly type: SiteSystemServer['Type']; readonly noted?: NotedServer | undefined },
): SiteSystemServer {
  return {
    ...placeOfRole(ROLE, { serverName, siteCode }),
    Props: noted === undefined ? [] : propsOf(noted),
    RoleCount: 1,
    RoleName: ROLE,
    SiteCode: siteCode,
    SslState: 2,
    Type: type,
    ServerName: serverName,
  };
}

/** In the slots where the product has them. */
function propsOf(server: NotedServer): EmbeddedProperty[] {
  const number = (name: string, value: number | boolean): EmbeddedProperty => ({
    PropertyName: name,
    Value: Number(value),
    Value1: '',
    Value2: '',
  });
  const text = (name: string, value: string): EmbeddedProperty => ({
    PropertyName: name,
    Value: 0,
    Value1: 'REG_SZ',
    Value2: value,
  });
  return [
    { PropertyName: 'Server Remote Public Name', Value: 0, Value1: server.publicFqdn, Value2: '' },
    number('FDMOperation', server.fdmOperation),
    number('UseMachineAccount', server.useSiteServerAccount),
    text('UserName', server.accountName),
    number('UseProxy', server.enableProxy),
    text('ProxyName', server.proxyServerName),
    number('ProxyServerPort', server.proxyServerPort),
    text('ProxyUserName', server.proxyAccessAccount),
  ];
}

/** The servers of the own site, the site server first; `joined`: those that run an engine of their own. */
export async function ownServers(
  context: SiteContext,
  type: SiteSystemServer['Type'],
  joined: readonly string[],
): Promise<SiteSystemServer[]> {
  const { siteCode, serverName } = context.site;
  const noted = await readNotedServers(context.database);
  const others = [...joined, ...noted.map((server) => server.serverName)].filter(
    (name, index, all) =>
      !isSameServer(name, serverName) && all.findIndex((other) => isSameServer(other, name)) === index,
  );
  const row = (name: string, of: SiteSystemServer['Type']): SiteSystemServer =>
    toSiteSystemServer(name, siteCode, { type: of, noted: findServer(noted, name) });
  return [row(serverName, type), ...others.map((name) => row(name, NOT_CO_LOCATED))];
}

interface Change {
  readonly context: SiteContext;
  readonly keep: KeepAnswer;
  readonly type: SiteSystemServer['Type'];
  /** Servers that have joined the site. */
  readonly joined: readonly string[];
}

/** `siteSystem/add`. @throws SyncError SiteSystemServerExists */
export async function addSiteSystem(change: Change, params: SiteSystemAddRequest): Promise<SiteSystemSetResult> {
  return store(change, params, async (known) => {
    const there = known.find((name) => isSameServer(name, params.serverName));
    if (there !== undefined)
      throw new SyncError('SiteSystemServerExists', { server: there, site: change.context.site.siteCode });
    return Promise.resolve(params.serverName);
  });
}

/** `siteSystem/set`. @throws SyncError SiteSystemServerNotFound */
export async function setSiteSystem(change: Change, params: SiteSystemSetRequest): Promise<SiteSystemSetResult> {
  return store(change, params, async (known) => {
    const points = (await readPoints(change.context)).points.map((point) => point.serverName);
    const there = [...known, ...points].find((name) => isSameServer(name, params.serverName));
    if (there === undefined)
      throw new SyncError('SiteSystemServerNotFound', {
        server: params.serverName,
        site: change.context.site.siteCode,
        known: known.join(', '),
      });
    return there;
  });
}

async function store(
  { context, keep, type, joined }: Change,
  params: SiteSystemSetRequest,
  serverOf: (known: readonly string[]) => Promise<string>,
): Promise<SiteSystemSetResult> {
  return context.settingsMutex.take(async () => {
    const servers = await ownServers(context, type, joined);
    const serverName = await serverOf(servers.map((server) => server.ServerName));
    const { requestId: _id, serverName: _named, ...given } = params;
    const noted = await readNotedServers(context.database);
    const before = findServer(noted, serverName) ?? newNotedServer(serverName);
    const after = { ...before, ...given };
    const result: SiteSystemSetResult = {
      server: toSiteSystemServer(serverName, context.site.siteCode, {
        type: isSameServer(serverName, context.site.serverName) ? type : NOT_CO_LOCATED,
        noted: after,
      }),
      warnings: warningsOf(Object.keys(given)),
    };
    const rest = noted.filter((server) => server !== before);
    await context.database.commit({ settings: stateChange({ siteSystemServers: [...rest, after] }), ...keep(result) });
    return result;
  });
}

function warningsOf(given: readonly string[]): string[] {
  if (given.length === 0) return [];
  const names = given.map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join(', ');
  return [
    `Stored without effect: ${names}. Nothing is installed on the server. Set a proxy with ` +
      'Set-CMSoftwareUpdatePointComponent -ProxyServer.',
  ];
}
