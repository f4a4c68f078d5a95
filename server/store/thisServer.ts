import { createHash, randomUUID } from 'node:crypto';
import { packageVersion } from '../platform/packageFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { ServerEngine } from './SiteRole.js';

type ServerFolder = Pick<SiteFolder, 'secret' | 'serverName' | 'host'>;

/** The engine that this process is to the other servers of a site: one site folder is one server. */
export function thisServer({ secret, serverName, host = serverName }: ServerFolder): ServerEngine {
  return {
    id: serverId(secret),
    engine: randomUUID(),
    host,
    processId: process.pid,
    version: packageVersion(),
  };
}

/** Of the secret that each site folder has for itself; nobody finds the secret by it. */
function serverId(secret: string): string {
  const digest = createHash('sha256').update(`server ${secret}`).digest('hex');
  return [8, 12, 16, 20, 32].map((end, index) => digest.slice([0, 8, 12, 16, 20][index], end)).join('-');
}
