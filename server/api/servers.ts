import type {
  DatabaseKey,
  DatabaseUpdateKeyRequest,
  DatabaseUpdateKeyResult,
  ServerListResult,
  ServerRemoveRequest,
  SyncServer,
} from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import type { SiteContext } from '../state/SiteContext.js';
import { isAtWork, type StoredServer } from '../store/SharedStore.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';

/** `database/key`. @throws SyncError DatabaseNotShared */
export async function databaseKey({ context: { site, log }, servers }: ServiceParts): Promise<DatabaseKey> {
  if (servers === undefined) throw new SyncError('DatabaseNotShared', { site: site.siteCode });
  const Key = await servers.key();
  log.write(`The key of the database of site ${site.siteCode} was read: whoever has it can open its passwords.`);
  return { SiteCode: site.siteCode, Key, Path: '' };
}

/** `database/updateKey`: a new key; the other servers need it. @throws SyncError DatabaseNotShared, ServerNotOwner */
export async function updateDatabaseKey(
  { context, servers }: ServiceParts,
  _request: DatabaseUpdateKeyRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<DatabaseUpdateKeyResult> {
  const { site, log, database } = context;
  if (servers === undefined) throw new SyncError('DatabaseNotShared', { site: site.siteCode });
  const names = (await servers.changeKey()).map(({ host }) => host);
  const others = names.length === 0 ? '' : ` These servers need it: ${names.join(', ')}.`;
  log.write(`The database of site ${site.siteCode} was sealed with a new key.${others}`);
  const result = { servers: names };
  await database.commit(keep(result));
  return result;
}

/** `server/list`: a site whose database nobody shares has one. */
export async function listServers({ context, servers }: ServiceParts): Promise<ServerListResult> {
  if (servers === undefined) return { servers: [onlyServer(context)] };
  const all = await servers.all();
  return { servers: all.map((server) => shownServer(server, context.site.siteCode, servers.self)) };
}

/** `server/remove`. @throws SyncError DatabaseNotShared, ServerNotFound, ServerRunning */
export async function removeServer(
  { context, servers }: ServiceParts,
  { serverName, whatIf }: ServerRemoveRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SyncServer> {
  const site = context.site.siteCode;
  if (servers === undefined) throw new SyncError('DatabaseNotShared', { site });
  const all = await servers.all();
  const found = all.find(({ host }) => host.toLowerCase() === serverName.toLowerCase());
  if (found === undefined) {
    const known = all.map(({ host }) => host).join(', ');
    throw new SyncError('ServerNotFound', { site, name: serverName, known });
  }
  const server = shownServer(found, site, servers.self);
  if (server.State === 'Running') {
    const seconds = Math.round(found.silence / 1000);
    throw new SyncError('ServerRunning', { site, name: found.host, seconds });
  }
  if (whatIf === true) return server;
  await servers.remove(found.id);
  await context.database.commit(keep(server));
  return server;
}

/** A server as it is shown. */
function shownServer(server: StoredServer, SiteCode: string, self: string): SyncServer {
  const State = stateOf(server);
  const isStopped = State === 'Stopped';
  const working = server.isOwner ? 'Owner' : 'Follower';
  return {
    ServerName: server.host,
    SiteCode,
    Role: State === 'Running' ? working : 'None',
    State,
    ConfigMgrSyncVersion: server.version,
    ProcessId: server.processId,
    StartTime: new Date(server.since).toISOString(),
    HeartbeatTime: isStopped ? null : new Date(server.heartbeat).toISOString(),
    HeartbeatAgeSeconds: isStopped ? null : Math.max(0, server.silence) / 1000,
    IsThisServer: server.id === self,
  };
}

/** An engine that ends cleanly leaves the heartbeat 0. */
function stateOf(server: StoredServer): SyncServer['State'] {
  if (server.heartbeat === 0) return 'Stopped';
  return isAtWork(server) ? 'Running' : 'Silent';
}

function onlyServer({ site, version, processId, now }: SiteContext): SyncServer {
  return {
    ServerName: site.serverName,
    SiteCode: site.siteCode,
    Role: 'Owner',
    State: 'Running',
    ConfigMgrSyncVersion: version,
    ProcessId: processId,
    StartTime: new Date(Math.round(performance.timeOrigin)).toISOString(),
    HeartbeatTime: now().toISOString(),
    HeartbeatAgeSeconds: 0,
    IsThisServer: true,
  };
}
