import { isSameServer } from '../site/isSameServer.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import { readState, STATE } from './siteState.js';
import { newNotedServer, type NotedServer } from './NotedServer.js';

/** The servers that are noted, in the order in which they came. */
export async function readNotedServers(database: Pick<SiteReads, 'setting'>): Promise<readonly NotedServer[]> {
  const stored = await readState(database, STATE.siteSystemServers);
  return (stored ?? []).map((server) => ({ ...newNotedServer(server.serverName), ...server }));
}

/** The server of that name among them. */
export function findServer<Server extends { readonly serverName: string }>(
  servers: readonly Server[],
  serverName: string,
): Server | undefined {
  return servers.find((server) => isSameServer(server.serverName, serverName));
}
