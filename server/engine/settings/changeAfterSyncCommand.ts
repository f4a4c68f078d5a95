import type { ComponentSetRequest } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import type { ComponentSettings } from '../../state/ComponentSettings.js';

type Hook = Pick<ComponentSettings, 'afterSyncCommand' | 'afterSyncArguments'>;

/**
 * The after-sync command and its arguments after a change: another command begins without arguments, '' takes both
 * away.
 * @throws SyncError ContradictoryParameters for arguments of no command
 */
export function changeAfterSyncCommand(settings: Hook, request: ComponentSetRequest): Hook {
  const afterSyncCommand = request.afterSyncCommand ?? settings.afterSyncCommand;
  const kept = afterSyncCommand === settings.afterSyncCommand ? settings.afterSyncArguments : [];
  const afterSyncArguments = request.afterSyncArgument ?? kept;
  if (afterSyncCommand === '' && afterSyncArguments.length > 0)
    throw new SyncError('ContradictoryParameters', { reason: 'AfterSyncArgument needs AfterSyncCommand' });
  return { afterSyncCommand, afterSyncArguments };
}
