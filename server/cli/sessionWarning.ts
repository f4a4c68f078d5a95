import { isRemoteSession } from '../platform/remoteSession.js';
import { type RecordedSite, readServiceRecord } from '../site/ServiceRecord.js';

/** What is said before a synchronization that nobody waits for, or undefined where nothing ends it. */
export function sessionWarning(
  site: RecordedSite,
  { env, platform }: { readonly env: NodeJS.ProcessEnv; readonly platform: NodeJS.Platform },
): string | undefined {
  if (platform !== 'win32' || !isRemoteSession(env) || readServiceRecord(site) !== undefined) return undefined;
  return (
    'Warning: this is a remote session and the site has no service: when the session ends before the ' +
    'synchronization, Windows can end the engine with it. The next start continues it. ' +
    'Leave --no-wait out, or install the service (configmgrsync service install).'
  );
}
