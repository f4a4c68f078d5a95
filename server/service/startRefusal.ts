import { SyncError } from '../errors/SyncError.js';
import { readServiceRecord } from '../site/ServiceRecord.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { heartbeatText, readHeartbeat } from '../site/heartbeatFile.js';

/** What the decision needs from outside. */
interface StartRefusalOptions {
  readonly now: () => Date;
  readonly ownAccountId: () => Promise<string>;
}

/** Why this account must not start the engine of a site: a service is installed, and it runs under another one. */
interface StartRefusal {
  readonly error: SyncError;
  /** The service was killed or is being replaced: what manages services starts it again soon. */
  readonly comesBack: boolean;
}

/** Decides whether this account may start the engine of a site; undefined when it may. */
export async function startRefusal(site: SiteFolder, options: StartRefusalOptions): Promise<StartRefusal | undefined> {
  const record = readServiceRecord(site);
  if (record === undefined || record.accountId === (await options.ownAccountId())) return undefined;
  const beat = readHeartbeat(site.path);
  const heartbeat = heartbeatText(beat, options.now());
  return {
    error: new SyncError('ServiceNotRunning', {
      site: site.siteCode,
      service: record.service,
      account: record.account,
      heartbeat,
    }),
    comesBack: beat !== undefined && beat.state !== 'Ended',
  };
}
