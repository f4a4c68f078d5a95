import type { SyncError } from '../../errors/SyncError.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { readLost, readRevoked } from '../../state/hierarchyState.js';
import type { StateChange } from '../../state/siteState.js';

/**
 * What is to be remembered of the link to the parent. A loss began when it was seen first; a site that was revoked
 * stays so until it is connected again.
 */
export async function linkChange(
  { database, now }: Pick<SiteContext, 'database' | 'now'>,
  loss: SyncError | undefined,
): Promise<StateChange> {
  const lost = await readLost(database);
  if (loss === undefined)
    return {
      lost: lost === undefined ? undefined : null,
      revoked: (await readRevoked(database)) === '' ? undefined : '',
    };
  return {
    lost: { since: lost?.since ?? now().getTime(), reason: `${loss.message} ${loss.nextStep}` },
    ...(loss.errorId === 'LinkRevoked' ? { revoked: loss.message } : {}),
  };
}
